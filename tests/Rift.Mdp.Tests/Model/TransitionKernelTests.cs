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
    public void Stored_kernels_keep_the_contract(SmallProblem small)
    {
        foreach (TransitionKernel kernel in Both(small.Kernel)) KernelContract.Assert(kernel);
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
