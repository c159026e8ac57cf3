using Rift.Mdp;
using ScottPlot;
using ScottPlot.Plottables;

namespace Rift.Plots;

/// <summary>A grid world as its map. One unit of the plot is one cell; y grows upward, so row 0 of the map lies between Rows - 1 and Rows.</summary>
internal sealed class GridPicture
{
    private const int LongestSide = 720, LargestCell = 88, SmallestCell = 12;
    private const int Margin = 8, ScaleTitle = 20, ScaleGap = 22, ScaleWidth = 14, ScaleLabels = 56;
    private const double SameValue = 1e-10; // relative: below, colour would paint rounding
    private const double MostDecades = 6; // of a logarithmic scale: what is less has the colour of its end
    private static readonly Color _wall = Color.FromHex("#4A4A4A"), _end = Color.FromHex("#EDEDED");
    private static readonly ScottPlot.Colormaps.Viridis _colours = new();

    private readonly Plot _plot = HouseStyle.NewPlot();
    private readonly MapPanel _panel;
    private readonly GridGeometry _grid;
    private readonly int _cell; // pixels of one cell
    private readonly double _least, _greatest; // of the heights on the colour scale
    private readonly char _floor;

    /// <summary>The picture of a panel whose model has a map on which each state has a cell of its own.</summary>
    /// <param name="panel">What is shown.</param>
    /// <param name="grid">The map of the panel's model.</param>
    /// <param name="beside">The number of maps that share the figure's width.</param>
    public GridPicture(MapPanel panel, GridGeometry grid, int beside = 1)
    {
        _panel = panel;
        _grid = grid;
        _cell = Math.Clamp(LongestSide / (beside * Math.Max(grid.Rows, grid.Columns)), SmallestCell, LargestCell);
        int[] goingOn = [.. Enumerable.Range(0, panel.Mdp.States).Where(s => grid.CellOfState[s] >= 0 && !IsOver(panel.Mdp, s))];
        double[] heights = [.. goingOn.Select(s => Height(panel.Values[s])).Where(double.IsFinite).DefaultIfEmpty(0)];
        (_least, _greatest) = (heights.Min(), heights.Max());
        if (panel.IsLogarithmic) _least = Math.Max(_least, _greatest - MostDecades);
        if (_greatest - _least <= SameValue * Math.Max(Math.Abs(_least), Math.Abs(_greatest))) _greatest = _least;
        _floor = goingOn.Select(s => Character(grid.CellOfState[s])).GroupBy(c => c).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => group.Key).FirstOrDefault(' ');
    }

    /// <summary>Whether a model has a map on which no two states share a cell.</summary>
    public static bool IsDrawn(MarkovDecisionProcess mdp)
    {
        if (mdp.Description.Grid is not GridGeometry grid) return false;
        IEnumerable<int> onMap = grid.CellOfState.Where(cell => cell >= 0);
        return onMap.Any() && onMap.Count() == onMap.Distinct().Count();
    }

    /// <summary>The width that the map and its scale need, in pixels.</summary>
    public int TotalWidth => (_grid.Columns * _cell) + ScaleGap + ScaleWidth + ScaleLabels + (2 * Margin) + (2 * Figure.PanelInset);

    /// <summary>The height that the map and the line above it need, in pixels.</summary>
    public int TotalHeight => (_grid.Rows * _cell) + ScaleTitle + Margin;

    /// <summary>The plot, in a panel of so many pixels.</summary>
    public Plot Plot(int width, int height)
    {
        _plot.HideAxesAndGrid();
        _plot.Layout.Frameless();
        DrawCells();
        DrawScale();
        if (_panel.Title.Length > 0) Write(_panel.Title, 0, _grid.Rows + Pixels(4), Alignment.LowerLeft, HouseStyle.LabelSize, HouseStyle.Ink);
        double top = _grid.Rows + Pixels(ScaleTitle);
        _plot.Axes.SetLimits(-Pixels(Margin), Pixels(width - Margin - (2 * Figure.PanelInset)), top - Pixels(height), top);
        return _plot;
    }

    private void DrawCells()
    {
        int?[] stateOfCell = new int?[_grid.Rows * _grid.Columns];
        for (int s = 0; s < _grid.CellOfState.Count; s++)
            if (_grid.CellOfState[s] is int cell and >= 0) stateOfCell[cell] = s;
        (int X, int Y)[]? directions = PolicyArrow.Directions(_panel.Mdp.Description.ActionLabels);

        for (int cell = 0; cell < stateOfCell.Length; cell++)
        {
            double left = cell % _grid.Columns, bottom = _grid.Rows - 1 - (cell / _grid.Columns);
            if (stateOfCell[cell] is int state && !IsOver(_panel.Mdp, state)) DrawOpen(state, cell, left, bottom, directions);
            else DrawClosed(cell, left, bottom);
        }
    }

    /// <summary>A wall, or a place where the episode is over: its character in the middle.</summary>
    private void DrawClosed(int cell, double left, double bottom)
    {
        (Color ground, Color ink) = Character(cell) == '#' ? (_wall, Colors.White) : (_end, HouseStyle.Ink);
        Fill(left, bottom, ground);
        float size = Math.Clamp(0.4f * _cell, 7, 26);
        Text character = Write(Character(cell).ToString(), left + 0.5, bottom + 0.5, Alignment.MiddleCenter, size, ink);
        (character.LabelBold, character.OffsetY) = (true, 0.12f * size); // a capital stands above the middle of its line
    }

    /// <summary>A state that goes on: V as colour and, where there is room, as a number; the policy; the map's character where it is not the usual one.</summary>
    private void DrawOpen(int state, int cell, double left, double bottom, (int X, int Y)[]? directions)
    {
        const int RoomForNumber = 80; // narrower, the longest numbers meet the arrow down
        double value = _panel.Values[state];
        Color ground = _colours.GetColor(_greatest > _least ? Math.Clamp((Height(value) - _least) / (_greatest - _least), 0, 1) : 0.5);
        Color ink = Brightness(ground) > 0.5 ? HouseStyle.Ink : Colors.White;
        Fill(left, bottom, ground);

        for (int a = 0; _panel.Policy is { } policy && a < directions?.Length; a++)
        {
            Coordinates[] outline = PolicyArrow.Outline(left + 0.5, bottom + 0.5, directions[a], policy.Probability(state, a));
            if (outline.Length == 0) continue;
            Polygon arrow = _plot.Add.Polygon(outline);
            arrow.FillColor = ink;
            arrow.LineWidth = 0;
        }

        if (Character(cell) != _floor)
            Write(Character(cell).ToString(), left + Pixels(5), bottom + 1 - Pixels(4), Alignment.UpperLeft, Math.Clamp(0.2f * _cell, 6, 14), ink).LabelBold = true;
        if (_cell >= RoomForNumber)
            Write(NumberText.Rounded(value, _panel.IsLogarithmic ? 0 : (_greatest - _least) / 50), left + 1 - Pixels(5), bottom + Pixels(4), Alignment.LowerRight, 10, ink);
    }

    /// <summary>The colour scale on the right of the map, as high as the map.</summary>
    private void DrawScale()
    {
        const int Steps = 128;
        double left = _grid.Columns + Pixels(ScaleGap), right = left + Pixels(ScaleWidth), top = _grid.Rows;
        for (int i = 0; i < Steps; i++)
        {
            // Each step reaches up to the top and the next ones cover it: no seams.
            Rectangle step = _plot.Add.Rectangle(left, right, top * i / Steps, top);
            step.FillColor = _colours.GetColor(_greatest > _least ? (i + 0.5) / Steps : 0.5);
            step.LineWidth = 0;
        }

        foreach ((double mark, string label) in _panel.IsLogarithmic ? Powers() : RoundNumbers.Within(_least, _greatest, 5))
        {
            double y = _greatest > _least ? top * (mark - _least) / (_greatest - _least) : top / 2;
            LinePlot tick = _plot.Add.Line(right, y, right + Pixels(4), y);
            (tick.LineColor, tick.LineWidth, tick.MarkerSize) = (HouseStyle.Ink, 1, 0);
            Write(label, right + Pixels(8), y, Alignment.MiddleLeft, HouseStyle.NoteSize, HouseStyle.Ink);
        }

        Write(_panel.Quantity, left, top + Pixels(4), Alignment.LowerLeft, HouseStyle.NoteSize, HouseStyle.Muted);
    }

    private IEnumerable<(double Mark, string Label)> Powers() =>
        Enumerable.Range((int)Math.Ceiling(_least), (int)Math.Floor(_greatest) - (int)Math.Ceiling(_least) + 1).Select(exponent => ((double)exponent, NumberText.Power(exponent)));

    /// <summary>Where a value lies on the colour scale.</summary>
    private double Height(double value) => _panel.IsLogarithmic ? Math.Log10(value) : value;

    private void Fill(double left, double bottom, Color color)
    {
        Rectangle cell = _plot.Add.Rectangle(left, left + 1, bottom, bottom + 1);
        cell.FillColor = color;
        (cell.LineColor, cell.LineWidth) = (Colors.White, _cell >= 24 ? 1 : 0.5f);
    }

    private Text Write(string text, double x, double y, Alignment alignment, float size, Color color)
    {
        Text note = _plot.Note(text, x, y, alignment, color);
        note.LabelFontSize = size;
        return note;
    }

    /// <summary>A terminal state, or one that tables like Gymnasium's list though the episode ended on entering it: nothing to gain, and only ends beyond.</summary>
    private static bool IsOver(MarkovDecisionProcess mdp, int state) =>
        mdp.IsTerminal(state)
        || Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(state, a)).All(a => mdp.Reward[state, a] == 0 && mdp.Kernel.Successors(state, a).All(next => mdp.IsTerminal(next.State)));

    private char Character(int cell) => _grid.Map[cell / _grid.Columns][cell % _grid.Columns];

    private double Pixels(int pixels) => (double)pixels / _cell;

    private static double Brightness(Color color) => ((0.2126 * color.R) + (0.7152 * color.G) + (0.0722 * color.B)) / 255;
}
