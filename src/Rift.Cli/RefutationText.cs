using System.Globalization;
using Rift.Mdp;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>A search for a counterexample, told to people.</summary>
internal static class RefutationText
{
    private const int Width = 120;

    /// <summary>Writes what was found, or how much was looked at.</summary>
    internal static void Write(TextWriter output, SearchReport report)
    {
        Paragraph(output, $"{report.Statement.Id}: {report.Statement.Title}");
        if (report is { Counterexample: Scenario found, Violation: Identity violation }) WriteFound(output, report, found, violation);
        else
            Paragraph(output, string.Create(CultureInfo.InvariantCulture,
                $"{(report.Cancelled ? "cancelled" : "survived")}: no counterexample in {report.Checked} cases of {report.Drawn} drawn; worst gap / bound {report.WorstRatio:G3}. This is no proof."));
        if (Claim.All.FirstOrDefault(claim => claim.Said.Id == report.Statement.Id) is { } known)
        {
            output.WriteLine();
            Paragraph(output, $"What holds instead, {known.Instead.Id}: {known.Instead.Title}");
        }
    }

    /// <summary>Writes the numbers of a known counterexample beside those that were printed.</summary>
    internal static void Write(TextWriter output, Counterexample example)
    {
        Paragraph(output, $"{example.Id}: {example.Title}");
        output.WriteLine();
        int width = example.Numbers.Max(number => number.Name.Length);
        output.WriteLine($"{"".PadRight(width)}{"computed",13}{"bound",10}{"printed",10}");
        foreach (PublishedNumber number in example.Numbers)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number.Name.PadRight(width)}{number.Computed.Value,13:G6}{number.Computed.ErrorBound,10:0.0e+00}{number.Printed,10}{(number.Identity.Holds ? "" : "  differs")}"));
    }

    /// <summary>Writes the claims that ship.</summary>
    internal static void WriteClaims(TextWriter output)
    {
        foreach (Claim claim in Claim.All)
        {
            output.WriteLine(claim.Said.Id);
            Paragraph(output, $"said: {claim.Said.Title}", indent: 2);
            Paragraph(output, $"holds, {claim.Instead.Id}: {claim.Instead.Title}", indent: 2);
        }
    }

    private static void WriteFound(TextWriter output, SearchReport report, Scenario found, Identity violation)
    {
        MarkovDecisionProcess mdp = found.Mdp;
        Paragraph(output, string.Create(CultureInfo.InvariantCulture, $"false: a counterexample of {Count(mdp.States, "state")} and {Count(mdp.Actions, "action")}, found after {report.Drawn} scenarios and {report.Shrinks} simplifications"));
        output.WriteLine();
        Paragraph(output, $"discount {Number(mdp.Discount)}, temperature {Number(found.Temperature)}, KL weight {Number(found.Omegas[0])}, threshold {Number(found.Thresholds[0])}, start {Distribution(mdp)}");
        (string Name, StateActionTable Table)[] columns = [.. new (string, StateActionTable)[]
        {
            ("r", mdp.Reward), ("r*", found.ExpertReward), ("r_R", found.ResidualReward), ("pi0", found.Prior.Probabilities), ("pi", found.Policy.Probabilities),
        }.Where(column => column.Item2.Entries.ContainsAnyExcept(0.0) && !IsEven(column.Item2))];
        string[][] rows = [["state", "action", "successors", .. columns.Select(column => column.Name)], .. Enumerable.Range(0, mdp.States * mdp.Actions).Select(pair => (string[])[
            pair % mdp.Actions == 0 ? Number(pair / mdp.Actions) : "", Number(pair % mdp.Actions), Successors(mdp, pair), .. columns.Select(column => Number(column.Table[pair]))])];
        int[] widths = [.. rows[0].Select((_, i) => rows.Max(row => row[i].Length))];
        foreach (string[] row in rows) output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        if (columns.Length < 5) Paragraph(output, "what is not shown is zero, or an even policy");
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left  {Numbers(violation.Left)}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"right {Numbers(violation.Right)}"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"left {(violation.Relation == Relation.Equal ? "=" : "<=")} right is missed by {violation.Gap:G4}; rounding explains at most {violation.Bound:G2}"));
    }

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    private static bool IsEven(StateActionTable table) => Enumerable.Range(0, table.States).All(s => table.Row(s).ToArray().All(p => Math.Abs((p * table.Actions) - 1) < 1e-9));

    private static string Successors(MarkovDecisionProcess mdp, int pair) =>
        string.Join(" ", mdp.Kernel.Successors(pair / mdp.Actions, pair % mdp.Actions).Select(next => $"{Number(next.State)}:{Number(next.Probability)}"));

    private static string Distribution(MarkovDecisionProcess mdp) =>
        string.Join(" ", Enumerable.Range(0, mdp.States).Where(s => mdp.Initial[s] > 0).Select(s => $"{Number(s)}:{Number(mdp.Initial[s])}"));

    private static string Numbers(double[] numbers) => string.Join(" ", numbers.Select(x => x.ToString("G6", CultureInfo.InvariantCulture)));

    // Probabilities are kept as logarithms: twelve digits of them are those that were meant.
    private static string Number(double number) => number.ToString("G12", CultureInfo.InvariantCulture);

    private static void Paragraph(TextWriter output, string text, int indent = 0)
    {
        foreach (string line in LedgerText.Wrapped(text, Width - indent)) output.WriteLine($"{new string(' ', indent)}{line}");
    }
}
