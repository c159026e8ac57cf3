using System.Globalization;
using System.Text;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A case of the ledger: a name, and a scenario made when its turn comes.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Scenario">Makes the scenario; called once, on any thread.</param>
public sealed record LedgerCase(string Name, Func<Scenario> Scenario)
{
    /// <summary>Whether the statements are checked in double-double as well, where the process has at most 200 state-action pairs.</summary>
    public bool Extended { get; init; }
}

/// <summary>What the ledger says of one statement.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Cases">Number of cases checked: those that meet the hypotheses, and one for a statement about one scenario.</param>
/// <param name="WorstGap">The largest gap between its two sides.</param>
/// <param name="Bound">The gap allowed in the case of the largest gap.</param>
/// <param name="WorstRatio">The largest gap relative to the gap allowed in its case, in either precision: at most 1 where the statement holds.</param>
/// <param name="WorstCase">The case of the largest ratio.</param>
/// <param name="Failures">Number of cases in which the gap exceeds the bound, or is not a number, in either precision.</param>
public sealed record LedgerRow(Statement Statement, int Cases, double WorstGap, double Bound, double WorstRatio, string WorstCase, int Failures)
{
    /// <summary>Number of cases checked in double-double.</summary>
    public int CasesExtended { get; init; }

    /// <summary>The largest gap in double-double; null where none was looked at.</summary>
    public double? WorstGapExtended { get; init; }

    /// <summary>The gap allowed in the case of the largest gap in double-double; null where none was looked at.</summary>
    public double? BoundExtended { get; init; }

    /// <summary>All gaps relative to the gaps allowed, by decades; as many as there are cases.</summary>
    public GapHistogram Histogram { get; init; } = new();

    /// <summary>The same in double-double.</summary>
    public GapHistogram HistogramExtended { get; init; } = new();

    /// <summary>"holds", "fails", or "not checked" without cases.</summary>
    public string Verdict => Cases == 0 ? "not checked" : Failures == 0 ? "holds" : "fails";
}

/// <summary>How far a run of the ledger has come.</summary>
/// <param name="Done">Cases done.</param>
/// <param name="Total">Cases in all.</param>
public readonly record struct LedgerProgress(int Done, int Total);

/// <summary>Statements checked on cases: which hold, how closely, and how closely rounding allows.</summary>
public sealed class Ledger
{
    /// <summary>The literal path is dense and slow: larger processes are checked in double alone.</summary>
    private const int MostPairsExtended = 200;

    private Ledger(IReadOnlyList<LedgerRow> rows, int cases, bool cancelled)
    {
        Rows = rows;
        Cases = cases;
        Cancelled = cancelled;
    }

    /// <summary>One row a statement, in the order given.</summary>
    public IReadOnlyList<LedgerRow> Rows { get; }

    /// <summary>Number of cases that were done.</summary>
    public int Cases { get; }

    /// <summary>Whether the run was cut short: the rows cover the cases done by then.</summary>
    public bool Cancelled { get; }

    /// <summary>Whether every statement was checked and none failed.</summary>
    public bool Holds => Rows.All(row => row.Verdict == "holds");

    /// <summary>Checks statements on cases.</summary>
    /// <param name="statements">The statements.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="seed">Seed of the random directions and competitors; each case and statement has a stream of its own.</param>
    /// <param name="threads">Number of threads; the result does not depend on it.</param>
    /// <param name="progress">Is told after each case.</param>
    /// <param name="cancellation">Ends the run early.</param>
    /// <returns>One row a statement, in the order given.</returns>
    public static Ledger Run(
        IReadOnlyList<Statement> statements, IReadOnlyList<LedgerCase> cases, long seed = 0, int threads = 1,
        IProgress<LedgerProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(statements);
        ArgumentNullException.ThrowIfNull(cases);
        Found?[]?[] results = new Found?[]?[cases.Count];
        int done = 0;
        void Check(int i)
        {
            if (cancellation.IsCancellationRequested) return;
            SolvedScenario solved = new(cases[i].Scenario());
            bool isExtended = cases[i].Extended;
            LiteralScenario? literal = isExtended && solved.Mdp.States * solved.Mdp.Actions <= MostPairsExtended ? new LiteralScenario(solved.Scenario) : null;
            Found?[] found = new Found?[statements.Count];
            for (int k = 0; k < found.Length; k++)
            {
                if (cancellation.IsCancellationRequested) return;
                found[k] = CheckOn(statements[k], solved, literal, isFirst: i == 0, isExtended, () => SplittableRandom.Stream(seed, ((long)i * Statement.All.Count) + k));
            }

            results[i] = found;
            progress?.Report(new LedgerProgress(Interlocked.Increment(ref done), cases.Count));
        }

        Parallel.For(0, cases.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, Check);
        int[] finished = [.. Enumerable.Range(0, cases.Count).Where(i => results[i] is not null)];
        LedgerRow[] rows = [.. statements.Select((statement, k) => Row(statement, [.. finished
            .Where(i => results[i]![k] is not null)
            .Select(i => (statement.Subject?.Id ?? cases[i].Name, results[i]![k]!))]))];
        return new Ledger(rows, finished.Length, finished.Length < cases.Count);
    }

