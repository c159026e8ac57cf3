namespace Rift.Learning.Tests;

/// <summary>RIFT from episodes against RIFT from phi.</summary>
public class ResidualInterventionFineTuningTests
{
    private const int Horizon = 200;
    private const double KlWeight = 0.05;

    private static readonly Expert _lake = Worlds.ExpertOf("frozenlake:8x8");
    private static readonly Simulator _lakeWorld = new(_lake.Mdp);
    private static readonly Supervisor _lakeSupervisor = new(new QGapStrategy(0.03).Phi(_lake));

    // The medium prior of the experiments: a clone of two demonstrations.
    private static readonly Policy _clone = Prior.Cloned(_lake, 2, 0.1, Horizon, new SplittableRandom(0));

    private static readonly Expert _cliff = Worlds.ExpertOf("windycliff");
    private static readonly Simulator _cliffWorld = new(_cliff.Mdp);
    private static readonly Policy _cliffPrior = Worlds.PriorOf("windycliff", _cliff);
    private static readonly Supervisor _cliffSupervisor = new(new QGapStrategy(0.036).Phi(_cliff));

    [Test]
    public void Online_learning_comes_close_to_the_exact_policy_in_a_thousand_episodes([Range(1, 5)] int seed)
    {
        double exact = Success(SoftProblem.FineTuning(_lake.Mdp, _clone, -_lakeSupervisor.Offences, KlWeight).Solve().Policy);
        TrainingRun run = Lake(new ResidualSoftQLearning(1000), seed: seed);
        Assert.Multiple(() =>
        {
            Assert.That(Success(run.Policy), Is.EqualTo(exact).Within(0.02));
            Assert.That(Evaluated(run.Policy).Intervention.Value, Is.LessThanOrEqualTo(0.03));
            Assert.That(run.Rounds.Single().Episodes, Is.EqualTo(1000));
        });
    }

    [Test]
    public void Offline_learning_grows_with_the_data()
    {
        const int seeds = 10;
        double exact = Success(SoftProblem.FineTuning(_lake.Mdp, _clone, -_lakeSupervisor.Offences, KlWeight).Solve().Policy), last = Success(_clone);
        foreach (int episodes in new[] { 30, 100, 300, 1000, 3000 })
        {
            double mean = Enumerable.Range(1, seeds).Average(seed => Success(Lake(new CertaintyEquivalence(episodes), seed: seed).Policy));
            Assert.That(mean, Is.GreaterThan(last), $"{episodes} episodes");
            last = mean;
        }

        Assert.That(last, Is.GreaterThanOrEqualTo(exact - 0.04));
    }

    [Test]
    public void Rounds_are_one_round_at_a_smaller_weight([Values(2, 8)] int rounds, [Values(0.05, 0.3)] double klWeight)
    {
        // Fact F9.
        TrainingRun run = new ResidualInterventionFineTuning { KlWeight = klWeight, Rounds = rounds }.Run(_lake, _lakeWorld, _clone, _lakeSupervisor, Horizon, new SplittableRandom(0));
        Policy once = SoftProblem.FineTuning(_lake.Mdp, _clone, -_lakeSupervisor.Offences, klWeight / rounds).Solve().Policy;
        Assert.That(run.Rounds, Has.Count.EqualTo(rounds));
        Assert.That((run.Policy.Probabilities - once.Probabilities).MaxAbs(), Is.LessThan(1e-9));
    }

    [Test]
    public void A_warm_start_changes_the_work_of_an_exact_round_and_not_its_policy()
    {
        TrainingRun cold = Cliff(new ExactSolve(), rounds: 3), warm = Cliff(new ExactSolve { WarmStart = true }, rounds: 3);
        Assert.That((cold.Policy.Probabilities - warm.Policy.Probabilities).MaxAbs(), Is.LessThan(1e-9));
    }

    [Test]
    public void Where_a_stop_ends_everything_it_is_a_relief()
    {
        // The value of what follows a stop is never positive, so termination makes stops cheaper; without interventions it changes nothing (fact F8).
        TrainingRun truncated = Cliff(new ExactSolve(), klWeight: 1), terminated = Cliff(new ExactSolve { Target = StopTarget.Termination }, klWeight: 1);
        Assert.That(CliffEvaluated(terminated.Policy).Intervention.Value, Is.GreaterThan(CliffEvaluated(truncated.Policy).Intervention.Value + 0.01));
        Supervisor nobody = new(StateActionTable.Constant(38, 5, 0));
        TrainingRun without = new ResidualInterventionFineTuning { KlWeight = 1, Inner = new ExactSolve { Target = StopTarget.Termination } }.Run(_cliff, _cliffWorld, _cliffPrior, nobody, 60, new SplittableRandom(0));
        Assert.That((without.Policy.Probabilities - _cliffPrior.Probabilities).MaxAbs(), Is.LessThan(1e-12));
    }

