using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>An inequality holds as well where a side is wrong by less than its room; the two roads, which have no code in common, must leave the same room.</summary>
public class TwoRoadsTests
{
    private static readonly Scenario[] _scenarios = [ScenarioOf.Exact(), ScenarioOf.Loose(), ScenarioOf.Tame()];

    [TestCase("S5.3")]
    [TestCase("F1")]
    [TestCase("F4")]
    [TestCase("F5")]
    [TestCase("F6")]
    [TestCase("F7")]
    [TestCase("F8")]
    [TestCase("F11")]
    [TestCase("F13")]
    [TestCase("F14")]
    public void Both_roads_leave_the_same_room_in_every_inequality(string id)
    {
        foreach (Scenario scenario in _scenarios)
            AssertSameRoom(Parts(id, scenario).Where(IsInequality), PartsExtended(id, scenario).Where(IsInequality));
    }

    [Test]
    public void Both_roads_leave_the_same_room_in_the_certificate_of_a_step_and_in_the_curvature_of_pihat_along_it()
    {
        foreach (Scenario scenario in _scenarios) AssertSameRoom(Parts("F3", scenario)[2..].Where((_, i) => i != 1), PartsExtended("F3", scenario));
    }

    [Test]
    public void Both_roads_leave_the_same_room_in_the_size_of_each_power_of_W()
    {
        foreach (Scenario scenario in _scenarios)
        {
            Identity parts = Parts("63", scenario)[1], extended = PartsExtended("63", scenario)[1];
            Assert.That(Room(parts).Take(20), Is.EqualTo(Room(extended).Take(parts.Left.Length)).Within(2 * parts.Bound));
            Assert.That(extended.Left, Has.Length.EqualTo(20));
        }
    }

    [Test]
    public void The_shortfall_of_the_return_is_squared_on_the_literal_road_and_otherwise_the_same()
    {
        // The promise is taken at the upper ends of its errors: where rows sum to one these are roundings.
        foreach (Scenario scenario in new[] { ScenarioOf.Exact(), ScenarioOf.Tame() })
        {
            Identity plain = Parts("F15", scenario).Single(), squared = PartsExtended("F15", scenario).Single();
            double perHorizon = (1 - scenario.Mdp.Discount) * (1 - scenario.Mdp.Discount);
            double left = plain.Left[0] * plain.Left[0], right = plain.Right[0] * plain.Right[0];
            Assert.That(perHorizon * (left - right), Is.EqualTo(squared.Excess).Within(1e-12 * perHorizon * (left + right)));
        }
    }

    private static bool IsInequality(Identity part) => part.Relation == Relation.AtMost;

    private static Identity[] Parts(string id, Scenario scenario) => ScenarioOf.Parts(Of(id), new SolvedScenario(scenario));

    private static Identity[] PartsExtended(string id, Scenario scenario) => ScenarioOf.Parts(Of(id), new LiteralScenario(scenario));

    private static Statement Of(string id) => Statement.All.Single(statement => statement.Id == id);

    private static void AssertSameRoom(IEnumerable<Identity> parts, IEnumerable<Identity> extended)
    {
        Identity[] all = [.. parts];
        Assert.That(all.SelectMany(Room), Is.EqualTo(extended.SelectMany(Room)).Within(2 * all.Max(part => part.Bound)));
    }

    private static IEnumerable<double> Room(Identity part) => part.Left.Zip(part.Right, (left, right) => right - left);
}
