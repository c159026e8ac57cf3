using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A grid world as its map: colours, arrows whose area is the probability, or a wedge for each action.</summary>
internal sealed class MapPicture(Scene scene, Board board, Palette palette)
{
    // User units: a cell is 100 wide.
    private const double Cell = 100, Margin = 12, Above = 46;

    // Below this probability an arrow would be no larger than a dot.
    private const double LeastProbability = 5e-3;

    // The arrow of probability one, pointing right from the centre of its cell: half of its outline, from the tail to the tip.
    private static readonly (double X, double Y)[] _arrow = [(7, 5), (23, 5), (23, 12), (41, 0)];

    // An arrow is as large as the square root of its probability, in so many steps; each is written once.
    private const int Sizes = 200;

    private static readonly ConcurrentDictionary<(int X, int Y, int Size), string> _shapes = [];

    private readonly GridGeometry _grid = board.Grid!;

    // The arrows of a picture by their ink: a mark for each ink, whose letters are few and quick to write.
    private readonly Dictionary<string, StringBuilder> _arrows = [];

    // On larger maps the numbers could not be read.
    private bool IsNumbered => !scene.IsSmall && scene.States is not null && board.Places <= 150;

    internal string Draw()
    {
        // On a map of few rows the scale needs height of its own, on a large one larger letters.
        double unit = Math.Max(1, Math.Max(_grid.Rows, _grid.Columns) / 9.0), left = Margin, top = scene.IsSmall ? Margin : Math.Max(Margin, Math.Round(Above * unit));
        double width = left + (Cell * _grid.Columns) + Margin, height = top + (Cell * _grid.Rows) + Margin;
        SvgText svg = new(scene.IsSmall ? width : width + (ScaleBar.Room * unit), height, palette.Paper, scene.Title);
        for (int place = 0; place < board.Places; place++)
        {
            double x = left + (Cell * (place % _grid.Columns)), y = top + (Cell * (place / _grid.Columns));
            if (board.StateOfPlace[place] is int state && !Ends.IsOver(scene.Mdp, state)) DrawOpen(svg, state, place, x, y);
            else DrawClosed(svg, place, x, y);
        }

        foreach ((string ink, StringBuilder arrows) in _arrows) svg.Shapes(arrows, ink);
        if (scene.Selected is int selected && selected < board.Places)
        {
            double x = left + (Cell * (selected % _grid.Columns)), y = top + (Cell * (selected / _grid.Columns));
            svg.Rectangle(x + 3, y + 3, Cell - 6, Cell - 6, "none", 1, palette.Paper, 9).Rectangle(x + 3, y + 3, Cell - 6, Cell - 6, "none", 1, palette.Ink, 5);
        }

        if (!scene.IsSmall) ScaleBar.Draw(svg, scene, palette, width + (6 * unit), top, top + (Cell * _grid.Rows), unit);
        return svg.ToString();
    }

    /// <summary>A wall, or a place where the episode is over: its character in the middle.</summary>
    private void DrawClosed(SvgText svg, int place, double x, double y)
    {
        char character = board.Character(place);
        bool wall = character == '#';
        svg.Rectangle(x + 1, y + 1, Cell - 2, Cell - 2, wall ? palette.Wall : palette.Ground, cell: place);
        if (!wall) svg.Write(character.ToString(), x + (Cell / 2), y + 66, 46, palette.Muted, "middle", bold: true);
    }

    private void DrawOpen(SvgText svg, int state, int place, double x, double y)
    {
        string ink = palette.Ink;
        if (scene.States is { } states)
        {
            double at = double.IsNaN(states[state]) ? 0 : scene.Scale.Place(states[state]);
            (string colour, double opacity) = scene.Scale.Fill(at);
            svg.Rectangle(x + 1, y + 1, Cell - 2, Cell - 2, colour, opacity, cell: place);
            if (scene.Scale.IsBright(at) is bool bright) ink = bright ? "#101418" : "#ffffff";
        }
        else
        {
            svg.Rectangle(x + 1, y + 1, Cell - 2, Cell - 2, palette.Ground, cell: place);
            for (int a = 0; a < scene.Mdp.Actions; a++) DrawWedge(svg, scene.Pairs![state, a], board.Directions![a], x, y);
        }

        if (!_arrows.TryGetValue(ink, out StringBuilder? arrows)) _arrows[ink] = arrows = new StringBuilder(1 << 14);
        for (int a = 0; a < scene.Mdp.Actions; a++) DrawArrow(arrows, scene.Policy.Probability(state, a), board.Directions![a], x + (Cell / 2), y + (Cell / 2) - (IsNumbered ? 6 : 0));
        if (board.Character(place) is 'S') svg.Write("S", x + 8, y + 26, 22, ink, bold: true);
        if (IsNumbered) svg.Write(NumberText.Cell(scene.States![state]), x + 95, y + 94, 17, ink, "end");
    }

    private static void DrawArrow(StringBuilder arrows, double probability, (int X, int Y) direction, double x, double y)
    {
        if (!(probability >= LeastProbability)) return;
        int size = Math.Max(1, (int)Math.Round(Sizes * Math.Sqrt(probability)));
        if (!_shapes.TryGetValue((direction.X, direction.Y, size), out string? shape)) shape = _shapes.GetOrAdd((direction.X, direction.Y, size), Shape);
        arrows.Append('M').Append((int)x).Append(' ').Append((int)y).Append(shape);
    }

    /// <summary>The outline of an arrow about the centre of its cell as path data that moves there by itself; a disc for staying.</summary>
    private static string Shape((int X, int Y, int Size) arrow)
    {
        double size = (double)arrow.Size / Sizes;
        if (arrow is (0, 0, _))
        {
            string r = Units(11 * size), across = Units(22 * size);
            return $"m-{r} 0a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z";
        }

        StringBuilder path = new("m");
        (double X, double Y) last = (0, 0);
        foreach ((double along, double across) in _arrow.Concat(_arrow.Reverse().Select(corner => (corner.X, -corner.Y))))
        {
            (double X, double Y) to = (Math.Round(10 * size * ((along * arrow.X) - (across * arrow.Y))) / 10, Math.Round(10 * size * ((along * arrow.Y) + (across * arrow.X))) / 10);
            path.Append(Units(to.X - last.X)).Append(' ').Append(Units(to.Y - last.Y)).Append(' ');
            last = to;
        }

        path[^1] = 'z';
        return path.ToString();
    }

    private static string Units(double x) => x.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>The quarter of a cell towards a direction; its middle for staying.</summary>
    private void DrawWedge(SvgText svg, double number, (int X, int Y) direction, double x, double y)
    {
        (string colour, double opacity) = scene.Scale.Fill(scene.Scale.Place(number));
        if (opacity < 0.01) return;
        double cx = x + (Cell / 2), cy = y + (Cell / 2), half = (Cell / 2) - 2, inner = 15;
        if (direction == (0, 0))
        {
            svg.Disc(cx, cy, inner, colour, opacity);
            return;
        }

        double dx = direction.X, dy = direction.Y;
        svg.Polygon([
            cx + (inner * (dx - dy)), cy + (inner * (dy + dx)), cx + (half * (dx - dy)), cy + (half * (dy + dx)),
            cx + (half * (dx + dy)), cy + (half * (dy - dx)), cx + (inner * (dx + dy)), cy + (inner * (dy - dx))], colour, opacity);
    }
}
