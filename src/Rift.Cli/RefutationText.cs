using System.Globalization;
using Rift.Mdp;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>A search for a counterexample, told to people.</summary>
internal static class RefutationText
{
    private const int Width = 120;

    /// <summary>Writes what was found, or how much was looked at.</summary>
    internal static void Write(TableWriter output, SearchReport report)
    {
        output.Paragraph($"{report.Statement.Id}: {report.Statement.Title}", Width);
        if (report is { Counterexample: Scenario found, Violation: Identity violation }) WriteFound(output, report, found, violation);
        else
            output.Paragraph(string.Create(CultureInfo.InvariantCulture,
                $"{(report.Cancelled ? "cancelled" : "survived")}: no counterexample in {report.Checked} cases of {report.Drawn} drawn; worst gap / bound {report.WorstRatio:G3}. This is no proof."), Width);
        if (Claim.All.FirstOrDefault(claim => claim.Said.Id == report.Statement.Id) is { } known)
        {
            output.Line();
            output.Paragraph($"What holds instead, {known.Instead.Id}: {known.Instead.Title}", Width);
        }
    }

    /// <summary>Writes the numbers of a known counterexample beside those that were printed.</summary>
    internal static void Write(TableWriter output, Counterexample example)
    {
        output.Paragraph($"{example.Id}: {example.Title}", Width);
        output.Line();
        output.Write(new Table(
            [Column.Words("number") with { IsPlain = true }, Column.Numbers("computed", 13), Column.Numbers("bound", 10), Column.Numbers("printed", 10), Column.Words("verdict") with { IsPlain = true }],
            example.Numbers.Select(number => (Cell[])
            [
                number.Name, Cell.In("G6", number.Computed.Value), Cell.In("0.0e+00", number.Computed.ErrorBound),
                Cell.Of((double)number.Printed, number.Printed.ToString(CultureInfo.InvariantCulture)), number.Identity.Holds ? "" : "differs",
            ])));
    }

    /// <summary>Writes the claims that ship.</summary>
    internal static void WriteClaims(TableWriter output)
    {
        const int Indent = 2;
        output.Write(new Table(
            [
                Column.Words("claim") with { IsPlain = true }, Column.Words("said") with { Below = Indent, Wrap = Width - Indent, Lead = "said: " },
                Column.Words("what holds instead") with { Below = Indent, Wrap = Width - Indent, Lead = "holds, " },
            ],
            Claim.All.Select(claim => (Cell[])[claim.Said.Id, claim.Said.Title, $"{claim.Instead.Id}: {claim.Instead.Title}"])));
    }

    private static void WriteFound(TableWriter output, SearchReport report, Scenario found, Identity violation)
    {
        MarkovDecisionProcess mdp = found.Mdp;
        output.Paragraph(string.Create(CultureInfo.InvariantCulture, $"false: a counterexample of {Count(mdp.States, "state")} and {Count(mdp.Actions, "action")}, found after {report.Drawn} scenarios and {report.Shrinks} simplifications"), Width);
        output.Line();
        output.Paragraph($"discount {Number(mdp.Discount)}, temperature {Number(found.Temperature)}, KL weight {Number(found.Omegas[0])}, threshold {Number(found.Thresholds[0])}, start {Distribution(mdp)}", Width);
        (string Name, StateActionTable Table)[] columns = [.. new (string, StateActionTable)[]
        {
            ("r", mdp.Reward), ("r*", found.ExpertReward), ("r_R", found.ResidualReward), ("pi0", found.Prior.Probabilities), ("pi", found.Policy.Probabilities),
        }.Where(column => column.Item2.Entries.ContainsAnyExcept(0.0) && !IsEven(column.Item2))];
        output.Write(new Table(
            [Column.Words("state"), Column.Words("action"), Column.Words("successors"), .. columns.Select(column => Column.Words(column.Name))],
            Enumerable.Range(0, mdp.States * mdp.Actions).Select(pair => (Cell[])
            [
                Cell.Of(pair % mdp.Actions == 0 ? Number(pair / mdp.Actions) : "", Number(pair / mdp.Actions)), Cell.Of(pair % mdp.Actions), Successors(mdp, pair),
                .. columns.Select(column => Cell.Of(column.Table[pair], Number(column.Table[pair]))),
            ])));
        if (columns.Length < 5) output.Line("what is not shown is zero, or an even policy");
        output.Line();
        output.Line(string.Create(CultureInfo.InvariantCulture, $"left  {Numbers(violation.Left)}"));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"right {Numbers(violation.Right)}"));
        output.Line(string.Create(CultureInfo.InvariantCulture, $"left {(violation.Relation == Relation.Equal ? "=" : "<=")} right is missed by {violation.Gap:G4}; rounding explains at most {violation.Bound:G2}"));
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
}
