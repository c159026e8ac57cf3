namespace Rift.Learning.Tests;

public class InterventionStrategyTests
{
    private static readonly Expert _expert = Worlds.ExpertOf("windycliff");
    private static readonly Policy _prior = Worlds.PriorOf("windycliff", _expert);

    private static IEnumerable<InterventionStrategy> Strategies =>
    [
        new QGapStrategy(0.036), new QGapStrategy(0) { Reading = ExpertReading.Mean }, new NoisyStrategy(new QGapStrategy(0.036), 0.1), new AdvantageStrategy(), new VisitationStrategy(),
        new StateStrategy(), new StateStrategy(3), new RandomStrategy(0.3), new NoInterventions(), new AdversarialStrategy(),
        new MissingStopsStrategy(new QGapStrategy(0.036), 0.4, Persistent: true), new MissingStopsStrategy(new QGapStrategy(0.036), 0.4, Persistent: false), new DelayedStrategy(new QGapStrategy(0.036), 2),
    ];

    [TestCaseSource(nameof(Strategies))]
    public void Interventions_are_probabilities_and_nothing_is_stopped_at_the_end(InterventionStrategy strategy)
    {
        StateActionTable phi = strategy.Phi(_expert, _prior);
        Assert.Multiple(() =>
        {
            Assert.That(phi.Entries.ToArray(), Is.All.InRange(0, 1));
            Assert.That(phi.Row(_expert.Mdp.States - 1).ToArray(), Is.All.Zero);
        });
    }

