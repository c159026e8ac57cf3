using System.Globalization;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A world in characters: a frame, walls, an arrow in each cell whose stroke is the probability of the likeliest action, and a shade; in colours where there are any.</summary>
internal sealed class WorldPicture
{
    // A cell is as wide as three characters, nearly a square, where there is room, and as one where there is not.
    private const int WideCell = 3, Frame = 2, MostRows = 40, MostStarts = 4;

    // An action that is nearly certain, one that is taken more often than not, and one that is only the likeliest.
    private const double Certain = 0.9, Likely = 0.5;
    private const string CertainSigns = "⇐⇑⇒⇓●", FaintSigns = "⇠⇡⇢⇣◌";

    private const char OtherAction = '*', Wall = '#', Start = '[';

    private readonly WorldMap _map;
    private readonly CellShades _shades;
    private readonly HashSet<int> _starts;

    /// <summary>The picture of a solved world.</summary>
    /// <param name="map">Its map.</param>
    /// <param name="report">Its solution.</param>
    /// <param name="byValue">Whether the shade is the value rather than the visitation.</param>
    internal WorldPicture(WorldMap map, SolveReport report, bool byValue)
    {
        _map = map;
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        GridGeometry grid = mdp.Description.Grid!;
        _shades = new CellShades(report, grid, byValue);
        _starts = [.. Enumerable.Range(0, mdp.States).Where(s => mdp.Initial[s] > 0).Select(s => grid.CellOfState[s])];
    }

    /// <summary>Whether to write colours.</summary>
    public bool HasColours { get; init; }

    /// <summary>Number of columns of the terminal.</summary>
    public required int Width { get; init; }

    private int CellWidth => (WideCell * _map.Columns) + Frame <= Width ? WideCell : 1;

    private int ShownColumns => Math.Max(1, Math.Min(_map.Columns, (Width - Frame) / CellWidth));

    private int ShownRows => Math.Min(_map.Rows, MostRows);

    // A cell of one character has no room for a tone beside it, nor for the mark of a start.
    private bool IsShaded => HasColours || CellWidth > 1;

    private bool MarksStarts => CellWidth > 1 && _starts.Count <= MostStarts;

    /// <summary>The lines of the picture and of what it means.</summary>
    internal IEnumerable<string> Lines()
    {
        HashSet<char> signs = [];
        string[] rows = [.. Enumerable.Range(0, ShownRows).Select(row => string.Concat(Enumerable.Range(0, ShownColumns).Select(column => CellText(row, column, signs))))];
        string edge = new('─', ShownColumns * CellWidth);
        return [$"┌{edge}┐", .. rows.Select(row => $"│{row}│"), $"└{edge}┘", .. Clipped(), .. SignsMeaning(signs), .. IsShaded ? (string[])[_shades.Meaning(HasColours)] : []];
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
            (CertainSigns, "at least 90 %"), (WorldMap.Signs, "at least 50 %"), (FaintSigns, "less"), ($"{OtherAction}", "no direction"), ($"{Start}", "] start"),
        ];
        string line = string.Join("   ", kinds.Where(kind => kind.Signs.Any(signs.Contains)).Select(kind => $"{string.Concat(kind.Signs.Where(signs.Contains))} {kind.Meaning}"));
        return line.Length > 0 ? [line] : [];
    }

    private string CellText(int row, int column, HashSet<char> signs)
    {
        MapCell cell = _map[row, column];
        if (cell is { Ground: Wall, States.Length: 0 }) return HasColours ? Colours.Faint(new string('█', CellWidth)) : new string('█', CellWidth);
        int index = (row * _map.Columns) + column;
        char sign = Sign(cell);
        if (sign != cell.Ground) signs.Add(sign);
        bool isStart = MarksStarts && _starts.Contains(index);
        if (isStart) signs.Add(Start);
        char side = HasColours ? ' ' : _shades.Tone(index);
        string text = CellWidth == 1 ? $"{sign}" : isStart ? $"[{sign}]" : $"{side}{sign}{side}";
        return HasColours ? _shades.Coloured(index, text) : text;
    }

    private static char Sign(MapCell cell) => cell switch
    {
        { Probability: 0 } => cell.Ground,
        { Direction: int direction } => (cell.Probability >= Certain ? CertainSigns : cell.Probability >= Likely ? WorldMap.Signs : FaintSigns)[direction],
        _ => OtherAction,
    };
}
