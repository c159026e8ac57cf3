using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>What cannot be seen is said, and only that.</summary>
public class IdentificationTests
{
    private static readonly string[] _abc = ["a", "b", "c"];

    [Test]
    public void A_constant_and_a_potential_are_shaping([Values(0.5, 0.99, 0.9999)] double discount)
    {
        LinearProcess process = SmallProblems.Garnet(1, discount: discount);
        MarkovDecisionProcess frame = process.At([0, 0, 0]);
        double[] potential = [3, -1, 4, 1, -5, 9];
        StateActionTable expected = frame.Kernel.Expect(potential);
        RewardEstimate fit = Fitted(frame, [.. process.Features,
            new("one", StateActionTable.Constant(6, 3, 1)), new("potential", StateActionTable.Create(6, 3, (s, a) => potential[s] - (discount * expected[s, a])))]);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Identification.Rank, Is.EqualTo(3));
            Assert.That(fit.Identification.Blind.Select(direction => (direction.Combination, direction.Cause)), Is.EqualTo(new[] { ("one", Blindness.Shaping), ("potential", Blindness.Shaping) }));
            Assert.That(Enumerable.Range(0, 5).Select(fit.Identification.Sees), Is.EqualTo(new[] { true, true, true, false, false }));
            Assert.That(fit.Parameters[4].StandardError, Is.EqualTo(double.PositiveInfinity));
            Assert.That(fit.Parameters[0].StandardError, Is.Positive.And.LessThan(10));
        });
    }

    [Test]
    public void Where_nothing_can_be_seen_nothing_is_estimated()
    {
        RewardEstimate fit = Fitted(SmallProblems.Garnet(1).At([0, 0, 0]), [new("one", StateActionTable.Constant(6, 3, 1))]);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Identification.Rank, Is.Zero);
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(fit.Parameters[0].Estimate, Is.Zero);
            Assert.That(fit.Parameters[0].StandardError, Is.EqualTo(double.PositiveInfinity));
            Assert.That(fit.Identification.Lines, Has.Exactly(1).StartsWith("one: changes no decision"));
        });
    }

    [Test]
    public void Features_that_add_up_to_another_are_dependent()
    {
        LinearProcess process = SmallProblems.Garnet(2);
        RewardEstimate fit = Fitted(process.At([0, 0, 0]), [.. process.Features, new("mix", (2 * process.Features[0].Values) - process.Features[2].Values)]);
        BlindDirection blind = fit.Identification.Blind.Single();
        Assert.Multiple(() =>
        {
            Assert.That(blind.Cause, Is.EqualTo(Blindness.Dependent));
            Assert.That(blind.Combination, Is.EqualTo("a - 0.5 c - 0.5 mix"));
            Assert.That(blind.ToString(), Is.EqualTo("a - 0.5 c - 0.5 mix: pays nothing anywhere, for the features cancel"));
            Assert.That(fit.Identification.Sees(1), Is.True);
        });
    }

    [Test]
    public void What_matters_only_where_nobody_was_seen_is_named_with_its_states()
    {
        // A bandit of three states that nothing leads between: state 2 was never seen.
        TransitionKernelBuilder builder = new(3, 2);
        for (int s = 0; s < 3; s++) builder.Add(s, 0, s, 1).Add(s, 1, s, 1);
        MarkovDecisionProcess frame = new(builder.Build(), StateActionTable.Constant(3, 2, 0), [0.5, 0.5, 0], 0.9);
        RewardEstimate fit = new MaximumLikelihood().Fit(
            new LinearProcess(frame, [new("everywhere", StateActionTable.Create(3, 2, (_, a) => a)), new("there", StateActionTable.Create(3, 2, (s, a) => s == 2 && a == 1 ? 1 : 0))]),
            Demonstrations.FromCounts(StateActionTable.Create(3, 2, (s, a) => s == 2 ? 0 : 3 + a)));
        Assert.Multiple(() =>
        {
            Assert.That(fit.Identification.UnvisitedStates, Is.EqualTo(1));
            Assert.That(fit.Identification.Lines, Is.EqualTo(new[] { "there: matters only where nobody was seen to decide: state 2" }));
            Assert.That(fit.Probability(2, 1), Is.EqualTo(new ProbabilityBand(fit.Solution.Policy.Probability(2, 1), 0, 1)));
            Assert.That(fit.Probability(0, 1).Lower, Is.Positive);
        });
    }

    [Test]
    public void A_free_reward_is_blind_along_shaping_and_the_states_never_seen([Range(1, 4)] long seed)
    {
        MarkovDecisionProcess mdp = Garnet.Create(4, 3, 2, seed, 0.8);
        Demonstrations data = Demonstrations.FromCounts(StateActionTable.Create(4, 3, (s, a) => s == 1 ? 0 : 2 + a));
        RewardEstimate fit = new MaximumLikelihood().Fit(LinearProcess.Free(mdp), data);
        FreeReward closed = FreeReward.Of(mdp.Kernel, data, 1);
        Assert.Multiple(() =>
        {
            Assert.That(fit.Identification.Rank, Is.EqualTo(closed.Rank).And.EqualTo(3 * 2));
            Assert.That(fit.Identification.Blind, Has.Count.EqualTo(closed.ShapingDirections + closed.UnvisitedDirections).And.Count.EqualTo(4 + 2));
            Assert.That(closed.UnvisitedStates, Is.EqualTo(new[] { 1 }));
            Assert.That(fit.Outcome, Is.EqualTo(FitOutcome.Converged));
            Assert.That(fit.LogLikelihood, Is.EqualTo(closed.LogLikelihood).Within(1e-9));
        });
    }

    [Test]
    public void Where_all_is_seen_nothing_is_said([Range(1, 10)] long seed)
    {
        LinearProcess process = SmallProblems.Garnet(seed);
        RewardEstimate fit = Fitted(process.At([0, 0, 0]), process.Features);
        Assert.That(fit.Identification.Lines, Is.Empty);
        Assert.That(fit.Process.Names, Is.EqualTo(_abc));
    }

    private static RewardEstimate Fitted(MarkovDecisionProcess frame, IReadOnlyList<RewardFeature> features)
    {
        LinearProcess process = new(frame, features);
        return new MaximumLikelihood().Fit(process, Demonstrations.FromCounts(SmallProblems.Counts(process, 11)));
    }
}