    /// <summary>The ledger as a table in Markdown.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        text.AppendLine("| id | equation | statement | cases | worst gap | bound there | cases in double-double | worst gap | bound there | worst gap / bound | in case | verdict |");
        text.AppendLine("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |");
        foreach (LedgerRow row in Rows)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {row.Statement.Id} | {row.Statement.Equation} | {row.Statement.Title.Replace("|", "\\|", StringComparison.Ordinal)} | {row.Cases} | {row.WorstGap:0.0e+00} | {row.Bound:0.0e+00} | {row.CasesExtended} | {row.WorstGapExtended:0.0e+00} | {row.BoundExtended:0.0e+00} | {row.WorstRatio:0.000} | {row.WorstCase} | {row.Verdict} |");
        return text.ToString();
    }

    /// <summary>Writes the ledger as JSON, format <c>rift-ledger-1</c>. Numbers that are not finite, and what was not measured, are null.</summary>
    /// <param name="json">Where to write.</param>
    public void WriteJson(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("format", "rift-ledger-1");
        json.WriteNumber("cases", Cases);
        json.WriteBoolean("cancelled", Cancelled);
        json.WriteStartArray("statements");
        foreach (LedgerRow row in Rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Statement.Id);
            json.WriteString("equation", row.Statement.Equation);
            json.WriteString("title", row.Statement.Title);
            json.WriteNumber("cases", row.Cases);
            WriteNumber(json, "worstGap", row.WorstGap);
            WriteNumber(json, "worstGapExtended", row.WorstGapExtended);
            WriteNumber(json, "bound", row.Bound);
            WriteNumber(json, "boundExtended", row.BoundExtended);
            json.WriteNumber("casesExtended", row.CasesExtended);
            WriteNumber(json, "worstRatio", row.WorstRatio);
            json.WriteString("worstCase", row.WorstCase);
            json.WriteNumber("failures", row.Failures);
            json.WriteString("verdict", row.Verdict);
            WriteHistogram(json, "histogram", row.Histogram);
            WriteHistogram(json, "histogramExtended", row.HistogramExtended);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Null where the case does not meet the hypotheses. A statement about one scenario has its turn with the first case, in double-double whatever its size if that case is. Both precisions draw the same random numbers.</summary>
    private static Found? CheckOn(Statement statement, SolvedScenario solved, LiteralScenario? literal, bool isFirst, bool isExtended, Func<SplittableRandom> random)
    {
        if (statement.Subject is Scenario subject)
            return isFirst ? new Found(statement.Check(new SolvedScenario(subject), random()), isExtended ? statement.CheckExtended(new LiteralScenario(subject), random()) : null) : null;
        return statement.Applies(solved) ? new Found(statement.Check(solved, random()), literal is null ? null : statement.CheckExtended(literal, random())) : null;
    }

    private static LedgerRow Row(Statement statement, (string Case, Found Found)[] found)
    {
        if (found.Length == 0) return new LedgerRow(statement, 0, 0, 0, 0, "", 0);
        Identity widest = found.MaxBy(x => Order(x.Found.Double.Gap)).Found.Double;
        Identity[] extended = [.. found.Where(x => x.Found.Extended is not null).Select(x => x.Found.Extended!)];
        Identity? widestExtended = extended.MaxBy(x => Order(x.Gap));
        (string worstCase, Found worst) = found.MaxBy(x => Order(x.Found.Ratio));
        return new LedgerRow(statement, found.Length, widest.Gap, widest.Bound, worst.Ratio, worstCase, found.Count(x => !x.Found.Holds))
        {
            CasesExtended = extended.Length,
            WorstGapExtended = widestExtended?.Gap,
            BoundExtended = widestExtended?.Bound,
            Histogram = new GapHistogram(found.Select(x => x.Found.Double)),
            HistogramExtended = new GapHistogram(extended),
        };
    }

    private static double Order(double x) => double.IsNaN(x) ? double.PositiveInfinity : x;

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void WriteHistogram(Utf8JsonWriter json, string name, GapHistogram histogram)
    {
        json.WriteStartObject(name);
        json.WriteNumber("zero", histogram.Zero);
        json.WriteStartArray("decades");
        foreach (int count in histogram.Decades) json.WriteNumberValue(count);
        json.WriteEndArray();
        json.WriteNumber("above", histogram.Above);
        json.WriteEndObject();
    }

    /// <summary>A statement on a case, in both precisions.</summary>
    private sealed record Found(Identity Double, Identity? Extended)
    {
        internal double Ratio => Extended is not null && Order(Extended.Ratio) > Order(Double.Ratio) ? Extended.Ratio : Double.Ratio;

        internal bool Holds => Double.Holds && Extended?.Holds != false;
    }
}
