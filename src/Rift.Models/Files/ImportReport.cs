using System.Globalization;

namespace Rift.Models;

/// <summary>What reading did to a model.</summary>
public sealed record ImportReport
{
    /// <summary>Successors listed again within one pair, and summed.</summary>
    public int DuplicatesSummed { get; init; }

    /// <summary>States without actions, which became absorbing with one action and reward 0; in increasing order.</summary>
    public IReadOnlyList<int> MadeTerminal { get; init; } = [];

    /// <summary>The terminal state that was added behind the listed ones, or null.</summary>
    public int? AddedTerminal { get; init; }

    /// <summary>The largest distance of a row of the resulting model from one, rounding included.</summary>
    public double RowSumError { get; init; }

    /// <summary>Rows divided by their sums, because they did not sum to exactly one; the initial distribution not counted.</summary>
    public int RowsRenormalised { get; init; }

    /// <summary>The largest distance of a row's sum from one before it was divided, the initial distribution included; 0 if none was.</summary>
    public double WorstRenormalised { get; init; }

    /// <summary>Whether the initial distribution was divided by its sum.</summary>
    public bool InitialRenormalised { get; init; }

    /// <summary>What the file left open and was assumed, a sentence each.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>The report for readers: a line for each thing done, none if nothing was.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            List<string> lines = [.. Assumed];
            if (DuplicatesSummed > 0) Say($"repeated successors summed: {DuplicatesSummed}");
            if (MadeTerminal.Count > 0) Say($"states without actions made terminal (one action, reward 0): {Shortened(MadeTerminal)}");
            if (AddedTerminal is int end) Say($"terminal state added, where every terminated transition leads: {end}");
            if (RowsRenormalised > 0) Say($"rows divided by their sums: {RowsRenormalised}");
            if (InitialRenormalised) Say($"initial distribution divided by its sum");
            if (WorstRenormalised > 0) Say($"worst of these sums: off by {WorstRenormalised:G3}");
            if (RowSumError > 1e-15) Say($"rows sum to one within {RowSumError:G3}");
            return lines;

            void Say(FormattableString line) => lines.Add(line.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Shortened(IReadOnlyList<int> states) =>
        string.Join(", ", states.Take(10).Select(s => s.ToString(CultureInfo.InvariantCulture))) + (states.Count > 10 ? string.Create(CultureInfo.InvariantCulture, $", ... ({states.Count} in all)") : "");
}
