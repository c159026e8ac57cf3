namespace Rift.Mdp.Tests;

public class InterpolatedGridKernelTests
{
    [Property]
    public void Interpolated_kernels_keep_the_contract(byte[] shape, bool mayEnd, int seed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        InterpolatedGridKernel kernel = Drawn(shape, mayEnd, seed);
        KernelContract.Assert(kernel, seed);
        KernelContract.Assert(SparseKernel.From(kernel), seed);
    }

    [Property]
    public void The_expectation_of_a_multilinear_function_is_the_function_there(byte seed)
    {
        // f = (1 + x)(2 - 3y) is linear in each coordinate, so interpolation gives it exactly: at x' within the grid E f is the mean of f(x').
        SplittableRandom random = new(seed);
        double shiftX = 0.3 * random.NextDouble(), shiftY = 0.3 * random.NextDouble();
        InterpolatedGridKernel kernel = new([new GridAxis(0, 0.1, 0.4, 1), GridAxis.Uniform(-1, 1, 5)], 1, [0.25, 0.75], (point, _, outcome, next) =>
        {
            next[0] = (0.7 * point[0]) + shiftX;
            next[1] = (outcome == 0 ? 0.5 : -0.5) * (point[1] + shiftY);
            return true;
        });
        static double F(double x, double y) => (1 + x) * (2 - (3 * y));
        double[] values = new double[kernel.States], point = new double[2];
        for (int s = 0; s < values.Length; s++)
        {
            kernel.PointOf(s, point);
            values[s] = F(point[0], point[1]);
        }

        StateActionTable expected = kernel.Expect(values);
        for (int s = 0; s < values.Length; s++)
        {
            kernel.PointOf(s, point);
            double x = (0.7 * point[0]) + shiftX, y = 0.5 * (point[1] + shiftY);
            Assert.That(expected[s, 0], Is.EqualTo((0.25 * F(x, y)) + (0.75 * F(x, -y))).Within(20 * kernel.LargestRow * Rounding.Unit), "values are at most 10, and f is rounded too");
        }
    }

    [Test]
    public void States_are_numbered_with_the_last_dimension_fastest_and_the_end_comes_last()
    {
        InterpolatedGridKernel kernel = new([new GridAxis(0, 1), new GridAxis(5, 6, 7)], 2, [1], (point, action, _, next) =>
        {
            point.CopyTo(next);
            next[1] += 0.5;
            return action == 0;
        }, mayEnd: true);
        double[] point = new double[2];
        kernel.PointOf(4, point);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(point, Is.EqualTo(new double[] { 1, 6 }));
            Assert.That(kernel.States, Is.EqualTo(7));
            Assert.That(kernel.Successors(4, 0), Is.EqualTo(new[] { new Successor(4, 0.5), new Successor(5, 0.5) }));
            Assert.That(kernel.Successors(5, 0), Is.EqualTo(new[] { new Successor(5, 1) }), "beyond the grid is its border");
            Assert.That(kernel.Successors(4, 1), Is.EqualTo(new[] { new Successor(6, 1) }));
            Assert.That(kernel.IsAvailable(6, 1), Is.False);
        }
    }

    [Test]
    public void What_is_no_grid_or_no_motion_is_refused()
    {
        GridAxis axis = new(0, 1);
        GridMotion stay = (point, _, _, next) => { point.CopyTo(next); return true; };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new InterpolatedGridKernel([], 1, [1], stay), Throws.ArgumentException.With.Message.StartsWith("found 0 axes, expected 1 to 8"));
            Assert.That(() => new InterpolatedGridKernel([axis], 0, [1], stay), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new InterpolatedGridKernel([axis], 1, [0.5], stay), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => new InterpolatedGridKernel([axis], 1, [1, 0], stay), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("found the probability 0 of an outcome, expected a positive number"));
            Assert.That(() => new InterpolatedGridKernel([axis], 1, [1], (_, _, _, _) => false), Throws.TypeOf<InvalidModelException>().With.Message.StartsWith("state 0, action 0: the motion ends at outcome 0"));
            Assert.That(() => new InterpolatedGridKernel([axis], 1, [1], (_, _, _, next) => { next[0] = double.NaN; return true; }), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 0, action 0: coordinate 0 is not a number at outcome 0, expected a number"));
            Assert.That(() => new InterpolatedGridKernel([.. Enumerable.Repeat(GridAxis.Uniform(0, 1, 100), 6)], 1, [1], stay), Throws.ArgumentException.With.Message.StartsWith("found a product of"));
        }
    }

    /// <summary>A grid of up to three dimensions with uneven points, and a random affine motion of up to three outcomes.</summary>
    private static InterpolatedGridKernel Drawn(byte[] shape, bool mayEnd, int seed)
    {
        SplittableRandom random = new(seed);
        GridAxis[] axes = [.. shape.Take(3).DefaultIfEmpty((byte)0).Select(size =>
        {
            double at = random.NextNormal();
            return new GridAxis([.. Enumerable.Range(0, 1 + (size % 4)).Select(_ => at += 0.1 + random.NextDouble())]);
        })];
        int actions = 1 + random.NextInt(3), count = 1 + random.NextInt(3);
        double[] outcomes = [.. Enumerable.Range(0, count).Select(_ => 1.0 / count)];
        double[] turn = [.. Enumerable.Range(0, 9).Select(_ => random.NextNormal())];
        return new InterpolatedGridKernel(axes, actions, outcomes, (point, action, outcome, next) =>
        {
            for (int k = 0; k < next.Length; k++) next[k] = (outcome - 1) + point[(k + action) % point.Length] * turn[(3 * k) + action];
            return !mayEnd || next[0] < 1;
        }, mayEnd);
    }
}
