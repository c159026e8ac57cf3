using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>Statements in other units of the reward: the sides and the bound change by one power of the unit, so no bound adds what cannot be added.</summary>
public class UnitsTests
{
    private const int Bits = 12;

    // (5), (7) and F10 compare weights in the units of the reward with pure numbers; in (16), (17), F2 and F12 the worst of identities in several units speaks for all.
    private static readonly string[] _mixed = ["5", "7", "F10", "16", "17", "F2", "F12"];

    public static IEnumerable<Statement> Statements => Statement.All.Where(statement => statement.Subject is null && !_mixed.Contains(statement.Id));

    [TestCaseSource(nameof(Statements))]
    public void A_bound_in_double_has_the_units_of_the_sides(Statement statement)
    {
        Scenario tame = ScenarioOf.Tame();
        AssertUnits(statement.Check(new SolvedScenario(tame), new SplittableRandom(1)), statement.Check(new SolvedScenario(InSmallerUnits(tame)), new SplittableRandom(1)), Power(statement));
    }

    [TestCaseSource(nameof(Statements))]
    public void A_bound_in_double_double_has_the_units_of_the_sides(Statement statement)
    {
        Scenario tame = ScenarioOf.Tame();
        Identity here = statement.CheckExtended(new LiteralScenario(tame), new SplittableRandom(1))!, there = statement.CheckExtended(new LiteralScenario(InSmallerUnits(tame)), new SplittableRandom(1))!;
        // F15 is squared there.
        AssertUnits(here, there, statement.Id == "F15" ? 2 : Power(statement));
    }

    /// <summary>Rounding differs a little from one unit to the other, and with it which of several identities speaks for all.</summary>
    private static void AssertUnits(Identity here, Identity there, int power)
    {
        Assert.That(Math.Log2(there.Bound / here.Bound) / Bits, Is.EqualTo(power).Within(0.1));
        Assert.That(there.Holds, Is.True);
    }

    /// <summary>The power of the unit of the reward in which a statement is: values in 1, derivatives of Psi, which is a pure number, in -1.</summary>
    private static int Power(Statement statement) => statement.Id switch
    {
        "1" or "3" or "13" or "15" or "4.1" or "A.1" or "F13" or "F15" => 1,
        "5.1" or "A.2" or "A.5" or "69" => -1,
        _ => 0,
    };

    /// <summary>The same scenario with every amount of reward 2^12 times as large.</summary>
    private static Scenario InSmallerUnits(Scenario scenario)
    {
        const double Scale = 1 << Bits;
        return scenario with
        {
            Mdp = scenario.Mdp.WithReward(Scale * scenario.Mdp.Reward),
            Temperature = Scale * scenario.Temperature,
            ExpertReward = Scale * scenario.ExpertReward,
            ResidualReward = Scale * scenario.ResidualReward,
            Potential = [.. scenario.Potential.Select(x => Scale * x)],
            Omegas = [.. scenario.Omegas.Select(x => Scale * x)],
            Thresholds = [.. scenario.Thresholds.Select(x => Scale * x)],
        };
    }
}
