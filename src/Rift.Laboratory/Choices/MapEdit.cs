using Rift.Models;

namespace Rift.Laboratory;

/// <summary>Painting on a map: a built-in grid world becomes one with a map of its own, whose name says the map, so that a link carries it.</summary>
public static class MapEdit
{
    private static readonly string[] _grids = ["gridworld", "pits12", "fourrooms", "windycliff"];

    /// <summary>The brushes that a setting can take: maps of grid worlds all of them, ice no walls, other models rewards.</summary>
    public static IReadOnlyList<Brush> BrushesFor(LaboratoryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Kind(state) switch
        {
            "gridworld" => [Brush.Look, Brush.Ground, Brush.Wall, Brush.Pit, Brush.Goal, Brush.Start, Brush.Reward],
            "frozenlake" => [Brush.Look, Brush.Ground, Brush.Pit, Brush.Goal, Brush.Start, Brush.Reward],
            _ => [Brush.Look, Brush.Reward],
        };
    }

    /// <summary>The choices after a place was painted.</summary>
    /// <param name="state">The choices.</param>
    /// <param name="setting">Their setting.</param>
    /// <param name="place">A place of the setting's board.</param>
    /// <param name="brush">What to paint.</param>
    /// <param name="reward">The reward to add with the brush for it; 0 takes it away.</param>
    /// <exception cref="FormatException">The place cannot become that: says why.</exception>
    public static LaboratoryState Paint(LaboratoryState state, Setting setting, int place, Brush brush, double reward)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(setting);
        Board board = Board.Of(setting.Mdp);
        ArgumentOutOfRangeException.ThrowIfNegative(place);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(place, board.Places);
        StateRewards rewards = StateRewards.Parse(state.Rewards);
        if (brush == Brush.Look) return state;
        if (!BrushesFor(state).Contains(brush)) throw new FormatException($"found the brush {brush}, expected one that this model takes");
        if (brush == Brush.Reward)
        {
            if (board.StateOfPlace[place] is not int target || setting.Mdp.IsTerminal(target)) throw new FormatException("found a place where nothing is decided, expected a state for a reward");
            if (!(Math.Abs(reward) <= StateRewards.Largest)) throw new FormatException("expected a reward from -1000000 to 1000000");
            return state with { Rewards = rewards.With(target, reward).ToString() };
        }

        string kind = Kind(state)!;
        WorldText world = WorldText.Parse(state.World)!;
        char[][] map = [.. board.Grid!.Map.Select(row => row.ToCharArray())];
        char ground = kind == "frozenlake" ? 'F' : '.';
        ref char cell = ref map[place / board.Columns][place % board.Columns];
        if (cell == 'S' && brush != Brush.Start) throw new FormatException("found the start, expected another place: move the start away first");
        if (brush == Brush.Start)
        {
            foreach (char[] row in map) row.AsSpan().Replace('S', ground);
        }

        cell = brush switch
        {
            Brush.Wall => '#',
            Brush.Pit => kind == "frozenlake" ? 'H' : 'X',
            Brush.Goal => 'G',
            Brush.Start => 'S',
            _ => ground,
        };
        string name = $"{kind}:{string.Join('/', map.Select(row => new string(row)))}";
        foreach (WorldOption option in world.Entry.Options)
            if (option.Name != "map" && WorldCatalog.Entries.First(entry => entry.Name == kind).Options.Any(known => known.Name == option.Name)) name += $",{option.Name}={world[option.Name]}";
        LaboratoryState painted = state with { World = name, Rewards = "" };
        if (state.Rewards.Length == 0) return painted;

        // States are numbered anew: a reward stays at its place, or goes with it.
        Board after = Board.Of(Setting.Of(painted).Mdp);
        StateRewards moved = StateRewards.Parse("");
        for (int p = 0; p < board.Places; p++)
            if (board.StateOfPlace[p] is int before && after.StateOfPlace[p] is int now && rewards[before] != 0) moved = moved.With(now, rewards[before]);
        return painted with { Rewards = moved.ToString() };
    }

    /// <summary>The world that a painted map belongs to; null where there is no map to paint.</summary>
    private static string? Kind(LaboratoryState state) =>
        state.Model.Length > 0 || state.File.Length > 0 || WorldText.Parse(state.World)?.Entry.Name is not { } world ? null
        : _grids.Contains(world) ? "gridworld"
        : world == "frozenlake" ? world
        : null;
}
