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
    public void On_a_lake_that_one_leaves_once_ends_and_steps_cannot_be_told_apart()
    {
        // Each end pays V(end) - V(live) = 1 and each step gamma V - V, with V = -1 where one is alive: hole + goal + (1 - gamma)/gamma step is shaping, up to its factor gamma.
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:4x4,discount=0.95");
        int end = lake.States - 1;
        double Ends(int s, int a) => s == end ? 0 : lake.Kernel.Successors(s, a).Where(next => next.State == end).Sum(next => next.Probability);
        LinearProcess process = new(lake,
        [
            new("hole", StateActionTable.Create(lake.States, lake.Actions, (s, a) => Ends(s, a) - lake.Reward[s, a])),
            new("goal", lake.Reward),
            new("step", StateActionTable.Create(lake.States, lake.Actions, (s, _) => s == end ? 0 : 1)),
        ]);
        Policy expert = new SoftProblem(process.At([-2, 6, -0.05]), 1).Solve().Policy;
        RewardEstimate fit = new MaximumLikelihood().Fit(process, DemonstrationRollouts.Draw(lake, expert, episodes: 40, horizon: 30, seed: 1));
        BlindDirection blind = fit.Identification.Blind.Single();
        Assert.Multiple(() =>
        {
            Assert.That(blind.Combination, Is.EqualTo("hole + goal + 0.05263 step"));
            Assert.That(blind.Coefficients, Is.EqualTo(new[] { 1, 1, 0.05 / 0.95 }).Within(1e-6));
            Assert.That(blind.Cause, Is.EqualTo(Blindness.Shaping));
            Assert.That(fit.Parameters.Select(parameter => parameter.Z), Is.All.NaN);
            Assert.That(new Bootstrap { Replications = 5 }.Run(fit).StandardError(0), Is.NaN);
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
