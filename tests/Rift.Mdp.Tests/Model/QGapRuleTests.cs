namespace Rift.Mdp.Tests;

public class QGapRuleTests
{
    [TestCaseSource(typeof(OracleCase), nameof(OracleCase.All))]
    public void Gaps_and_interventions_are_the_golden_ones(OracleCase golden)
    {
        Scenario scenario = golden.Scenario;
        SoftSolution expert = scenario.Expert.Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        foreach ((ExpertReading reading, string name) in new[] { (ExpertReading.Mode, "Mode"), (ExpertReading.Mean, "Mean") })
        {
            StateActionTable gap = QGapRule.Gap(expert, reading);
            Assert.That(gap.Entries.ToArray(), Is.EqualTo(golden["gap" + name]).Within(golden.Tolerance("gap" + name)));
            double[] phi = [.. scenario.Thresholds.SelectMany(threshold => QGapRule.Interventions(gap, threshold).Entries.ToArray())];
            Assert.That(phi, Is.EqualTo(golden["phi" + name]));
        }
    }

    [Test]
    public void A_gap_equal_to_the_threshold_is_let_pass()
    {
        StateActionTable gap = new(1, 3, [0, 0.5, 1]);
        Assert.That(QGapRule.Interventions(gap, 0.5).Entries.ToArray(), Is.EqualTo(new double[] { 0, 0, 1 }));
        Assert.That(() => QGapRule.Interventions(gap, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'threshold')"));
    }

    [Test]
    public void Where_an_action_is_not_available_there_is_no_gap()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), new StateActionTable(1, 3, [2, 1, 0]), [1], 0);
        SoftSolution expert = new SoftProblem(mdp, 1).Solve();
        Assert.That(QGapRule.Gap(expert, ExpertReading.Mode).Entries.ToArray(), Is.EqualTo(new double[] { 0, 1, 0 }));
        Assert.That(QGapRule.Gap(expert, ExpertReading.Mean)[0, 2], Is.Zero);
    }

    [Test]
    public void A_gap_that_equals_the_threshold_in_decimals_is_a_tie_although_their_doubles_differ()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), new StateActionTable(1, 2, [0.9, 0.3]), [1], 0);
        SoftSolution expert = new SoftProblem(mdp, 1).Solve();
        StateActionTable gap = QGapRule.Gap(expert, ExpertReading.Mode);
        Assert.Multiple(() =>
        {
            Assert.That(gap[0, 1], Is.GreaterThan(0.6));
            Assert.That(QGapRule.Interventions(gap, 0.6)[0, 1], Is.EqualTo(1));
            Assert.That(QGapRule.Interventions(gap, 0.6, QGapRule.TieWidth(expert, 0.6))[0, 1], Is.Zero);
            Assert.That(QGapRule.Interventions(gap, 0.599999999999999, QGapRule.TieWidth(expert, 0.6))[0, 1], Is.EqualTo(1));
        });
    }
}
