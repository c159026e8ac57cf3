namespace Rift.Learning.Tests;

public class InterventionStrategyTests
{
    private static readonly Expert _expert = Worlds.ExpertOf("windycliff");
    private static readonly Policy _prior = Worlds.PriorOf("windycliff", _expert);

    private static IEnumerable<InterventionStrategy> Strategies =>
    [
        new QGapStrategy(0.036), new QGapStrategy(0) { Reading = ExpertReading.Mean }, new NoisyStrategy(new QGapStrategy(0.036), 0.1), new AdvantageStrategy(), new VisitationStrategy(),
        new StateStrategy(), new StateStrategy(3), new RandomStrategy(0.3), new NoInterventions(),
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
}
