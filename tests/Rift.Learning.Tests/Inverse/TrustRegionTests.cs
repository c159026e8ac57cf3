namespace Rift.Learning.Tests;

public class TrustRegionTests
{
    [Test]
    public void No_other_step_inside_promises_more([Range(1, 20)] long seed, [Values(0.1, 1, 10)] double radius)
    {
        SplittableRandom random = new(seed);
        int n = 1 + random.NextInt(5);
        (double[] gradient, double[,] curvature) = Draw(n, random);
        (double[] step, double gain, bool isNewton, double decrement) = TrustRegion.Step(gradient, curvature, radius);
        Assert.Multiple(() =>
        {
            Assert.That(Length(step), Is.LessThanOrEqualTo(radius * (1 + 1e-9)));
            Assert.That(gain, Is.EqualTo(Gain(gradient, curvature, step)).Within(1e-9 * (1 + gain)));
            if (isNewton) Assert.That(gain, Is.EqualTo(decrement * decrement / 2).Within(1e-9 * (1 + gain)));
            for (int i = 0; i < 500; i++)
            {
                double[] other = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())];
                double scale = radius * random.NextDouble() / Length(other);
                Assert.That(Gain(gradient, curvature, [.. other.Select(x => scale * x)]), Is.LessThanOrEqualTo(gain + (1e-9 * (1 + gain))));
            }
        });
    }

    [Test]
    public void Where_the_gradient_does_not_see_the_way_up_it_is_taken_all_the_same()
    {
        // g has no part along the direction of negative curvature: the hard case.
        (double[] step, double gain, bool isNewton, double decrement) = TrustRegion.Step([0, 1], new double[,] { { -1, 0 }, { 0, 2 } }, 2);
        Assert.Multiple(() =>
        {
            Assert.That(Length(step), Is.EqualTo(2).Within(1e-6));
            Assert.That(step[1], Is.EqualTo(1 / 3.0).Within(1e-9));
            Assert.That(gain, Is.EqualTo(Gain([0, 1], new double[,] { { -1, 0 }, { 0, 2 } }, step)).Within(1e-12));
            Assert.That(isNewton, Is.False);
            Assert.That(decrement, Is.EqualTo(double.PositiveInfinity));
        });
    }

    private static (double[] Gradient, double[,] Curvature) Draw(int n, SplittableRandom random)
    {
        double[,] curvature = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j <= i; j++) curvature[i, j] = curvature[j, i] = random.NextNormal();
        return ([.. Enumerable.Range(0, n).Select(_ => random.NextNormal())], curvature);
    }

    private static double Length(double[] x) => Math.Sqrt(x.Sum(xi => xi * xi));

    private static double Gain(double[] gradient, double[,] curvature, double[] step)
    {
        double gain = 0;
        for (int i = 0; i < step.Length; i++)
        {
            gain += gradient[i] * step[i];
            for (int j = 0; j < step.Length; j++) gain -= step[i] * curvature[i, j] * step[j] / 2;
        }

        return gain;
    }
}
