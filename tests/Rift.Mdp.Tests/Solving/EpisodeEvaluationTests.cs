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

    [TestCase(0)]
    [TestCase(double.PositiveInfinity)]
    public void A_chain_that_is_followed_once_agrees_with_one_that_is_stored(double logRadius)
    {
        // A random walk between an end and a wall: the slower it drifts to the end, the longer it is followed, until a linear solve takes the rest.
        foreach (double drift in new[] { 0.9, 0.6, 0.5, 0.02 })
        {
            const int Length = 40;
            TransitionKernelBuilder walk = new(Length + 1, 2);
            for (int s = 0; s < Length; s++)
                for (int a = 0; a < 2; a++)
                    walk.Add(s, a, s == 0 ? Length : s - 1, drift).Add(s, a, Math.Min(s + 1, Length - 1), 1 - drift);
            walk.Add(Length, 0, Length, 1);
            SparseKernel stored = walk.Build();
            StateActionTable reward = StateActionTable.Create(Length + 1, 2, (s, a) => s == Length ? 0 : a - 0.5), phi = StateActionTable.Create(Length + 1, 2, (s, a) => s < 10 && a == 1 ? 0.1 : 0);
            ModelDescription success = new() { Success = StateActionTable.Create(Length + 1, 2, (s, a) => s == 0 && a == 1 ? drift : 0) };
            double[] start = new double[Length + 1];
            start[20] = 1;
            MarkovDecisionProcess mdp = new(stored, reward, start, 0.99, success), computed = new(new ComputedKernel(stored), reward, start, 0.99, success);
            Policy policy = Policy.Softmax(StateActionTable.Create(Length + 1, 2, (s, a) => s == Length ? (a == 0 ? 0 : double.NegativeInfinity) : a * (s % 3)));
            (EpisodeEvaluation fixedHorizon, EpisodeEvaluation geometric, Visitation visitation) = EpisodeEvaluation.OfAll(computed, policy, phi, 70, logRadius);
            foreach (EpisodeEvaluation found in new[] { fixedHorizon, geometric })
            {
                EpisodeEvaluation expected = EpisodeEvaluation.Of(mdp, policy, phi, found.Limit, 70);
                foreach ((CertifiedNumber x, CertifiedNumber y) in Numbers(found).Zip(Numbers(expected)))
                {
                    Assert.That(x.Value, Is.EqualTo(y.Value).Within(logRadius == 0 ? x.ErrorBound + y.ErrorBound : 1e-9));
                    Assert.That(x.ErrorBound, logRadius == 0 ? Is.LessThan(1e-9) : Is.EqualTo(double.PositiveInfinity));
                }
            }

            CertifiedVector rho = Visitation.Of(mdp, policy).States;
            Assert.That(visitation.States.Values.Zip(rho.Values, (x, y) => Math.Abs(x - y)).Sum(), Is.LessThanOrEqualTo(visitation.States.ErrorBound + rho.ErrorBound));
            Assert.That(visitation.States.Values.Sum(), Is.EqualTo(1).Within(visitation.States.ErrorBound + 1e-13));
        }

        static CertifiedNumber[] Numbers(EpisodeEvaluation found) => [found.Success!.Value, found.Failure!.Value, found.Intervention, found.Return, found.Length];
    }

    [Test]
    public void What_is_no_probability_of_an_intervention_is_refused([Values(-0.1, 1.5, double.NaN)] double phi) =>
        Assert.That(
            () => EpisodeEvaluation.StopProbability(Waiting, Policy.Uniform(Waiting.Kernel), new StateActionTable(2, 1, [phi, 0]), TimeLimit.FixedHorizon, 3),
            Throws.InstanceOf<InvalidModelException>().With.Message.EndsWith("expected a number from 0 to 1"));
}
