using Rift.Mdp;

namespace Rift.Cli;

/// <summary>How dark or bright the cells of a map are: by the visits of a policy, or by the value; as one of four tones, or as a colour.</summary>
internal sealed class CellShades
{
    private const string Tones = " ░▒▓";

    // Colours go down to a thousandth of the most visited cell, tones to a hundredth.
    private const double Decades = 3;

    private static readonly double[] _visitSteps = [0.01, 0.1, 0.5], _valueSteps = [0.25, 0.5, 0.75];

    private readonly bool _byValue;
    private readonly double _least, _most;
    private readonly double[] _cells;

    /// <summary>The shades of a solved world.</summary>
    /// <param name="report">The solution.</param>
    /// <param name="grid">Where its states lie. Visits of states in one cell are added, of their values the largest counts.</param>
    /// <param name="byValue">Whether it is the value rather than the share of visits.</param>
    internal CellShades(SolveReport report, GridGeometry grid, bool byValue)
    {
        _byValue = byValue;
        _cells = [.. Enumerable.Repeat(double.NaN, grid.Rows * grid.Columns)];
        for (int s = 0; s < grid.CellOfState.Count; s++)
        {
            int cell = grid.CellOfState[s];
            if (cell < 0) continue;
            double number = byValue ? report.Values[s] : report.StateVisitation[s];
            _cells[cell] = double.IsNaN(_cells[cell]) ? number : byValue ? Math.Max(_cells[cell], number) : _cells[cell] + number;
        }

        IEnumerable<double> known = _cells.Where(double.IsFinite).DefaultIfEmpty();
        _least = byValue ? known.Min() : 0;
        _most = known.Max();
    }

    /// <summary>The tone of a cell; blank where no state lies.</summary>
    internal char Tone(int cell) => Tones[(_byValue ? _valueSteps : _visitSteps).Count(step => Share(cell) >= step)];

    /// <summary>A text in the colour of a cell, or as it is where no state lies.</summary>
    internal string Coloured(int cell, string text) =>
        double.IsNaN(_cells[cell]) ? text : Colours.On(_byValue ? Share(cell) : 1 + (Math.Log10(Share(cell)) / Decades), text);

    /// <summary>What the shades stand for, in a line.</summary>
    internal string Meaning(bool inColours) => (_byValue, inColours) switch
    {
        (true, true) => FormattableString.Invariant($"{Colours.Scale} V from {_least:G4} to {_most:G4}"),
        (true, false) => FormattableString.Invariant($"{Legend} V: a quarter, a half, three quarters of the way from {_least:G4} to {_most:G4}"),
        (false, true) => FormattableString.Invariant($"{Colours.Scale} visits: 0.1 % to 100 % of the most, {_most:G3} of the discounted time"),
        (false, false) => FormattableString.Invariant($"{Legend} visits: from 1, 10, 50 % of the most, {_most:G3} of the discounted time"),
    };

    private static string Legend => string.Join(' ', Tones.Skip(1));

    /// <summary>From 0 for the least to 1 for the most, 0 where all are alike, and not a number where no state lies.</summary>
    private double Share(int cell) => _most > _least ? (_cells[cell] - _least) / (_most - _least) : _cells[cell] * 0;
}
