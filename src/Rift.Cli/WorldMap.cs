using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A cell of the map of a grid world, and what the policy does there.</summary>
/// <param name="Ground">The character of the map.</param>
/// <param name="States">The states that lie on it.</param>
/// <param name="Direction">Where the likeliest action leads, as an index of <see cref="WorldMap.Signs"/>; null where it is no direction, or nothing is decided.</param>
/// <param name="Probability">The probability of the likeliest action; 0 where nothing is decided: no state, an end, several states, or several actions that are likeliest.</param>
internal readonly record struct MapCell(char Ground, int[] States, int? Direction, double Probability);

/// <summary>The map of a grid world with the likeliest action of each cell.</summary>
internal sealed class WorldMap
{
    /// <summary>Left, up, right, down, and to stay, as one sees them in a terminal.</summary>
    internal const string Signs = "←↑→↓○";

    /// <summary>Log-probabilities closer than this are equal.</summary>
    private const double SameLikelihood = 1e-10;

    private static readonly string[][] _directions = [["left", "west"], ["up", "north"], ["right", "east"], ["down", "south"], ["stay"]];

    private readonly GridGeometry _grid;
    private readonly MapCell[] _cells;

    private WorldMap(SolveReport report, GridGeometry grid)
    {
        _grid = grid;
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        int?[] directions = [.. (mdp.Description.ActionLabels ?? []).Select(DirectionOf)];
        ShowsDirections = directions.Length > 0 && directions.All(direction => direction is not null);
        ILookup<int, int> states = Enumerable.Range(0, mdp.States).ToLookup(s => grid.CellOfState[s]);
        _cells = [.. Enumerable.Range(0, grid.Rows * grid.Columns).Select(cell => CellOf(Printable(grid.Map[cell / grid.Columns][cell % grid.Columns]), [.. states[cell]]))];

        MapCell CellOf(char ground, int[] here)
        {
            if (here.Length != 1 || mdp.IsTerminal(here[0])) return new MapCell(ground, here, null, 0);
            (int best, bool isAlone) = Likeliest(report.Policy, here[0]);
            return isAlone ? new MapCell(ground, here, directions.ElementAtOrDefault(best), report.Policy.Probability(here[0], best)) : new MapCell(ground, here, null, 0);
        }
    }

    /// <summary>Whether every action is a direction, so that arrows say all.</summary>
    internal bool ShowsDirections { get; }

    /// <summary>Whether each cell has one state at most, so that a cell says all of its policy.</summary>
    internal bool HasOneStateInACell => _cells.All(cell => cell.States.Length <= 1);

    /// <summary>Number of rows.</summary>
    internal int Rows => _grid.Rows;

    /// <summary>Number of columns.</summary>
    internal int Columns => _grid.Columns;

    /// <summary>The cell of a row and a column.</summary>
    internal MapCell this[int row, int column] => _cells[(row * Columns) + column];

    /// <summary>The map of a solved world, or null where it has none.</summary>
    internal static WorldMap? Of(SolveReport report) => report.Problem.Mdp.Description.Grid is GridGeometry grid ? new WorldMap(report, grid) : null;

    /// <summary>The rows of the map, a character for each cell.</summary>
    /// <remarks>A cell keeps the character of the map where it is no state or an end, where several states lie on it, or where no action is likelier than all others.</remarks>
    internal IEnumerable<string> Lines() =>
        Enumerable.Range(0, Rows).Select(row => string.Concat(Enumerable.Range(0, Columns).Select(column => this[row, column] is { Direction: int direction } ? Signs[direction] : this[row, column].Ground)));

    // A terminal might obey what is none of its letters.
    private static char Printable(char ground) => char.IsControl(ground) ? '?' : ground;

    private static int? DirectionOf(string label)
    {
        int direction = Array.FindIndex(_directions, names => names.Contains(label, StringComparer.OrdinalIgnoreCase));
        return direction < 0 ? null : direction;
    }

    private static (int Action, bool IsAlone) Likeliest(Policy policy, int state)
    {
        ReadOnlySpan<double> row = policy.LogProbabilities.Row(state);
        int best = 0, equal = 0;
        for (int a = 1; a < row.Length; a++)
            if (row[a] > row[best]) best = a;
        foreach (double other in row)
            if (other >= row[best] - SameLikelihood) equal++;
        return (best, equal == 1);
    }
}