    [Test]
    public void From_episodes_a_weight_of_zero_is_no_RIFT() =>
        Assert.That(
            () => SampledFineTuning.Of(new ResidualInterventionFineTuning { KlWeight = 0 }, _cliff, _cliffPrior, _cliffSupervisor, _cliffSupervisor.Offences, 60, 10, new SplittableRandom(0)),
            Throws.ArgumentException.With.Property("ParamName").EqualTo("algorithm"));

    [Test]
    public void Rounds_of_episodes_reach_what_exact_rounds_reach()
    {
        double exact = Success(Lake(new ExactSolve(), rounds: 6).Policy);
        foreach (InnerSolve inner in new InnerSolve[]
        {
            new CertaintyEquivalence(150), new CertaintyEquivalence(150) { KeepAllData = false }, new CertaintyEquivalence(150) { Target = StopTarget.Termination, WarmStart = true },
            new ResidualSoftQLearning(150), new ResidualSoftQLearning(150) { WarmStart = true }, new ResidualSoftQLearning(150) { Target = StopTarget.Termination },
        })
        {
            TrainingRun run = Lake(inner, rounds: 6);
            Assert.That(Success(run.Policy), Is.EqualTo(exact).Within(0.02), inner.ToString());
            Assert.That(run.Rounds[^1].StoppedEpisodes, Is.LessThan(run.Rounds[0].StoppedEpisodes / 2), inner.ToString());
        }
    }

    [Test]
    public void A_seed_means_the_same_training([Values] bool online)
    {
        InnerSolve inner = online ? new ResidualSoftQLearning(50) : new CertaintyEquivalence(50);
        double[] once = Policy(1, 1), again = Policy(1, 3), other = Policy(2, 1);
        Assert.That(again, Is.EqualTo(once));
        Assert.That(other, Is.Not.EqualTo(once));

        double[] Policy(int seed, int threads) => new ResidualInterventionFineTuning { KlWeight = 0.1, Rounds = 2, Inner = inner }
            .Run(_cliff, _cliffWorld, _cliffPrior, _cliffSupervisor, 60, new SplittableRandom(seed), new Execution { Threads = threads }).Policy.LogProbabilities.Entries.ToArray();
    }

    [Test]
    public void What_the_data_have_not_seen_stays_as_it_was()
    {
        IReadOnlyList<Episode> episodes = _cliffWorld.Collect(_cliffPrior, new EpisodeRules { MostSteps = 60, Supervisor = _cliffSupervisor }, 20, new SplittableRandom(1));
        EpisodeData data = new EpisodeData(_cliffWorld).Add(episodes);
        Assert.That((Cliff(new CertaintyEquivalence(0)).Policy.Probabilities - _cliffPrior.Probabilities).MaxAbs(), Is.LessThan(1e-12));
        Assert.That(data.Steps, Is.EqualTo(episodes.Sum(episode => episode.Summary.Steps)));
        Assert.That(data.Coverage, Is.InRange(0.01, 0.99));
        MarkovDecisionProcess seen = data.CertaintyEquivalent(StopTarget.Truncation), ended = data.CertaintyEquivalent(StopTarget.Termination);
        for (int s = 0; s < _cliff.Mdp.States - 1; s++)
        {
            for (int a = 0; a < 5; a++)
            {
                int visits = data.Visits(s, a), stops = data.Stops(s, a);
                Assert.That(stops, Is.EqualTo(_cliffSupervisor.Offences[s, a] * visits));
                Assert.That(seen.Reward[s, a], Is.EqualTo(visits == 0 ? 0 : -(double)stops / visits));
                if (visits == 0 || stops == visits && stops > 0) Assert.That((visits == 0 ? seen : ended).Kernel.Successors(s, a).Single(), Is.EqualTo(new Successor(_cliff.Mdp.States, 1)));
            }
        }
    }

