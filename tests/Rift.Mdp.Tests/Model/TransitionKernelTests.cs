using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>What every kernel promises: a pair of adjoint maps, and the same ones whatever the storage.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class TransitionKernelTests
{
    [Property]
    public void Dense_and_sparse_kernels_are_the_same_dynamics(SmallProblem small)
    {
        SparseKernel sparse = small.Kernel;
        DenseKernel dense = DenseKernel.From(sparse);
        double[] values = small.Rewards[..small.States];
        using (Assert.EnterMultipleScope())
        {
            Assert.That((dense.States, dense.Actions, dense.Transitions, dense.LargestRow, dense.AllAvailable, dense.RowSumError), Is.EqualTo((sparse.States, sparse.Actions, sparse.Transitions, sparse.LargestRow, sparse.AllAvailable, sparse.RowSumError)));
            for (int s = 0; s < small.States; s++)
            {
                for (int a = 0; a < small.Actions; a++)
                {
                    Assert.That(dense.IsAvailable(s, a), Is.EqualTo(sparse.IsAvailable(s, a)));
                    Assert.That(dense.Successors(s, a), Is.EqualTo(sparse.Successors(s, a)));
                }
            }

            Assert.That(dense.Expect(values).Entries.ToArray(), Is.EqualTo(sparse.Expect(values).Entries.ToArray()));
            Assert.That(dense.Push(small.Prior.Probabilities), Is.EqualTo(sparse.Push(small.Prior.Probabilities)));
        }
    }

    [Property]
    public void The_two_maps_are_adjoint(SmallProblem small)
    {
        // <E V, mu> = <V, E* mu>; both sides sum fewer than 2 S A S products.
        SparseKernel kernel = small.Kernel;
        double[] values = small.Rewards[..small.States];
        StateActionTable occupancy = small.Policy.Probabilities;
        double left = kernel.Expect(values).InnerProduct(occupancy), right = 0, size = 0;
        double[] pushed = kernel.Push(occupancy);
        for (int s = 0; s < small.States; s++)
        {
            right += values[s] * pushed[s];
            size += Math.Abs(values[s]) * pushed[s];
        }

        Assert.That(left, Is.EqualTo(right).Within(2 * Rounding.Unit * 2 * small.Weights.Length * size));
    }

    [Property]
    public void Expectations_of_one_are_one_where_an_action_is_available_and_zero_elsewhere(SmallProblem small)
    {
        SparseKernel kernel = small.Kernel;
        double[] ones = new double[small.States];
        Array.Fill(ones, 1);
        StateActionTable expected = kernel.Expect(ones);
        for (int s = 0; s < small.States; s++)
            for (int a = 0; a < small.Actions; a++)
                Assert.That(expected[s, a], kernel.IsAvailable(s, a) ? Is.EqualTo(1).Within(kernel.RowSumError + (small.States * Rounding.Unit)) : Is.Zero);
    }

    [Property]
    public void The_row_sum_error_bounds_every_row_in_exact_arithmetic(SmallProblem small)
    {
        SparseKernel kernel = small.Kernel;
        for (int s = 0; s < small.States; s++)
        {
            for (int a = 0; a < small.Actions; a++)
            {
                if (!kernel.IsAvailable(s, a)) continue;
                Rational sum = kernel.Successors(s, a).Aggregate((Rational)0.0, (total, next) => total + next.Probability);
                Assert.That((sum - 1.0).Abs() <= kernel.RowSumError);
            }
        }
    }

    [Property]
    public void Runs_of_states_give_the_bits_of_the_whole(SmallProblem small)
    {
        double[] values = small.Rewards[..small.States];
        foreach (TransitionKernel kernel in new TransitionKernel[] { small.Kernel, DenseKernel.From(small.Kernel) })
        {
            double[] whole = kernel.Expect(values).Entries.ToArray(), parts = new double[whole.Length];
            for (int s = 0; s < small.States; s++) kernel.Expect(s, values, parts.AsSpan(s * small.Actions, small.Actions));
            Assert.That(parts, Is.EqualTo(whole));
        }
    }

    [Test]
    public void Lengths_and_places_are_checked()
    {
        foreach (TransitionKernel kernel in Both(new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 1, 1).Build()))
        {
            using (Assert.EnterMultipleScope())
            {
                Assert.That(() => kernel.Expect([1]), Throws.ArgumentException.With.Message.EqualTo("found 1 entries, expected 2 (Parameter 'values')"));
                Assert.That(() => kernel.Push(new StateActionTable(1, 1, [1])), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 1 table, expected 2 x 1 (Parameter 'occupancy')"));
                Assert.That(() => kernel.Push([1, 2, 3], new double[2]), Throws.ArgumentException.With.Message.EqualTo("found 3 entries, expected 2 (Parameter 'occupancy')"));
                Assert.That(() => kernel.Push([1, 2], new double[3]), Throws.ArgumentException.With.Message.EqualTo("found 3 entries, expected 2 (Parameter 'states')"));
                Assert.That(() => kernel.IsAvailable(2, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
                Assert.That(() => kernel.Successors(2, 0).ToArray(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected 0 to 1 (Parameter 'state')"));
                Assert.That(() => kernel.Successors(0, 1).ToArray(), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected 0 to 0 (Parameter 'action')"));
                Assert.That(() => kernel.AddRow(0, -1, 1, new double[2]), Throws.TypeOf<ArgumentOutOfRangeException>());
            }
        }
    }

    private static TransitionKernel[] Both(SparseKernel kernel) => [kernel, DenseKernel.From(kernel)];
}
