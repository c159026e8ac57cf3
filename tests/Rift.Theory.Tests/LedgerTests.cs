using System.Text;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Theory.Tests;

public class LedgerTests
{
    private static readonly LedgerCase[] _cases = [.. Enumerable.Range(0, 12).Select(i => new LedgerCase($"case {i}", () => ScenarioOf.Tame(i) with { Id = $"case {i}" }))];

    [Test]
    public void All_statements_hold_on_tame_cases()
    {
        Ledger ledger = Ledger.Run(Statement.All, _cases);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Holds, Is.True);
            Assert.That(ledger.Cancelled, Is.False);
            Assert.That(ledger.Rows.Select(row => row.Cases), Is.EqualTo(Statement.All.Select(statement => statement.Subject is null ? _cases.Length : 1)));
            Assert.That(ledger.Rows.Select(row => row.Verdict), Has.All.EqualTo("holds"));
        });
    }

    [Test]
    public void A_statement_about_one_scenario_is_checked_once_and_named_by_it()
    {
        LedgerRow row = Ledger.Run([Counterexample.Known[4]], _cases).Rows.Single();
        Assert.Multiple(() =>
        {
            Assert.That(row.Cases, Is.EqualTo(1));
            Assert.That(row.WorstCase, Is.EqualTo("CE5"));
        });
    }

    [Test]
    public void A_statement_about_one_scenario_is_checked_in_double_double_if_the_first_case_is()
    {
        LedgerRow[] rows = [.. Ledger.Run(Counterexample.Known, [_cases[0] with { Extended = true }, .. _cases[1..]]).Rows];
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.CasesExtended), Has.All.EqualTo(1));
            Assert.That(rows.Select(row => row.Verdict), Has.All.EqualTo("holds"));
            Assert.That(Ledger.Run([Counterexample.Known[4]], [_cases[0], _cases[1] with { Extended = true }]).Rows.Single().CasesExtended, Is.Zero);
        });
    }

    [Test]
    public void Cases_that_do_not_meet_the_hypotheses_are_not_counted()
    {
        LedgerRow row = Ledger.Run([new FalseStatement(2, "case 3")], _cases).Rows.Single();
        Assert.Multiple(() =>
        {
            Assert.That(row.Cases, Is.EqualTo(1));
            Assert.That(row.WorstCase, Is.EqualTo("case 3"));
        });
    }

    [Test]
    public void The_ledger_does_not_depend_on_the_number_of_threads()
    {
        LedgerCase[] cases = [.. _cases.Select((item, i) => item with { Extended = i % 2 == 0 })];
        Assert.That(Json(Ledger.Run(Statement.All, cases, seed: 3, threads: 3)), Is.EqualTo(Json(Ledger.Run(Statement.All, cases, seed: 3))));
    }

    [Test]
    public void A_false_statement_fails_and_is_named_with_its_case()
    {
        Ledger ledger = Ledger.Run([new FalseStatement(double.NaN), new FalseStatement(2)], _cases);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Holds, Is.False);
            Assert.That(ledger.Rows.Select(row => row.Verdict), Has.All.EqualTo("fails"));
            Assert.That(ledger.Rows.Select(row => row.Failures), Has.All.EqualTo(_cases.Length));
            Assert.That(ledger.Rows[1].WorstRatio, Is.EqualTo(2));
            Assert.That(ledger.Rows[1].WorstCase, Is.EqualTo("case 0"));
            Assert.That(ledger.ToMarkdown(), Does.Contain("| false | (0) | 1 \\| 2 | 12 | 2.0e+00 | 1.0e+00 | 0 |  |  | 2.000 | case 0 | fails |"));
        });
    }

    [Test]
    public void Cases_are_checked_in_double_double_where_that_is_asked_for_and_fail_in_either_precision()
    {
        LedgerCase[] cases = [.. _cases.Select((item, i) => item with { Extended = i < 5 })];
        LedgerRow[] rows = [.. Ledger.Run([Statement.All.Single(x => x.Id == "A.1"), new FalseInDoubleDouble(), new FalseStatement(0)], cases).Rows];
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.CasesExtended), Is.EqualTo(new[] { 5, 5, 0 }));
            Assert.That(rows.Select(row => row.Verdict), Is.EqualTo(new[] { "holds", "fails", "holds" }));
            Assert.That(rows[0].WorstGapExtended, Is.LessThanOrEqualTo(rows[0].BoundExtended!).And.LessThan(1e-29));
            Assert.That(rows[1].Failures, Is.EqualTo(5));
            Assert.That(rows[1].WorstGap, Is.Zero, "in double nothing is seen of it");
            Assert.That(rows[1].WorstGapExtended, Is.EqualTo(1e-20));
            Assert.That(rows[1].WorstRatio, Is.EqualTo(10).Within(1e-9));
            Assert.That(rows[2].WorstGapExtended, Is.Null);
        });
    }

    [Test]
    public void Processes_of_more_than_two_hundred_pairs_are_checked_in_double_alone()
    {
        LedgerRow row = Ledger.Run([new FalseInDoubleDouble()], [new LedgerCase("ring", Ring) { Extended = true }]).Rows.Single();
        Assert.That((row.Cases, row.CasesExtended, row.Verdict), Is.EqualTo((1, 0, "holds")));
    }

    [Test]
    public void A_cancelled_run_reports_what_was_done_and_does_not_hold()
    {
        using CancellationTokenSource source = new();
        Ledger ledger = Ledger.Run(Statement.All, _cases, progress: new Immediate(source), cancellation: source.Token);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Cancelled, Is.True);
            Assert.That(ledger.Cases, Is.EqualTo(2));
            Assert.That(ledger.Rows.Select(row => row.Cases), Is.EqualTo(Statement.All.Select(statement => statement.Subject is null ? 2 : 1)));
        });
    }

    [Test]
    public void Without_cases_nothing_is_claimed()
    {
        Ledger ledger = Ledger.Run(Statement.All, []);
        Assert.Multiple(() =>
        {
            Assert.That(ledger.Holds, Is.False);
            Assert.That(ledger.Rows.Select(row => row.Verdict), Has.All.EqualTo("not checked"));
        });
    }

    [Test]
    public void The_JSON_has_the_format_that_others_read()
    {
        using JsonDocument document = JsonDocument.Parse(Json(Ledger.Run([.. Statement.All, new FalseStatement(double.NaN)], [_cases[0] with { Extended = true }, .. _cases[1..]])));
        JsonElement root = document.RootElement, first = root.GetProperty("statements")[0], last = root.GetProperty("statements")[Statement.All.Count];
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("format").GetString(), Is.EqualTo("rift-ledger-1"));
            Assert.That(first.GetProperty("id").GetString(), Is.EqualTo("1"));
            Assert.That(first.GetProperty("equation").GetString(), Is.EqualTo("(1)"));
            Assert.That(first.GetProperty("cases").GetInt32(), Is.EqualTo(_cases.Length));
            Assert.That(first.GetProperty("worstGap").GetDouble(), Is.LessThanOrEqualTo(first.GetProperty("bound").GetDouble()));
            Assert.That(first.GetProperty("worstGapExtended").GetDouble(), Is.LessThanOrEqualTo(first.GetProperty("boundExtended").GetDouble()));
            Assert.That(first.GetProperty("casesExtended").GetInt32(), Is.EqualTo(1));
            Assert.That(last.GetProperty("worstGapExtended").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(last.GetProperty("boundExtended").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(last.GetProperty("casesExtended").GetInt32(), Is.Zero);
            Assert.That(Counted(first.GetProperty("histogram")), Is.EqualTo(_cases.Length));
            Assert.That(Counted(first.GetProperty("histogramExtended")), Is.EqualTo(1));
            Assert.That(last.GetProperty("histogram").GetProperty("above").GetInt32(), Is.EqualTo(_cases.Length));
            Assert.That(first.GetProperty("verdict").GetString(), Is.EqualTo("holds"));
            Assert.That(last.GetProperty("worstGap").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(last.GetProperty("verdict").GetString(), Is.EqualTo("fails"));
        });
    }

    [Test]
    public void Above_two_hundred_pairs_gradients_are_sampled()
    {
        SolvedScenario solved = new(Ring());
        Assert.That(Statement.All.Single(x => x.Id == "5.1").Check(solved, new SplittableRandom(1)).Holds, Is.True);
    }

    private static int Counted(JsonElement histogram) =>
        histogram.GetProperty("zero").GetInt32() + histogram.GetProperty("decades").EnumerateArray().Sum(count => count.GetInt32()) + histogram.GetProperty("above").GetInt32();

    private static Scenario Ring()
    {
        TransitionKernelBuilder kernel = new(120, 2);
        for (int s = 0; s < 120; s++) kernel.Add(s, 0, (s + 1) % 120, 1).Add(s, 1, (s + 7) % 120, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(120, 2, 0), [1, .. new double[119]], 0.9);
        return RandomScenario.On("ring", mdp, 1, new SplittableRandom(4));
    }

    private static string Json(Ledger ledger)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream)) ledger.WriteJson(json);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private sealed class FalseStatement(double left, string? only = null) : Statement
    {
        public override string Id => "false";

        public override string Equation => "(0)";

        public override string Title => "1 | 2";

        public override bool Applies(SolvedScenario solved) => only is null || solved.Scenario.Id == only;

        public override Identity Check(SolvedScenario solved, SplittableRandom random) => new([left], [0], 1);
    }

    /// <summary>What is true to 20 digits and no more.</summary>
    private sealed class FalseInDoubleDouble : Statement
    {
        public override string Id => "false";

        public override string Title => "1 = 1 + 1e-20";

        public override Identity Check(SolvedScenario solved, SplittableRandom random) => new([1 + 1e-20], [1], 1e-15);

        public override Identity CheckExtended(LiteralScenario literal, SplittableRandom random) => Identity.Extended([(DoubleDouble)1 + 1e-20], [1], 1e-21);
    }

    private sealed class Immediate(CancellationTokenSource source) : IProgress<LedgerProgress>
    {
        public void Report(LedgerProgress value)
        {
            if (value.Done == 2) source.Cancel();
        }
    }
}
