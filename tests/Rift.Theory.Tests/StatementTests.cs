using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Theory.Tests;

public class StatementTests
{
    public static IEnumerable<Statement> Statements => Statement.All.Where(statement => statement.Subject is null);

    [TestCaseSource(nameof(Statements))]
    public void Each_statement_holds_on_small_problems_of_every_kind(Statement statement) =>
        ScenarioOf.ForAll(150, plan =>
        {
            Identity identity = statement.Check(new SolvedScenario(ScenarioOf.Plan(plan)), new SplittableRandom(1));
            return identity.Holds.Label($"{statement.Id}: {identity}");
        });

    [TestCaseSource(nameof(Statements))]
    public void On_a_tame_problem_each_bound_is_sharp_enough_to_notice_an_error_of_one_in_a_thousand(Statement statement)
    {
        Identity identity = statement.Check(new SolvedScenario(ScenarioOf.Tame()), new SplittableRandom(1));
        double size = Math.Max(identity.Left.Max(Math.Abs), identity.Right.Max(Math.Abs));
        // The interventions of a prior may happen to be none, and competitors never win: there the statement is about a zero, and the scale is one.
        Assert.That(identity.Bound, Is.LessThanOrEqualTo(1e-3 * (size > 0 ? size : 1)));
    }

    [Test]
    public void Differences_in_double_come_within_a_millionth_and_everything_else_within_rounding()
    {
        SolvedScenario solved = new(ScenarioOf.Tame());
        foreach (Statement statement in Statements)
        {
            bool differences = statement.Id is "5.1" or "A.2" or "A.3" or "F2";
            Assert.That(statement.Check(solved, new SplittableRandom(1)).Bound, Is.LessThan(differences ? 1e-4 : 1e-10), statement.Id);
        }
    }

    [TestCase("F13")]
    [TestCase("F14")]
    [TestCase("F15")]
    public void An_inequality_between_policies_has_room_on_a_tame_problem_so_its_opposite_would_be_noticed(string id)
    {
        Identity identity = Statement.All.Single(statement => statement.Id == id).Check(new SolvedScenario(ScenarioOf.Tame()), new SplittableRandom(1));
        Assert.That(identity.Excess, Is.LessThan(-1000 * identity.Bound));
    }

    [Test]
    public void The_sum_over_time_is_nothing_where_nothing_is_paid()
    {
        TransitionKernelBuilder kernel = new(2, 1);
        kernel.Add(0, 0, 1, 1);
        kernel.Add(1, 0, 0, 1);
        StateActionTable zero = StateActionTable.Constant(2, 1, 0);
        Policy only = Policy.FromProbabilities(StateActionTable.Constant(2, 1, 1));
        Scenario nothing = ScenarioOf.Exact() with
        {
            Mdp = new MarkovDecisionProcess(kernel.Build(), zero, [1, 0], 0.5),
            ExpertReward = zero,
            ResidualReward = zero,
            Prior = only,
            Policy = only,
            StateInterventions = [0, 0],
            Potential = [0, 0],
        };
        Identity identity = Statement.All.Single(statement => statement.Id == "1").Check(new SolvedScenario(nothing), new SplittableRandom(1));
        Assert.That((identity.Left[0], identity.Right[0], identity.Holds), Is.EqualTo((0.0, 0.0, true)));
    }

