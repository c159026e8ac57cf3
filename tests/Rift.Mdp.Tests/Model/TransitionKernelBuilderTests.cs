namespace Rift.Mdp.Tests;

public class TransitionKernelBuilderTests
{
    [Test]
    public void Duplicates_are_summed_and_zeros_dropped_in_any_order()
    {
        TransitionKernelBuilder builder = new TransitionKernelBuilder(3, 1)
            .Add(1, 0, 2, 0.25).Add(0, 0, 2, 0.5).Add(1, 0, 1, 0).Add(0, 0, 0, 0.25).Add(1, 0, 0, 0.75).Add(0, 0, 2, 0.25).Add(2, 0, 2, 1);
        SparseKernel kernel = builder.Build();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(builder.DuplicatesSummed, Is.EqualTo(1));
            Assert.That(kernel.Transitions, Is.EqualTo(5));
            Assert.That(kernel.LargestRow, Is.EqualTo(2));
            Assert.That(kernel.Successors(0, 0), Is.EqualTo(new Successor[] { new(0, 0.25), new(2, 0.75) }));
            Assert.That(kernel.Successors(1, 0), Is.EqualTo(new Successor[] { new(0, 0.75), new(2, 0.25) }));
            Assert.That(kernel.AllAvailable);
            Assert.That((builder.States, builder.Actions), Is.EqualTo((3, 1)));
        }
    }

    [Test]
    public void A_pair_without_transitions_is_not_available()
    {
        SparseKernel kernel = new TransitionKernelBuilder(2, 3).Add(0, 1, 1, 1).Add(1, 0, 0, 1).Add(1, 2, 0, 1).Build();
        Assert.That(
            Enumerable.Range(0, 6).Select(pair => kernel.IsAvailable(pair / 3, pair % 3)),
            Is.EqualTo(new[] { false, true, false, true, false, true }));
        Assert.That(kernel.AllAvailable, Is.False);
    }

    [Test]
    public void Building_twice_and_going_on_adding_is_allowed()
    {
        TransitionKernelBuilder builder = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 0.5).Add(0, 0, 0, 0.5);
        SparseKernel first = builder.Build(), second = builder.Add(0, 1, 0, 1).Build();
        Assert.That((first.AllAvailable, second.AllAvailable, builder.DuplicatesSummed), Is.EqualTo((false, true, 1)));
    }

    [Test]
    public void What_is_no_transition_is_refused()
    {
        TransitionKernelBuilder builder = new(2, 3);
        using (Assert.EnterMultipleScope())
        {
            Refused(() => builder.Add(2, 0, 0, 1), "found state 2, expected 0 to 1");
            Refused(() => builder.Add(-1, 0, 0, 1), "found state -1, expected 0 to 1");
            Refused(() => builder.Add(1, 3, 0, 1), "state 1: found action 3, expected 0 to 2");
            Refused(() => builder.Add(1, 2, 7, 1), "state 1, action 2: found successor 7, expected 0 to 1");
            Refused(() => builder.Add(1, 2, 1, -0.25), "state 1, action 2: found the probability -0.25, expected a number from 0 to 1");
            Refused(() => builder.Add(1, 2, 1, 1.5), "state 1, action 2: found the probability 1.5, expected a number from 0 to 1");
            Refused(() => builder.Add(1, 2, 1, double.NaN), "state 1, action 2: found the probability NaN, expected a number from 0 to 1");
            Refused(() => new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 0.98).Build(), "state 0, action 0: probabilities sum to 0.98, expected 1 within 1e-12");
            Refused(() => new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 0.75).Add(0, 0, 0, 0.75).Build(), "state 0, action 0: probabilities sum to 1.5, expected 1 within 1e-12");
            Refused(() => new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Build(), "state 1: found no available action, expected at least one");
            Assert.That(() => new TransitionKernelBuilder(0, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'states')"));
            Assert.That(() => new TransitionKernelBuilder(1, -4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'actions')"));
            Assert.That(() => new TransitionKernelBuilder(100_000, 100_000), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith($"expected at most {Array.MaxLength} state-action pairs (Parameter 'states')"));
        }
    }

    [Test]
    public void A_row_may_miss_one_by_a_trillionth_and_the_kernel_knows_by_how_much()
    {
        SparseKernel kernel = new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 0.5).Add(0, 0, 1, 0.5 + 5e-13).Add(1, 0, 1, 1).Build();
        Assert.That(kernel.RowSumError, Is.EqualTo(5e-13).Within(1e-15));
        Refused(() => new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1 - 2e-12).Build(), "state 0, action 0: probabilities sum to 0.999999999998, expected 1 within 1e-12");
    }

    [Test]
    public void Ten_thousand_successors_of_rounded_probability_still_sum_to_one()
    {
        // Summed plainly, 10,000 terms of 1e-4 miss one by more than 1e-13; the check must not blame the row for its own rounding.
        TransitionKernelBuilder builder = new(10_000, 1);
        for (int s = 0; s < 10_000; s++) builder.Add(0, 0, s, 1e-4);
        for (int s = 1; s < 10_000; s++) builder.Add(s, 0, s, 1);
        Assert.That(builder.Build().RowSumError, Is.LessThan(1e-15));
    }

    private static void Refused(Action bad, string message) => Assert.That(bad, Throws.TypeOf<InvalidModelException>().With.Message.EqualTo(message));
}
