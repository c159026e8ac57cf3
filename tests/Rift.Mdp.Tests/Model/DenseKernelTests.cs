namespace Rift.Mdp.Tests;

public class DenseKernelTests
{
    [Test]
    public void The_table_is_copied()
    {
        double[] table = [1];
        DenseKernel kernel = new(1, 1, table);
        table[0] = 0;
        Assert.That(kernel.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 1) }));
    }

    [Test]
    public void A_row_of_zeros_is_an_action_that_is_not_available()
    {
        DenseKernel kernel = new(2, 2, [0.5, 0.5, 0, 0, 0, 1, 0.25, 0.75]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kernel.IsAvailable(0, 1), Is.False);
            Assert.That(kernel.AllAvailable, Is.False);
            Assert.That(kernel.Transitions, Is.EqualTo(5));
            Assert.That(kernel.LargestRow, Is.EqualTo(2));
            Assert.That(kernel.Successors(0, 1), Is.Empty);
        }
    }

    [Test]
    public void Tables_that_are_no_dynamics_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new DenseKernel(2, 1, [1, 0]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 4 (Parameter 'probabilities')"));
            Assert.That(() => new DenseKernel(100_000, 100_000, [1]), Throws.ArgumentException.With.Message.EqualTo("found 1 entries, expected 1000000000000000 (Parameter 'probabilities')"));
            Assert.That(() => new DenseKernel(0, 1, []), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new DenseKernel(2, 1, [1, 0, -0.5, 1.5]), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 1, action 0: found the probability -0.5, expected a number from 0 to 1"));
            Assert.That(() => new DenseKernel(1, 1, [double.NaN]), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 0, action 0: found the probability NaN, expected a number from 0 to 1"));
            Assert.That(() => new DenseKernel(2, 1, [0.5, 0.25, 0, 1]), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 0, action 0: probabilities sum to 0.75, expected 1 within 1e-12"));
            Assert.That(() => new DenseKernel(2, 1, [1, 0, 0, 0]), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 1: found no available action, expected at least one"));
        }
    }

    [Test]
    public void A_kernel_too_large_to_be_dense_is_refused()
    {
        TransitionKernelBuilder builder = new(50_000, 1);
        for (int s = 0; s < 50_000; s++) builder.Add(s, 0, s, 1);
        SparseKernel kernel = builder.Build();
        Assert.That(() => DenseKernel.From(kernel), Throws.ArgumentException.With.Message.EqualTo($"found 2500000000 entries, expected at most {Array.MaxLength} (Parameter 'kernel')"));
    }
}