    [Test]
    public void Data_that_go_on_with_the_expert_see_more()
    {
        EpisodeRules rules = new() { MostSteps = 60, Supervisor = _cliffSupervisor, Expert = _cliff.Policy };
        EpisodeData cut = new EpisodeData(_cliffWorld).Add(_cliffWorld.Collect(_cliffPrior, rules, 200, new SplittableRandom(1)));
        EpisodeData whole = new EpisodeData(_cliffWorld).Add(_cliffWorld.Collect(_cliffPrior, rules with { WhenStopped = StopResponse.ExpertActs }, 200, new SplittableRandom(1)));
        // The episodes are the same until their stop.
        Assert.That(whole.Steps, Is.GreaterThan(cut.Steps));
        Assert.That(whole.Coverage, Is.GreaterThan(cut.Coverage));
        for (int s = 0; s < 38; s++)
            for (int a = 0; a < 5; a++) Assert.That(whole.Stops(s, a), Is.EqualTo(cut.Stops(s, a)));
        TrainingRun run = new ResidualInterventionFineTuning { KlWeight = 0.1, Inner = new ResidualSoftQLearning(300), WhenStopped = StopResponse.ExpertActs }
            .Run(_cliff, _cliffWorld, _cliffPrior, _cliffSupervisor, 60, new SplittableRandom(1));
        Assert.That(CliffEvaluated(run.Policy).Intervention.Value, Is.LessThan(0.1 * CliffEvaluated(_cliffPrior).Intervention.Value));
    }

    [Test]
    public void At_weight_zero_it_is_RLIF_with_uniform_ties()
    {
        Policy exact = Cliff(new ExactSolve(), klWeight: 0).Policy, online = Cliff(new ResidualSoftQLearning(4000), klWeight: 0).Policy;
        EpisodeData data = new EpisodeData(_cliffWorld);
        data.Add(_cliffWorld.Collect(online, new EpisodeRules { MostSteps = 60, Supervisor = _cliffSupervisor }, 1000, new SplittableRandom(5)));
        for (int s = 0; s < 37; s++)
        {
            int free = Enumerable.Range(0, 5).Count(a => _cliffSupervisor.Offences[s, a] == 0);
            bool met = Enumerable.Range(0, 5).Sum(a => data.Visits(s, a)) > 0;
            for (int a = 0; a < 5; a++)
            {
                double uniform = _cliffSupervisor.Offences[s, a] == 0 ? 1.0 / free : 0;
                Assert.That(exact.Probability(s, a), Is.EqualTo(uniform).Within(1e-12));
                // Without false alarms a pair that is never stopped keeps Q_R = 0 to the bit.
                if (met) Assert.That(online.Probability(s, a), Is.EqualTo(uniform).Within(1e-12), $"state {s}, action {a}");
            }
        }
    }

    [Test]
    public void The_matching_rule_stops_near_the_least_Psi()
    {
        // Facts F4, F6 and F9: along rounds Psi falls while the policy is stopped more often than the expert, and rises after.
        Supervisor noisy = new(new NoisyStrategy(new QGapStrategy(0.036), 0.1).Phi(_cliff));
        ResidualInterventionFineTuning algorithm = new() { KlWeight = 2, Rounds = 60 };
        TrainingRun all = algorithm.Run(_cliff, _cliffWorld, _cliffPrior, noisy, 60, new SplittableRandom(0));
        TrainingRun matched = (algorithm with { Stopping = new MatchingRates() }).Run(_cliff, _cliffWorld, _cliffPrior, noisy, 60, new SplittableRandom(0));
        double[] psi = [.. all.Rounds.Select(round => Objective.Imitation(_cliff.Visitation, _cliff.Policy, round.Policy).Value)];
        int least = Array.IndexOf(psi, psi.Min());
        Assert.Multiple(() =>
        {
            Assert.That(matched.MetStoppingRule, Is.True);
            Assert.That(all.MetStoppingRule, Is.False);
            Assert.That(matched.Rounds, Has.Count.InRange(least + 1, least + 2));
            Assert.That(least, Is.InRange(1, 50));
        });
        TrainingRun sampled = (algorithm with { Stopping = new MatchingRates { Episodes = 20_000 } }).Run(_cliff, _cliffWorld, _cliffPrior, noisy, 60, new SplittableRandom(0));
        Assert.That(Psi(sampled.Policy), Is.EqualTo(psi[least]).Within(0.1 * psi[least]));

        double Psi(Policy policy) => Objective.Imitation(_cliff.Visitation, _cliff.Policy, policy).Value;
    }

