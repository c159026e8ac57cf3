using System.Globalization;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>The ledger as a table for people, at most 120 columns wide. "extended" is the worst gap in double-double, empty where none was looked at.</summary>
internal static class LedgerText
{
    private const int Width = 120, NumbersWidth = 57;

    /// <summary>Writes the table and a line that says how it ended.</summary>
    internal static void Write(TextWriter output, Ledger ledger)
    {
        int id = Math.Max(2, ledger.Rows.Max(row => row.Statement.Id.Length));
        int equation = Math.Max(8, ledger.Rows.Max(row => (row.Statement.Equation ?? "").Length));
        int title = Width - NumbersWidth - id - equation - 4;
        output.WriteLine($"{"id".PadRight(id)}  {"equation".PadRight(equation)}  {"statement".PadRight(title)}{"cases",6}{"worst gap",11}{"bound",10}{"extended",10}{"ratio",8}  verdict");
        foreach (LedgerRow row in ledger.Rows)
        {
            string[] lines = [.. Wrapped(row.Statement.Title, title)];
            output.WriteLine(FormattableString.Invariant($"{row.Statement.Id.PadRight(id)}  {(row.Statement.Equation ?? "").PadRight(equation)}  {lines[0].PadRight(title)}{row.Cases,6}{row.WorstGap,11:0.0e+00}{row.Bound,10:0.0e+00}{row.WorstGapExtended,10:0.0e+00}{row.WorstRatio,8:0.000}  {row.Verdict}"));
            foreach (string line in lines[1..]) output.WriteLine($"{"".PadRight(id + equation + 4)}{line}");
        }

        output.WriteLine();
        foreach (LedgerRow row in ledger.Rows.Where(row => row.Failures > 0))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Statement.Id} fails in {row.Failures} of {row.Cases} cases, worst in {row.WorstCase}"));
        output.WriteLine(Verdict(ledger));
    }

    private static string Verdict(Ledger ledger)
    {
        int failed = ledger.Rows.Count(row => row.Failures > 0);
        string verdict = failed > 0 ? $"{failed} of {ledger.Rows.Count} statements fail" : ledger.Cases == 0 ? "nothing was checked" : ledger.Rows.Count == 1 ? "the statement holds" : $"all {ledger.Rows.Count} statements hold";
        return string.Create(CultureInfo.InvariantCulture, $"{verdict} on {ledger.Cases} {(ledger.Cases == 1 ? "case" : "cases")}{(ledger.Cancelled ? ", cancelled before the end" : "")}");
    }

    /// <summary>The text in lines no wider than asked, broken between words; a word that is wider has a line of its own.</summary>
    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
