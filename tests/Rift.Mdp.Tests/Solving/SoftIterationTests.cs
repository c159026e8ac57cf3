namespace Rift.Mdp.Tests;

/// <summary>What the loop tells its bracket: the target, 1e-10 times the size of V where that is above one, shows which size the bracket goes by.</summary>
public class SoftIterationTests
{
    [Test]
    public void While_each_backup_becomes_the_next_V_its_size_is_bounded_by_the_changes_and_looked_up_after_anything_else()
    {
        using SoftIteration iteration = new(Turns(), [], Tolerance.Default, Execution.Default);
        List<double> sizes = [];
        void BackUp()
        {
            iteration.BackUp(1000);
            sizes.Add(iteration.Bracket.Target / 1e-10);
        }

        // V = 0, (100, -100), (50, -50), (75, -75): the changes are 100, 50 and 25, and what goes on for ever adds up to once more as much.
        for (int i = 0; i < 3; i++)
        {
            BackUp();
            if (i < 2) iteration.TakeNext();
        }

        // From (8, 0) to (100, -96): a change of 96.
        iteration.Revise()[0] = 8;
        iteration.Revise()[1] = 0;
        BackUp();
        Assert.That(sizes, Is.EqualTo(new double[] { 100 + 100, 150 + 50, 175 + 25, 8 + 96 + 96 }).Within(1e-9).Percent);
        Assert.That(iteration.Next.ToArray(), Is.EqualTo(new[] { 100.0, -96 }));
    }

    [Test]
    public void A_start_is_known_to_be_one_and_the_policy_is_that_of_the_next_backup()
    {
        using SoftIteration cold = new(Turns(), [], Tolerance.Default, Execution.Default), warm = new(Turns(), [1, 2], Tolerance.Default, Execution.Default);
        Assert.That((cold.Warm, warm.Warm), Is.EqualTo((false, true)));
        Assert.That(warm.Values.ToArray(), Is.EqualTo(new[] { 1.0, 2 }));
        Assert.That(warm.LogPolicy(), Is.EqualTo(new double[2]));
    }

    /// <summary>Two states in turn, one action, rewards 100 and -100, gamma = 1/2.</summary>
    private static SoftProblem Turns()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 0, 1).Build();
        return new SoftProblem(new MarkovDecisionProcess(kernel, new StateActionTable(2, 1, [100, -100]), [1, 0], 0.5), 0);
    }
}
