using System.Globalization;

namespace Rift.Mdp.Tests.Solving;

public class EpisodeEvaluationTests
{
    private const double Well = 0.05, Badly = 0.02, Reward = -0.5;

    /// <summary>One state that is left well or badly, and the end.</summary>
    private static MarkovDecisionProcess Waiting => new(
        new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 1 - Well - Badly).Add(0, 0, 1, Well + Badly).Add(1, 0, 1, 1).Build(),
        new StateActionTable(2, 1, [Reward, 0]),
        [1, 0],
        0.9,
        new ModelDescription { Success = new StateActionTable(2, 1, [Well, 0]) });

    [Test]
    public void One_state_that_is_left_well_or_badly_has_closed_forms([Values(1, 2, 7, 40)] int horizon, [Values(0, 0.1, 1)] double phi)
    {
        MarkovDecisionProcess mdp = Waiting;
        Policy policy = Policy.Uniform(mdp.Kernel);
        StateActionTable intervention = new(2, 1, [phi, 0]);
        double stay = 1 - Well - Badly, unstopped = stay * (1 - phi), goesOn = 1 - (1.0 / horizon);
        Check(TimeLimit.FixedHorizon, (1 - Math.Pow(stay, horizon)) / (1 - stay), phi * (1 - Math.Pow(unstopped, horizon)) / (1 - unstopped));
        Check(TimeLimit.Geometric, 1 / (1 - (goesOn * stay)), phi / (1 - (goesOn * unstopped)));

        void Check(TimeLimit limit, double length, double stopped)
        {
            EpisodeEvaluation found = EpisodeEvaluation.Of(mdp, policy, intervention, limit, horizon);
            Assert.Multiple(() =>
            {
                Near(found.Length, length);
                Near(found.Return, Reward * length);
                Near(found.Success!.Value, Well * length);
                Near(found.Failure!.Value, Badly * length);
                Near(found.Intervention, stopped);
            });
        }

        static void Near(CertifiedNumber found, double closed)
        {
            Assert.That(found.Value, Is.EqualTo(closed).Within(found.ErrorBound + (1e-13 * Math.Abs(closed))));
            Assert.That(found.ErrorBound, Is.LessThan(1e-9));
        }
    }

    [Test]
    public void Where_nothing_says_what_success_is_there_is_none()
    {
        MarkovDecisionProcess mdp = Waiting.WithDescription(ModelDescription.None);
        EpisodeEvaluation found = EpisodeEvaluation.Of(mdp, Policy.Uniform(mdp.Kernel), StateActionTable.Constant(2, 1, 0), TimeLimit.FixedHorizon, 5);
        Assert.That((found.Success, found.Failure), Is.EqualTo(((CertifiedNumber?)null, (CertifiedNumber?)null)));
    }

    // The same probability along another way: u_t(s) = sum_a pi (phi + (1 - phi) E u_t-1), backward in time.
    [Property(Arbitrary = [typeof(MdpArbitraries)])]
    public void The_probability_of_a_stop_is_that_of_backward_recursion(SmallProblem small)
    {
        const int steps = 12;
        MarkovDecisionProcess mdp = small.Mdp;
        SplittableRandom random = new(small.States);
        StateActionTable phi = StateActionTable.Create(small.States, small.Actions, (_, _) => random.NextInt(2) * random.NextDouble());
        double[] stopped = new double[mdp.States];
        for (int t = 0; t < steps; t++)
        {
            StateActionTable later = mdp.Kernel.Expect(stopped), here = small.Policy.Probabilities;
            stopped = [.. Enumerable.Range(0, mdp.States).Select(s => Enumerable.Range(0, mdp.Actions).Sum(a => here[s, a] * (phi[s, a] + ((1 - phi[s, a]) * later[s, a]))))];
        }

        double expected = Enumerable.Range(0, mdp.States).Sum(s => mdp.Initial[s] * stopped[s]);
        CertifiedNumber found = EpisodeEvaluation.StopProbability(mdp, small.Policy, phi, TimeLimit.FixedHorizon, steps);
        Assert.That(found.Value, Is.EqualTo(expected).Within(found.ErrorBound + (steps * 1e-15)), string.Create(CultureInfo.InvariantCulture, $"bound {found.ErrorBound}"));
    }

    [Property(Arbitrary = [typeof(MdpArbitraries)])]
    public void An_episode_of_one_step_is_the_same_under_both_limits(SmallProblem small)
    {
        EpisodeVisits fixedStep = EpisodeVisits.Of(small.Mdp, small.Policy, TimeLimit.FixedHorizon, 1), geometric = EpisodeVisits.Of(small.Mdp, small.Policy, TimeLimit.Geometric, 1);
        Assert.That((fixedStep.Pairs - geometric.Pairs).MaxAbs(), Is.LessThanOrEqualTo(fixedStep.PairsErrorBound + geometric.PairsErrorBound));
    }

    [Property(Arbitrary = [typeof(MdpArbitraries)])]
    public void A_policy_within_a_radius_has_numbers_within_the_bound(SmallProblem small)
    {
        // Weights moved by at most e move normalised log-probabilities by at most 2 e.
        const double moved = 1e-4;
        SplittableRandom random = new(small.Actions);
        Policy near = Policy.Softmax(small.Policy.LogProbabilities.Map(logP => logP + random.NextDouble(-moved, moved)));
        foreach (TimeLimit limit in Enum.GetValues<TimeLimit>())
        {
            CertifiedNumber here = EpisodeVisits.Of(small.Mdp, small.Policy, limit, 15, 2 * moved).Total(small.Mdp.Reward), there = EpisodeVisits.Of(small.Mdp, near, limit, 15).Total(small.Mdp.Reward);
            Assert.That(here.Value, Is.EqualTo(there.Value).Within(here.ErrorBound + there.ErrorBound));
        }
    }

    [Test]
    public void Of_a_policy_that_may_be_any_nothing_is_known([Values] TimeLimit limit)
    {
        EpisodeEvaluation found = EpisodeEvaluation.Of(Waiting, Policy.Uniform(Waiting.Kernel), new StateActionTable(2, 1, [0.1, 0]), limit, 5, double.PositiveInfinity);
        Assert.That(new[] { found.Success!.Value, found.Failure!.Value, found.Intervention, found.Return, found.Length }.Select(number => number.ErrorBound), Is.All.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void What_is_no_probability_of_an_intervention_is_refused([Values(-0.1, 1.5, double.NaN)] double phi) =>
        Assert.That(
            () => EpisodeEvaluation.StopProbability(Waiting, Policy.Uniform(Waiting.Kernel), new StateActionTable(2, 1, [phi, 0]), TimeLimit.FixedHorizon, 3),
            Throws.InstanceOf<InvalidModelException>().With.Message.EndsWith("expected a number from 0 to 1"));
}
