using Rift.Mdp;

namespace Rift.Theory.Tests;

public class CounterexampleTests
{
    public static IEnumerable<TestCaseData> Numbers =>
        Counterexample.Known.SelectMany(example => example.Numbers.Select(number => new TestCaseData(number) { TestName = $"{example.Id}: {number.Name} is {number.Printed}" }));

    [TestCaseSource(nameof(Numbers))]
    public void The_printed_number_is_reproduced(PublishedNumber number) => Assert.Multiple(() =>
    {
        Assert.That(number.Identity.Holds, Is.True, $"{number.Computed.Value:R}");
        // The certificate leaves no doubt about the printed digits.
        Assert.That(number.Computed.ErrorBound, Is.LessThan(0.01 * Math.Pow(10, -number.Printed.Scale)));
    });

    [Test]
    public void The_numbers_of_both_precisions_agree_within_their_errors_and_those_of_double_double_err_by_less_than_a_millionth_of_a_millionth_of_a_digit()
    {
        foreach (Counterexample example in Counterexample.Known)
        {
            Assert.That(example.NumbersExtended, Has.Count.EqualTo(example.Numbers.Count), example.Id);
            foreach ((PublishedNumber number, (DoubleDouble value, double error)) in example.Numbers.Zip(example.NumbersExtended))
            {
                Assert.That((value - number.Computed.Value).Magnitude, Is.LessThanOrEqualTo(number.Computed.ErrorBound + error), $"{example.Id}: {number.Name}");
                Assert.That(error, Is.LessThan(1e-12 * Math.Pow(10, -number.Printed.Scale)), $"{example.Id}: {number.Name}");
            }
        }
    }

    [Test]
    public void A_printed_digit_that_is_off_by_one_does_not_hold() =>
        Assert.That(new PublishedNumber("P(good)", new CertifiedNumber(0.33185, 1e-9), 0.3319m) with { Computed = new CertifiedNumber(0.33183, 1e-9) }, Has.Property("Identity").Property("Holds").False);

    [Test]
    public void The_unclipped_residual_gives_the_expert_of_CE1_exactly()
    {
        SolvedScenario solved = new(Named("CE1").Subject);
        Policy expert = solved.Expert.Policy;
        StateActionTable residual = StateActionTable.Create(solved.Mdp.States, 2, (s, a) =>
            solved.Mdp.IsAvailable(s, a) ? expert.LogProbability(s, a) - solved.Scenario.Prior.LogProbability(s, a) : 0);
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(solved.Mdp, solved.Scenario.Prior, residual, 1));
        Assert.That(tuned.Policy.Probability(0, 0), Is.EqualTo(0.9).Within(1e-10));
    }

    [Test]
    public void A_counterexample_speaks_of_its_own_scenario_only()
    {
        foreach (Counterexample example in Counterexample.Known)
        {
            Identity here = example.Check(new SolvedScenario(ScenarioOf.Tame()), new SplittableRandom(1)), there = example.Check(new SolvedScenario(example.Subject), new SplittableRandom(2));
            Assert.That(here.Gap, Is.EqualTo(there.Gap), example.Id);
            Assert.That(example.CheckExtended(new LiteralScenario(ScenarioOf.Tame()), new SplittableRandom(1))!.Gap, Is.EqualTo(example.CheckExtended(new LiteralScenario(example.Subject), new SplittableRandom(2))!.Gap), example.Id);
        }
    }

    [Test]
    public void In_CE4_Psi_and_the_rate_of_stops_fall_with_the_KL_weight_while_the_probability_of_a_stop_rises_ninefold()
    {
        Counterexample example = Named("CE4");
        double[] Column(string name) => [.. example.Numbers.Where(number => number.Name.StartsWith(name, StringComparison.Ordinal)).Select(number => number.Computed.Value)];
        double[] stops = Column("any e-stop");
        Assert.Multiple(() =>
        {
            Assert.That(Column("Psi"), Is.Ordered.Descending);
            Assert.That(Column("stop rate"), Is.Ordered.Descending);
            Assert.That(stops[3] / stops[0], Is.GreaterThan(8.8));
        });
    }

    [Test]
    public void The_probability_of_a_stop_is_that_of_the_geometric_law_where_each_step_is_stopped_alike()
    {
        MarkovDecisionProcess mdp = ScenarioOf.Tame().Mdp;
        CertifiedNumber stop = EpisodeEvaluation.StopProbability(mdp, ScenarioOf.Tame().Prior, StateActionTable.Constant(4, 3, 0.1), TimeLimit.FixedHorizon, 5);
        Assert.That(stop.Value, Is.EqualTo(1 - Math.Pow(0.9, 5)).Within(stop.ErrorBound + 1e-15));
    }

    private static Counterexample Named(string id) => Counterexample.Known.Single(example => example.Id == id);
}
