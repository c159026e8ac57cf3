using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>The search of F6: where the rates of candidate and expert meet, and what is stated where they do not.</summary>
public class MatchingTheoremTests
{
    private static readonly Statement _theorem = Statement.All.Single(statement => statement.Id == "F6");

    [Test]
    public void A_start_that_matches_within_its_error_is_the_point() => Assert.That(Search(_ => -0.5, _ => -1, error: 0.5), Is.EqualTo((0.0, 0)));

    [Test]
    public void A_line_is_solved_in_one_step() => Assert.That(Search(x => 3 - x, _ => -1, error: 0), Is.EqualTo((3.0, 1)));

    [TestCase(1.0)]
    [TestCase(20.0)]
    [TestCase(300.0)]
    public void A_rate_that_falls_exponentially_is_met_from_below_in_few_steps(double root)
    {
        double scale = 10 / root;
        (double point, int steps) = Search(x => Math.Exp(-scale * x) - Math.Exp(-10), x => -scale * Math.Exp(-scale * x), error: 1e-13);
        Assert.That(point, Is.EqualTo(root).Within(1e-8 * root));
        Assert.That(steps, Is.LessThanOrEqualTo(16));
    }

    [TestCase(10.0)]
    [TestCase(0.01)]
    [TestCase(100.0)]
    public void A_step_of_Newton_that_leaves_the_bracket_is_replaced(double root)
    {
        (double point, int steps) = Search(x => Math.Atan(root - x), x => -1 / (1 + ((root - x) * (root - x))), error: 1e-13);
        Assert.That(point, Is.EqualTo(root).Within(1e-9));
        Assert.That(steps, Is.LessThanOrEqualTo(16));
    }

    [Test]
    public void A_rate_that_jumps_is_approached_forty_times() => Assert.That(Search(x => x < 1 ? 1 : -1, _ => -1e-9, error: 0.5).Tried, Is.EqualTo(40));

    [Test]
    public void Without_a_slope_the_search_goes_to_the_largest_step_and_comes_back()
    {
        (double point, int steps) = Search(x => 1 - (x * x * x), x => -3 * x * x, error: 1e-12);
        Assert.That(point, Is.EqualTo(1).Within(1e-9));
        Assert.That(steps, Is.LessThanOrEqualTo(24));
    }

    [TestCase(0.0)]
    [TestCase(-1e-3)]
    public void Where_the_rates_do_not_meet_the_largest_step_is_the_point(double slope) => Assert.That(Search(x => 1 + (slope * x), _ => slope, error: 0), Is.EqualTo((500.0, 1)));

