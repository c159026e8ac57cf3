using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Where the states of a process are drawn: on its map, if it has one and its actions are directions, and else as a graph. Places are what one points at.</summary>
public sealed class Board
{
    private Board(MarkovDecisionProcess mdp, GridGeometry? grid, (int X, int Y)[]? directions)
    {
        Grid = grid;
        Directions = directions;
        Columns = grid?.Columns ?? 0;
        StateOfPlace = grid is null ? [.. Enumerable.Range(0, mdp.States).Select(s => (int?)s)] : new int?[grid.Rows * grid.Columns];
        if (grid is null) return;
        for (int s = 0; s < mdp.States; s++)
            if (grid.CellOfState[s] is int cell and >= 0) StateOfPlace[cell] = s;
    }

    /// <summary>The map; null for a graph.</summary>
    public GridGeometry? Grid { get; }

    /// <summary>The direction of each action on the map, y growing downward; null for a graph.</summary>
    public (int X, int Y)[]? Directions { get; }

    /// <summary>Columns of the map; 0 for a graph.</summary>
    public int Columns { get; }

    /// <summary>The state of each place; null for a cell of the map that is none.</summary>
    public int?[] StateOfPlace { get; }

    /// <summary>Number of places.</summary>
    public int Places => StateOfPlace.Length;

    /// <summary>The board of a process.</summary>
    public static Board Of(MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        (int X, int Y)?[]? directions = mdp.Description.ActionLabels?.Select(Direction).ToArray();
        int[] cells = [.. mdp.Description.Grid?.CellOfState.Where(cell => cell >= 0) ?? []];
        bool isMap = cells.Length > 0 && cells.Distinct().Count() == cells.Length && directions is not null && !directions.Contains(null);
        return isMap ? new Board(mdp, mdp.Description.Grid, [.. directions!.Select(direction => direction!.Value)]) : new Board(mdp, null, null);
    }

    /// <summary>What the map shows at a place; a blank for a graph.</summary>
    public char Character(int place) => Grid is null ? ' ' : Grid.Map[place / Columns][place % Columns];

    /// <summary>The place that is reached from another by an arrow key: the neighbour on a map, the next or the last state of a graph. At the edge it is the same place.</summary>
    public int Moved(int place, int x, int y)
    {
        if (Grid is null) return Math.Clamp(place + x + y, 0, Places - 1);
        int column = Math.Clamp((place % Columns) + x, 0, Columns - 1), row = Math.Clamp((place / Columns) + y, 0, Grid.Rows - 1);
        return (row * Columns) + column;
    }

    private static (int X, int Y)? Direction(string label) => label.ToUpperInvariant() switch
    {
        "UP" or "NORTH" => (0, -1),
        "RIGHT" or "EAST" => (1, 0),
        "DOWN" or "SOUTH" => (0, 1),
        "LEFT" or "WEST" => (-1, 0),
        "STAY" => (0, 0),
        _ => null,
    };
}