    [Test]
    public void A_supervisor_with_free_actions_leaves_alone_what_it_stops_least_in_a_state_and_stops_the_rest_with_a_fifth_at_least([Range(1, 20)] int seed)
    {
        MarkovDecisionProcess mdp = ScenarioOf.Tame().Mdp;
        StateActionTable drawn = Supervisors.Random(mdp, new SplittableRandom(seed)), phi = LexicographicLimit.WithFreeActions(mdp, new SplittableRandom(seed));
        StateActionTable expected = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => drawn[s, a] == drawn.Row(s).ToArray().Min() ? 0 : (4 * drawn[s, a] / 5) + 0.2);
        Assert.That(phi.Entries.ToArray(), Is.EqualTo(expected.Entries.ToArray()).Within(1e-15));
    }

    [Test]
    public void A_series_without_an_end_in_sight_ends_after_4000_terms()
    {
        // Two states in turn, from which nothing is ever averaged, and a horizon of a million steps.
        TransitionKernelBuilder kernel = new(2, 1);
        kernel.Add(0, 0, 1, 1);
        kernel.Add(1, 0, 0, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(2, 1, 0), [1, 0], 1 - 1e-6);
        int seed = Enumerable.Range(1, 100).First(x => Directions.Signs(mdp, new SplittableRandom(x)).Sum() == 0);
        CompoundStatement series = (CompoundStatement)Statement.All.Single(statement => statement.Id == "63");
        Identity size = series.Parts(new SolvedScenario(RandomScenario.On("turns", mdp, 1, new SplittableRandom(1))), new SplittableRandom(seed)).ElementAt(1);
        Assert.That(size.Left, Has.Length.EqualTo(4000));
        Assert.That(size.Holds, Is.True);
    }

    [Test]
    public void Ids_are_unique_and_titles_are_given()
    {
        Assert.That(Statement.All.Select(x => x.Id), Is.Unique);
        Assert.That(Statement.All.Select(x => x.Title), Has.All.Not.Empty);
        Assert.That(Statement.All.Select(x => x.Equation).OfType<string>(), Has.All.Match(@"^\(\d+\)"));
    }

    [Test]
    public void A_gap_that_is_not_a_number_does_not_hold()
    {
        Identity identity = new([1, double.NaN], [1, 1], 1);
        Assert.Multiple(() =>
        {
            Assert.That(identity.Gap, Is.NaN);
            Assert.That(identity.Holds, Is.False);
        });
    }

    [Test]
    public void A_gap_above_the_bound_does_not_hold_and_the_ratio_says_by_how_much()
    {
        Identity identity = new([1, 2], [1, 2.5], 0.25);
        Assert.Multiple(() =>
        {
            Assert.That(identity.Gap, Is.EqualTo(0.5));
            Assert.That(identity.Ratio, Is.EqualTo(2));
            Assert.That(identity.Holds, Is.False);
            Assert.That(identity.ToString(), Is.EqualTo("gap 0.5, bound 0.25"));
            Assert.That(new Identity([3], [3], 0).Holds, Is.True);
            Assert.That(new Identity([3], [3], 0).Ratio, Is.Zero);
        });
    }

    [Test]
    public void Of_statements_that_hold_together_the_worst_speaks_by_its_ratio_then_by_the_room_it_has_and_no_number_is_worst_of_all()
    {
        Identity close = new([1], [1.25], 1), wide = new([1], [3], 16), missing = new([double.NaN], [1], 1);
        Identity roomy = Identity.AtMost(new CertifiedNumber(1, 0), new CertifiedNumber(3, 1)), tight = Identity.AtMost(new CertifiedNumber(2, 0), new CertifiedNumber(3, 1));
        Assert.Multiple(() =>
        {
            Assert.That(Identity.Worst([wide, close, roomy]), Is.SameAs(close));
            Assert.That(Identity.Worst([roomy, tight]), Is.SameAs(tight));
            Assert.That(Identity.Worst([tight, roomy]), Is.SameAs(tight));
            Assert.That(Identity.Worst([close, missing, wide]), Is.SameAs(missing));
            Assert.That(() => Identity.Worst([]), Throws.ArgumentException.With.Message.EqualTo("found no identity, expected at least one (Parameter 'identities')"));
        });
    }

    [Test]
    public void An_inequality_is_missed_on_one_side_only_and_says_how_much_room_it_has()
    {
        Identity room = Identity.AtMost(new CertifiedNumber(1, 0.1), new CertifiedNumber(3, 0.2)), missed = Identity.AtMost(new CertifiedNumber(3, 0.1), new CertifiedNumber(1, 0.4));
        Assert.Multiple(() =>
        {
            Assert.That(room.Holds, Is.True);
            Assert.That(room.Gap, Is.Zero);
            Assert.That(room.Excess, Is.EqualTo(-2));
            Assert.That(missed.Holds, Is.False);
            Assert.That(missed.Gap, Is.EqualTo(2));
            Assert.That(missed.Ratio, Is.EqualTo(4));
            Assert.That(Identity.Equal(new CertifiedNumber(1, 0.1), new CertifiedNumber(3, 0.2)).Gap, Is.EqualTo(2));
            Assert.That(new Identity([double.NaN], [1], 1) { Relation = Relation.AtMost }.Holds, Is.False);
        });
    }
}
