using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>The second column of the ledger: statements in double-double on the literal path.</summary>
public class ExtendedStatementTests
{
    private static readonly LiteralScenario _tame = new(ScenarioOf.Tame());

    public static IEnumerable<Statement> Extended => Statement.All.Where(statement => statement.Subject is null);

    [TestCaseSource(typeof(Statement), nameof(Statement.All))]
    public void Each_statement_is_written_for_both_roads(Statement statement) => Assert.That(statement.CheckExtended(_tame, new SplittableRandom(1)), Is.Not.Null);

    [TestCaseSource(nameof(Extended))]
    public void Each_statement_holds_in_double_double_on_small_problems_of_every_kind(Statement statement) =>
        ScenarioOf.ForAll(100, plan =>
        {
            Identity identity = statement.CheckExtended(new LiteralScenario(ScenarioOf.Plan(plan)), new SplittableRandom(1))!;
            return identity.Holds.Label($"{statement.Id}: {identity}");
        });

    [TestCaseSource(nameof(Extended))]
    public void On_tame_problems_bounds_in_double_double_are_far_below_the_rounding_of_double(Statement statement)
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            LiteralScenario literal = new(ScenarioOf.Tame(seed));
            Identity identity = statement.CheckExtended(literal, new SplittableRandom(1))!;
            TestContext.Out.WriteLine($"{statement.Id} {identity}");
            double most = statement.Id switch
            {
                "A.1" => 1e-27,
                // J is of the size of the horizon, the gradient of 1/alpha.
                "A.3" => 1e-24 * literal.Horizon,
                "5.1" => 1e-24 / literal.Temperature.High,
                "F2" => 1e-22,
                _ => 1e-24,
            };
            Assert.That(identity.Holds, Is.True, $"{identity}");
            Assert.That(identity.Bound, Is.LessThan(most));
        }
    }
}