    [Test]
    public void Rounds_end_when_the_policy_is_close_to_the_expert()
    {
        Assert.That(Run(_cliff.Policy, 1e-9).Rounds, Is.Empty);
        TrainingRun near = Run(_cliffPrior, 0.11), never = Run(_cliffPrior, 1e-3);
        Assert.That((near.MetStoppingRule, never.MetStoppingRule, never.Rounds.Count), Is.EqualTo((true, false, 10)));
        Assert.That(near.Rounds, Has.Count.InRange(1, 9));
        Assert.That(Objective.Imitation(_cliff.Visitation, _cliff.Policy, near.Policy).Value, Is.LessThanOrEqualTo(0.11));

        static TrainingRun Run(Policy prior, double psi) => new ResidualInterventionFineTuning { KlWeight = 1, Rounds = 10, Stopping = new CloseToExpert(psi) }
            .Run(_cliff, _cliffWorld, prior, _cliffSupervisor, 60, new SplittableRandom(0));
    }

    [Test]
    public void A_late_supervisor_is_met_as_a_late_one()
    {
        // Exact rounds see the delay through the policy at hand, so their phi changes from round to round.
        Supervisor late = new(_cliffSupervisor.Offences, 1);
        TrainingRun exact = new ResidualInterventionFineTuning { KlWeight = 1 }.Run(_cliff, _cliffWorld, _cliffPrior, late, 60, new SplittableRandom(0));
        Policy direct = SoftProblem.FineTuning(_cliff.Mdp, _cliffPrior, -late.SeenUnder(_cliff.Mdp, _cliffPrior), 1).Solve().Policy;
        Assert.That((exact.Policy.Probabilities - direct.Probabilities).MaxAbs(), Is.LessThan(1e-9));
    }

    [Test]
    public void A_training_can_be_cancelled([Values] bool online)
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.That(
            () => new ResidualInterventionFineTuning { KlWeight = 1, Inner = online ? new ResidualSoftQLearning(10) : new CertaintyEquivalence(10) }
                .Run(_cliff, _cliffWorld, _cliffPrior, _cliffSupervisor, 60, new SplittableRandom(0), new Execution { Cancellation = cancelled.Token }),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Numbers_out_of_range_are_refused()
    {
        Refuses(() => new ResidualInterventionFineTuning { KlWeight = -1 }, "KlWeight");
        Refuses(() => new ResidualInterventionFineTuning { KlWeight = 1, Rounds = -1 }, "Rounds");
        Refuses(() => new ResidualInterventionFineTuning { KlWeight = 1, WhenStopped = StopResponse.IsNoted }, "WhenStopped");
        Refuses(() => new CertaintyEquivalence(-1), "Episodes");
        Refuses(() => new ResidualSoftQLearning(-1), "Episodes");
        Refuses(() => new ResidualSoftQLearning(1) { StepExponent = 0.5 }, "StepExponent");
        Refuses(() => new CloseToExpert(double.NaN), "Psi");
        Refuses(() => new MatchingRates { Episodes = -1 }, "Episodes");

        static void Refuses(Func<object> make, string name) => Assert.That(make, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo(name));
    }

    private static TrainingRun Lake(InnerSolve inner, int rounds = 1, int seed = 1) =>
        new ResidualInterventionFineTuning { KlWeight = KlWeight, Rounds = rounds, Inner = inner }.Run(_lake, _lakeWorld, _clone, _lakeSupervisor, Horizon, new SplittableRandom(seed));

    private static TrainingRun Cliff(InnerSolve inner, int rounds = 1, double klWeight = 0.1) =>
        new ResidualInterventionFineTuning { KlWeight = klWeight, Rounds = rounds, Inner = inner }.Run(_cliff, _cliffWorld, _cliffPrior, _cliffSupervisor, 60, new SplittableRandom(1));

    private static EpisodeEvaluation Evaluated(Policy policy) => EpisodeEvaluation.Of(_lake.Mdp, policy, _lakeSupervisor.Offences, TimeLimit.FixedHorizon, Horizon);

    private static EpisodeEvaluation CliffEvaluated(Policy policy) => EpisodeEvaluation.Of(_cliff.Mdp, policy, _cliffSupervisor.Offences, TimeLimit.FixedHorizon, 60);

    private static double Success(Policy policy) => Evaluated(policy).Success!.Value.Value;
}
