using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>
/// Bounds are larger than gaps, so a bound that lost a term still holds: here each is compared with the sum of the errors that the analysis names, counted anew. Of the scenarios one has
/// exact numbers, one rows that miss one by half of what they may and an action less, and one is larger and drawn at random.
/// </summary>
public class BoundTermTests
{
    private static readonly Scenario[] _scenarios = [ScenarioOf.Exact(), ScenarioOf.Loose(), ScenarioOf.Tame()];

    public static IEnumerable<Statement> Statements => Statement.All.Where(statement => statement.Subject is null);

    [TestCaseSource(nameof(Statements))]
    public void In_double_each_part_allows_for_every_error_that_its_analysis_names(Statement statement)
    {
        foreach (SolvedScenario solved in _scenarios.Select(scenario => new SolvedScenario(scenario)))
            AssertBounds(ScenarioOf.Parts(statement, solved), new BoundsInDouble(solved).Of(statement.Id));
    }

    [TestCaseSource(nameof(Statements))]
    public void In_double_double_each_part_allows_for_every_error_that_its_analysis_names(Statement statement)
    {
        foreach (LiteralScenario literal in _scenarios.Select(scenario => new LiteralScenario(scenario)))
            AssertBounds(ScenarioOf.Parts(statement, literal), new BoundsInDoubleDouble(literal).Of(statement.Id));
    }

    [Test]
    public void A_competitor_that_is_better_than_the_optimum_is_noticed()
    {
        // Rows that exceed one by almost all that a row may: where values are positive, no policy that sums to one is worth so much. Certificates allow for such
        // rows in what follows a step, so the horizon is one step.
        Scenario oneStep = ScenarioOf.Exact(discount: 0);
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(oneStep.Mdp, oneStep.Prior, oneStep.ResidualReward, 0.5));
        Policy better = Policy.FromLogProbabilities(tuned.Policy.LogProbabilities.Map(log => log + 9e-13));
        Statement theorem = Statement.All.Single(statement => statement.Id == "4.1");
        Assert.Multiple(() =>
        {
            Assert.That(theorem.Check(new SolvedScenario(oneStep with { Policy = tuned.Policy }), new SplittableRandom(1)).Holds, Is.True);
            Assert.That(theorem.Check(new SolvedScenario(oneStep with { Policy = better }), new SplittableRandom(1)).Holds, Is.False);
        });
    }

    private static void AssertBounds(Identity[] parts, double[] expected) => Assert.Multiple(() =>
    {
        Assert.That(parts.Select(part => part.Bound), Is.EqualTo(expected).Within(1e-9).Percent);
        Assert.That(parts.Select(part => part.Holds), Has.All.True);
    });
}
