using System.Globalization;
using System.Text;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A world in characters: a frame, walls, an arrow in each cell whose stroke is the probability of the likeliest action, and a shade; in colours where there are any.</summary>
internal sealed class WorldPicture
{
    // A cell is as wide as three characters, nearly a square, where there is room, and as one where there is not.
    private const int WideCell = 3, Frame = 2, MostRows = 40;

    // An action that is nearly certain, one that is taken more often than not, and one that is only the likeliest.
    private const double Certain = 0.9, Likely = 0.5;
    private const string CertainSigns = "⇐⇑⇒⇓●", FaintSigns = "⇠⇡⇢⇣◌";

    private const char OtherAction = '*', Wall = '#', Start = '[';

    private const string Tones = " ░▒▓";

    // Colours go down to a thousandth of the most visited cell, tones to a hundredth.
    private const double Decades = 3;

    private static readonly double[] _visitSteps = [0.01, 0.1, 0.5], _valueSteps = [0.25, 0.5, 0.75];

    private readonly WorldMap _map;
    private readonly SolveReport _report;

    /// <summary>The picture of a solved world.</summary>
    internal WorldPicture(WorldMap map, SolveReport report)
    {
        _map = map;
        _report = report;
    }

    /// <summary>Whether the shade is the value rather than the visitation.</summary>
    public bool ByValue { get; init; }

    /// <summary>Whether to write colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>Number of columns of the terminal.</summary>
    public required int Width { get; init; }

    private int CellWidth => (WideCell * _map.Columns) + Frame <= Width ? WideCell : 1;

    private int ShownColumns => Math.Max(1, Math.Min(_map.Columns, (Width - Frame) / CellWidth));

    private int ShownRows => Math.Min(_map.Rows, MostRows);

    /// <summary>The lines of the picture and of what it means.</summary>
    internal IEnumerable<string> Lines()
    {
        double[] shades = Shades(out string meaning);
        HashSet<char> signs = [];
        List<string> rows = [];
        HashSet<int> starts = Starts();
        for (int row = 0; row < ShownRows; row++)
        {
            StringBuilder line = new();
            for (int column = 0; column < ShownColumns; column++) line.Append(CellText(row, column, shades[(row * _map.Columns) + column], starts, signs));
            rows.Add(line.ToString());
        }

        string edge = new('─', ShownColumns * CellWidth);
        bool isShaded = HasColours || CellWidth > 1;
        return [$"┌{edge}┐", .. rows.Select(row => $"│{row}│"), $"└{edge}┘", .. Clipped(), .. SignsMeaning(signs), .. isShaded ? (string[])[meaning] : []];
    }

    private IEnumerable<string> Clipped()
    {
        if (ShownRows == _map.Rows && ShownColumns == _map.Columns) yield break;
        yield return string.Create(CultureInfo.InvariantCulture, $"{ShownRows} of {_map.Rows} rows and {ShownColumns} of {_map.Columns} columns: rift solve --plot FILE draws all");
    }

    /// <summary>What each kind of sign that occurs stands for.</summary>
    private static IEnumerable<string> SignsMeaning(HashSet<char> signs)
    {
        (string Signs, string Meaning)[] kinds =
        [
            (CertainSigns, "at least 90 %"), (WorldMap.Signs, "at least 50 %"), (FaintSigns, "less"), ($"{OtherAction}", "an action that is no direction"), ($"{Start}", "] start"),
        ];
        string line = string.Join("   ", kinds.Where(kind => kind.Signs.Any(signs.Contains)).Select(kind => $"{string.Concat(kind.Signs.Where(signs.Contains))} {kind.Meaning}"));
        return line.Length > 0 ? [line] : [];
    }

    /// <summary>The starting cells, if they are few enough to be marked.</summary>
    private HashSet<int> Starts()
    {
        const int Most = 4;
        MarkovDecisionProcess mdp = _report.Problem.Mdp;
        HashSet<int> cells = [.. Enumerable.Range(0, mdp.States).Where(s => mdp.Initial[s] > 0).Select(s => mdp.Description.Grid!.CellOfState[s])];
        return CellWidth == 1 || cells.Count > Most ? [] : cells;
    }

    private string CellText(int row, int column, double shade, HashSet<int> starts, HashSet<char> signs)
    {
        MapCell cell = _map[row, column];
        if (cell is { Ground: Wall, States.Length: 0 }) return HasColours ? Colours.Faint(new string('█', CellWidth)) : new string('█', CellWidth);
        char sign = Sign(cell);
        if (sign != cell.Ground) signs.Add(sign);
        bool isStart = starts.Contains((row * _map.Columns) + column);
        if (isStart) signs.Add(Start);
        char side = HasColours || double.IsNaN(shade) ? ' ' : Tones[(ByValue ? _valueSteps : _visitSteps).Count(step => shade >= step)];
        string text = CellWidth == 1 ? $"{sign}" : isStart ? $"[{sign}]" : $"{side}{sign}{side}";
        return HasColours && !double.IsNaN(shade) ? Colours.On(ByValue ? shade : 1 + (Math.Log10(shade) / Decades), text) : text;
    }

    private static char Sign(MapCell cell) => cell switch
    {
        { Probability: 0 } => cell.Ground,
        { Direction: int direction } => (cell.Probability >= Certain ? CertainSigns : cell.Probability >= Likely ? WorldMap.Signs : FaintSigns)[direction],
        _ => OtherAction,
    };

    private string Meaning(double least, double most)
    {
        string scale = HasColours ? Colours.Scale : string.Join(' ', Tones.Skip(1));
        string meaning = (ByValue, HasColours) switch
        {
            (true, true) => Line($"V from {least:G4} to {most:G4}"),
            (true, false) => Line($"V: a quarter, a half, three quarters of the way from {least:G4} to {most:G4}"),
            (false, true) => Line($"visits: 0.1 % to 100 % of the most, {most:G3} of the discounted time"),
            (false, false) => Line($"visits: from 1, 10, 50 % of the most, {most:G3} of the discounted time"),
        };
        return $"{scale} {meaning}";
    }

    /// <summary>The shade of each cell from 0 to 1, not a number where no state lies; and what it means.</summary>
    private double[] Shades(out string meaning)
    {
        double[] cells = [.. Enumerable.Repeat(double.NaN, _map.Rows * _map.Columns)];
        MarkovDecisionProcess mdp = _report.Problem.Mdp;
        for (int s = 0; s < mdp.States; s++)
        {
            int cell = mdp.Description.Grid!.CellOfState[s];
            if (cell < 0) continue;
            double number = ByValue ? _report.Values[s] : _report.StateVisitation[s];
            cells[cell] = double.IsNaN(cells[cell]) ? number : ByValue ? Math.Max(cells[cell], number) : cells[cell] + number;
        }

        double[] known = [.. cells.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            meaning = "no state lies on the map";
            return cells;
        }

        double least = ByValue ? known.Min() : 0, most = known.Max();
        meaning = Meaning(least, most);
        return Array.ConvertAll(cells, x => most > least ? (x - least) / (most - least) : x - x);
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