    [Test]
    public void The_supervisor_stops_the_prior_no_less_than_the_expert_and_is_a_draw_or_its_opposite([Range(1, 8)] int seed)
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        LiteralScenario literal = new(solved.Scenario);
        StateActionTable drawn = Supervisors.Random(solved.Mdp, new SplittableRandom(seed)), phi = MatchingTheorem.Supervisor(solved, new SplittableRandom(seed));
        DoubleDouble[,] extended = MatchingTheorem.Supervisor(literal, new SplittableRandom(seed));
        StateActionTable surplus = Visitation.Of(solved.Mdp, solved.Scenario.Prior).Pairs - solved.Imitation.ExpertVisitation.Pairs;
        Assert.Multiple(() =>
        {
            Assert.That(phi.Entries.ToArray(), Is.EqualTo(drawn.InnerProduct(surplus) < 0 ? drawn.Map(x => 1 - x).Entries.ToArray() : drawn.Entries.ToArray()));
            Assert.That(literal.Available(extended).Select(x => x.ToDouble()), Is.EqualTo(phi.Entries.ToArray()).Within(1e-15));
        });
    }

    [Test]
    public void The_rates_meet_as_closely_as_they_are_known()
    {
        foreach (Scenario scenario in new[] { ScenarioOf.Exact(), ScenarioOf.Loose(), ScenarioOf.Tame() })
        {
            SolvedScenario solved = new(scenario);
            StateActionTable phi = MatchingTheorem.Supervisor(solved, new SplittableRandom(1));
            LinePoint root = MatchingTheorem.Meeting(solved, phi);
            Assert.That(root.Rate.Value, Is.EqualTo(solved.Imitation.ExpertVisitation.Average(phi).Value).Within(root.Rate.ErrorBound));

            LiteralScenario literal = new(scenario);
            DoubleDouble[,] extended = MatchingTheorem.Supervisor(literal, new SplittableRandom(1));
            MatchingTheorem.LiteralPoint meeting = MatchingTheorem.Meeting(literal, extended);
            Assert.That((meeting.Rate.Value - literal.InnerProduct(extended, literal.ExpertOccupancy)).ToDouble(), Is.Zero.Within(meeting.Rate.Error));
            Assert.That(meeting.Step.ToDouble(), Is.EqualTo(root.Step).Within(1e-6 * root.Step));
        }
    }

    [Test]
    public void Where_the_rates_do_not_meet_no_smaller_step_is_excused()
    {
        // One state, two actions that are stopped almost as often as each other: after 500 steps the candidate still takes the wrong one now and then, the expert never does.
        TransitionKernelBuilder kernel = new(1, 2);
        kernel.Add(0, 0, 0, 1);
        kernel.Add(0, 1, 0, 1);
        int seed = Enumerable.Range(1, 1000).First(x => Draw(x) is var phi && phi[0, 0] > 0.01 + phi[0, 1] && phi[0, 0] < 0.03 + phi[0, 1] && phi[0, 1] > 0);
        StateActionTable prefers = new(1, 2, [0, 1]), zero = StateActionTable.Constant(1, 2, 0);
        Scenario open = ScenarioOf.Exact() with
        {
            Mdp = new MarkovDecisionProcess(kernel.Build(), zero, [1], 0.5),
            Temperature = 1.0 / 512,
            ExpertReward = prefers,
            ResidualReward = zero,
            Prior = Policy.FromProbabilities(new StateActionTable(1, 2, [0.5, 0.5])),
            Policy = Policy.FromProbabilities(new StateActionTable(1, 2, [0.5, 0.5])),
            StateInterventions = [0],
            Potential = [0],
        };
        SolvedScenario solved = new(open);
        LiteralScenario literal = new(open);
        SplittableRandom random = new(seed), randomExtended = new(seed);
        Identity[] parts = [.. ((CompoundStatement)_theorem).Parts(solved, random)], extended = [.. ((CompoundStatement)_theorem).PartsExtended(literal, randomExtended)];
        double[] psi = [.. new double[] { 500, 0, 250 }.Select(step => LinePoint.At(solved.Imitation, open.Prior, Draw(seed), 1, step).Psi.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(parts.SelectMany(part => part.Left), Is.EqualTo(new[] { psi[0], psi[0] }).Within(1e-12));
            Assert.That(parts.SelectMany(part => part.Right), Is.EqualTo(new[] { psi[1], psi[2] }).Within(1e-12));
            Assert.That(extended.SelectMany(part => part.Left), Is.EqualTo(new[] { psi[0] - psi[1], psi[0] - psi[2] }).Within(1e-12));
            Assert.That(parts.Max(part => part.Bound), Is.LessThan(1e-11), "an excuse would be near 1e-3");
            Assert.That(extended.Max(part => part.Bound), Is.LessThan(1e-24));
        });
        static StateActionTable Draw(int seed) => Supervisors.Random(
            new MarkovDecisionProcess(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), StateActionTable.Constant(1, 2, 0), [1], 0.5), new SplittableRandom(seed));
    }

    /// <summary>The point found from 0, and how many were tried.</summary>
    private static (double Point, int Tried) Search(Func<double, double> surplus, Func<double, double> slope, double error)
    {
        int tried = 0;
        double point = MatchingTheorem.Match(0.0, (step, _) =>
        {
            tried++;
            return step;
        }, point => point, surplus, _ => error, slope);
        return (point, tried);
    }
}