    [TestCaseSource(nameof(Strategies))]
    public void A_seed_means_the_same_supervisor(InterventionStrategy strategy)
    {
        double[] once = strategy.Phi(_expert, _prior, 7).Entries.ToArray(), again = strategy.Phi(_expert, _prior, 7).Entries.ToArray();
        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void A_supervisor_by_rule_11_never_stops_the_expert([ValueSource(typeof(Worlds), nameof(Worlds.Names))] string world)
    {
        Expert expert = Worlds.ExpertOf(world);
        foreach (double threshold in new[] { 0, 1e-11, Worlds.Thresholds(world).High, Worlds.Thresholds(world).Low })
            Assert.That(expert.Visitation.Average(new QGapStrategy(threshold).Phi(expert)).Value, Is.Zero);
    }

    [Test]
    public void A_lower_threshold_stops_more()
    {
        StateActionTable strict = new QGapStrategy(0.018).Phi(_expert), lenient = new QGapStrategy(0.229).Phi(_expert);
        Assert.Multiple(() =>
        {
            Assert.That((strict - lenient).Entries.ToArray(), Is.All.Not.Negative);
            Assert.That(strict.Sum(), Is.GreaterThan(lenient.Sum()));
        });
    }

    [Test]
    public void The_two_readings_of_the_expert_agree_for_one_who_takes_best_actions_only() =>
        Assert.That(
            new QGapStrategy(0.036) { Reading = ExpertReading.Mean }.Phi(_expert).Entries.ToArray(),
            Is.EqualTo(new QGapStrategy(0.036) { Reading = ExpertReading.Mode }.Phi(_expert).Entries.ToArray()));

    [Test]
    public void False_alarms_raise_half_of_the_pairs_by_what_they_lack_times_q()
    {
        StateActionTable clean = new QGapStrategy(0.036).Phi(_expert), noisy = new NoisyStrategy(new QGapStrategy(0.036), 0.1).Phi(_expert);
        int pairs = 0, raised = 0;
        for (int i = 0; i < clean.Entries.Length; i++)
        {
            if (clean[i] == 1) Assert.That(noisy[i], Is.EqualTo(1));
            else if (!_expert.Mdp.IsTerminal(i / clean.Actions))
            {
                pairs++;
                Assert.That(noisy[i], Is.Zero.Or.EqualTo(0.1));
                if (noisy[i] > 0) raised++;
            }
        }

        // A binomial count with probability 1/2, within four standard deviations.
        Assert.That(Math.Abs(raised - (pairs / 2.0)), Is.LessThan(4 * Math.Sqrt(pairs) / 2));
    }

    [Test]
    public void The_advantage_difference_never_stops_what_the_expert_does_more_often()
    {
        StateActionTable phi = new AdvantageStrategy().Phi(_expert, _prior), expert = Prior.Mixed(_expert.Policy, AdvantageStrategy.Floor, _expert.Mdp.Kernel).Probabilities;
        for (int i = 0; i < phi.Entries.Length; i++)
        {
            if (_expert.Mdp.IsTerminal(i / phi.Actions)) continue;
            double ratio = Math.Log(_prior.Probabilities[i] / expert[i]);
            Assert.That(phi[i], Is.EqualTo(Math.Clamp(ratio, 0, 1)).Within(1e-12));
        }
    }

    [Test]
    public void Visitation_and_state_strategies_point_uphill_of_psi()
    {
        Visitation prior = Visitation.Of(_expert.Mdp, _prior);
        foreach (InterventionStrategy strategy in new InterventionStrategy[] { new VisitationStrategy(), new StateStrategy() })
        {
            StateActionTable phi = strategy.Phi(_expert, _prior);
            Assert.That(prior.Average(phi).Value - _expert.Visitation.Average(phi).Value, Is.Positive);
        }
    }

    [Test]
    public void The_prior_does_not_visit_more_than_itself()
    {
        Assert.That(new VisitationStrategy().Phi(_expert, _expert.Policy).Sum(), Is.Zero);
        Assert.That(new StateStrategy().Phi(_expert, _expert.Policy).Sum(), Is.Zero);
    }

    [Test]
    public void A_strategy_that_looks_at_the_prior_says_so() =>
        Assert.That(() => new NoisyStrategy(new VisitationStrategy(), 0.1).Phi(_expert), Throws.ArgumentNullException.With.Property("ParamName").EqualTo("prior"));

    [Test]
    public void An_adversary_stops_the_expert_where_most_is_to_be_had()
    {
        // A fifth of the 37 states that are no ends, rounded up: 8, and no ties with the eighth.
        StateActionTable phi = new AdversarialStrategy().Phi(_expert);
        double[] values = _expert.Solution.Values.ToArray();
        int[] stopped = [.. Enumerable.Range(0, phi.States).Where(s => phi.Row(s).ContainsAnyExcept(0.0))];
        Assert.Multiple(() =>
        {
            Assert.That(stopped, Has.Length.EqualTo(8));
            Assert.That(stopped.Min(s => values[s]), Is.GreaterThan(Enumerable.Range(0, phi.States - 1).Except(stopped).Max(s => values[s])));
            foreach (int s in stopped)
                for (int a = 0; a < phi.Actions; a++) Assert.That(phi[s, a], Is.EqualTo(_expert.Policy.Probability(s, a) > 0 ? 1 : 0));
            Assert.That(new AdversarialStrategy(0).Phi(_expert).Sum(), Is.Zero);
            Assert.That(new AdversarialStrategy(1).Phi(_expert).Row(0).ToArray().Max(), Is.EqualTo(1));
            Assert.That(Visitation.Of(_expert.Mdp, _prior).Average(phi).Value, Is.LessThan(_expert.Visitation.Average(phi).Value));
        });
    }

    [Test]
    public void Misses_are_blind_spots_or_bad_luck()
    {
        StateActionTable clean = new QGapStrategy(0.036).Phi(_expert);
        StateActionTable luck = new MissingStopsStrategy(new QGapStrategy(0.036), 0.4, Persistent: false).Phi(_expert), blind = new MissingStopsStrategy(new QGapStrategy(0.036), 0.4, Persistent: true).Phi(_expert);
        int offending = (int)clean.Sum();
        Assert.That(luck.Entries.ToArray(), Is.EqualTo((0.6 * clean).Entries.ToArray()));
        Assert.That(blind.Zip(clean, (seen, there) => seen == there || seen == 0 ? 0 : 1).Sum(), Is.Zero);
        // A binomial count with probability 0.6, within four standard deviations.
        Assert.That(Math.Abs(blind.Sum() - (0.6 * offending)), Is.LessThan(4 * Math.Sqrt(0.24 * offending)));
    }

    [Test]
    public void Misses_by_visit_are_a_larger_KL_weight()
    {
        StateActionTable clean = new QGapStrategy(0.036).Phi(_expert), missed = new MissingStopsStrategy(new QGapStrategy(0.036), 0.4, Persistent: false).Phi(_expert);
        Policy lenient = SoftProblem.FineTuning(_expert.Mdp, _prior, -missed, 0.06).Solve().Policy, weighted = SoftProblem.FineTuning(_expert.Mdp, _prior, -clean, 0.1).Solve().Policy;
        Assert.That((lenient.Probabilities - weighted.Probabilities).MaxAbs(), Is.LessThan(1e-8));
    }

    [Test]
    public void A_late_supervisor_judges_states()
    {
        StateActionTable prompt = new DelayedStrategy(new QGapStrategy(0.036), 0).Phi(_expert, _prior), late = new DelayedStrategy(new QGapStrategy(0.036), 2).Phi(_expert, _prior);
        Assert.That(prompt.Entries.ToArray(), Is.EqualTo(new QGapStrategy(0.036).Phi(_expert).Entries.ToArray()));
        for (int s = 0; s < late.States - 1; s++) Assert.That(late.Row(s).ToArray(), Is.All.EqualTo(late[s, 0]));
        Assert.That(late.MaxAbs(), Is.Positive);
        // The expert never offends, and so is never stopped, however late.
        Assert.That(new DelayedStrategy(new QGapStrategy(0.036), 2).Phi(_expert, _expert.Policy).Sum(), Is.Zero);
    }

    [Test]
    public void What_a_learner_sees_of_a_late_supervisor_is_the_share_of_stopped_visits()
    {
        const int episodes = 40_000;
        Supervisor late = new DelayedStrategy(new QGapStrategy(0.036), 2).Supervise(_expert, _prior, new SplittableRandom(0));
        StateActionTable phi = late.SeenUnder(_expert.Mdp, _prior);
        double[] sum = new double[phi.States], squares = new double[phi.States];
        foreach (Episode episode in new Simulator(_expert.Mdp).Collect(_prior, EpisodeRules.Discounted(_expert.Mdp) with { Supervisor = late }, episodes, new SplittableRandom(9)))
        {
            foreach (IGrouping<int, Transition> here in episode.Transitions.GroupBy(step => step.State))
            {
                double surplus = here.Count(step => step.Stopped) - (phi[here.Key, 0] * here.Count());
                sum[here.Key] += surplus;
                squares[here.Key] += surplus * surplus;
            }
        }

        // The expected surplus of an episode is 0 in every state: six standard errors, and six visits for states too rare for a normal limit.
        for (int s = 0; s < sum.Length; s++) Assert.That(Math.Abs(sum[s]), Is.LessThan((6 * Math.Sqrt(squares[s])) + 6), $"state {s}");
    }

    [Test]
    public void Shares_and_delays_out_of_range_are_refused()
    {
        Assert.That(() => new AdversarialStrategy(1.1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Share"));
        Assert.That(() => new MissingStopsStrategy(new NoInterventions(), -0.1, true), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("Misses"));
        Assert.That(() => new DelayedStrategy(new NoInterventions(), 64).Phi(_expert, _prior), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("reactionDelay"));
        Assert.That(() => new Supervisor(StateActionTable.Constant(2, 2, 1.5)), Throws.InstanceOf<InvalidModelException>().With.Message.Contains("found the intervention probability 1.5"));
    }
}
