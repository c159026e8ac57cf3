using System.Globalization;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>The ledger as a table, in text at most 120 columns wide. "extended" is the worst gap in double-double, empty where none was looked at.</summary>
internal static class LedgerText
{
    private const int Width = 120, NumbersWidth = 57;

    /// <summary>Writes the table and a line that says how it ended.</summary>
    internal static void Write(TableWriter output, Ledger ledger)
    {
        int id = Math.Max(2, ledger.Rows.Max(row => row.Statement.Id.Length));
        int equation = Math.Max(8, ledger.Rows.Max(row => (row.Statement.Equation ?? "").Length));
        int title = Width - NumbersWidth - id - equation - 4;
        output.Write(new Table(
            [
                Column.Words("id"), Column.Words("equation"), Column.Words("statement") with { Width = title, Wrap = title }, Column.Numbers("cases", 6),
                Column.Numbers("worst gap", 11), Column.Numbers("bound", 10), Column.Numbers("extended", 10), Column.Numbers("ratio", 8), Column.Words("verdict"),
            ],
            ledger.Rows.Select(row => (Cell[])
            [
                row.Statement.Id, row.Statement.Equation ?? "", row.Statement.Title, Cell.Of(row.Cases),
                Cell.In("0.0e+00", row.WorstGap), Cell.In("0.0e+00", row.Bound), Cell.In("0.0e+00", row.WorstGapExtended), Cell.In("0.000", row.WorstRatio), row.Verdict,
            ])));
        output.Line();
        foreach (LedgerRow row in ledger.Rows.Where(row => row.Failures > 0))
            output.Line(string.Create(CultureInfo.InvariantCulture, $"{row.Statement.Id} fails in {row.Failures} of {row.Cases} cases, worst in {row.WorstCase}"));
        output.Line(Verdict(ledger));
    }

    private static string Verdict(Ledger ledger)
    {
        int failed = ledger.Rows.Count(row => row.Failures > 0);
        string verdict = failed > 0 ? $"{failed} of {ledger.Rows.Count} statements fail" : ledger.Cases == 0 ? "nothing was checked" : ledger.Rows.Count == 1 ? "the statement holds" : $"all {ledger.Rows.Count} statements hold";
        return string.Create(CultureInfo.InvariantCulture, $"{verdict} on {ledger.Cases} {(ledger.Cases == 1 ? "case" : "cases")}{(ledger.Cancelled ? ", cancelled before the end" : "")}");
    }
}
