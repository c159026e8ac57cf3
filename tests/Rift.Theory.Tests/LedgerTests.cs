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
    public void The_ledger_does_not_depend_on_the_number_of_threads() =>
        Assert.That(Json(Ledger.Run(Statement.All, _cases, seed: 3, threads: 3)), Is.EqualTo(Json(Ledger.Run(Statement.All, _cases, seed: 3))));

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
        using JsonDocument document = JsonDocument.Parse(Json(Ledger.Run([.. Statement.All, new FalseStatement(double.NaN)], _cases)));
        JsonElement root = document.RootElement, first = root.GetProperty("statements")[0], last = root.GetProperty("statements")[Statement.All.Count];
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("format").GetString(), Is.EqualTo("rift-ledger-1"));
            Assert.That(first.GetProperty("id").GetString(), Is.EqualTo("1"));
            Assert.That(first.GetProperty("equation").GetString(), Is.EqualTo("(1)"));
            Assert.That(first.GetProperty("cases").GetInt32(), Is.EqualTo(_cases.Length));
            Assert.That(first.GetProperty("worstGap").GetDouble(), Is.LessThanOrEqualTo(first.GetProperty("bound").GetDouble()));
            Assert.That(first.GetProperty("worstGapExtended").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(first.GetProperty("verdict").GetString(), Is.EqualTo("holds"));
            Assert.That(last.GetProperty("worstGap").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(last.GetProperty("verdict").GetString(), Is.EqualTo("fails"));
        });
    }

    [Test]
    public void Above_two_hundred_pairs_gradients_are_sampled()
    {
        TransitionKernelBuilder kernel = new(120, 2);
        for (int s = 0; s < 120; s++) kernel.Add(s, 0, (s + 1) % 120, 1).Add(s, 1, (s + 7) % 120, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(120, 2, 0), [1, .. new double[119]], 0.9);
        SolvedScenario solved = new(RandomScenario.On("ring", mdp, 1, new SplittableRandom(4)));
        Assert.That(Statement.All.Single(x => x.Id == "5.1").Check(solved, new SplittableRandom(1)).Holds, Is.True);
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

    private sealed class Immediate(CancellationTokenSource source) : IProgress<LedgerProgress>
    {
        public void Report(LedgerProgress value)
        {
            if (value.Done == 2) source.Cancel();
        }
    }
}
