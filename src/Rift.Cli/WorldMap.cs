using Rift.Mdp;

namespace Rift.Cli;

/// <summary>The map of a grid world with the most likely action of each cell.</summary>
internal static class WorldMap
{
    /// <summary>Log-probabilities closer than this are equal.</summary>
    private const double SameLikelihood = 1e-10;

    private static readonly Dictionary<string, char> _signs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["left"] = '←',
        ["west"] = '←',
        ["up"] = '↑',
        ["north"] = '↑',
        ["right"] = '→',
        ["east"] = '→',
        ["down"] = '↓',
        ["south"] = '↓',
        ["stay"] = '○',
    };

    /// <summary>The rows of the picture; none where the model has no map, or actions that are no directions.</summary>
    /// <remarks>A cell keeps the character of the map where it is no state or an end, where several states lie on it, or where no action is likelier than all others.</remarks>
    internal static IEnumerable<string> Draw(MarkovDecisionProcess mdp, Policy policy)
    {
        if (mdp.Description is not { Grid: GridGeometry grid, ActionLabels: IReadOnlyList<string> labels } || !labels.All(_signs.ContainsKey)) return [];
        char[][] picture = [.. grid.Map.Select(row => row.ToCharArray())];
        foreach (IGrouping<int, int> cell in Enumerable.Range(0, mdp.States).Where(s => grid.CellOfState[s] >= 0).GroupBy(s => grid.CellOfState[s]))
            if (cell.Count() == 1 && !mdp.IsTerminal(cell.First()) && Likeliest(policy, cell.First()) is int action)
                picture[cell.Key / grid.Columns][cell.Key % grid.Columns] = _signs[labels[action]];
        return picture.Select(row => new string(row));
    }

    private static int? Likeliest(Policy policy, int state)
    {
        ReadOnlySpan<double> row = policy.LogProbabilities.Row(state);
        int best = 0;
        for (int a = 1; a < row.Length; a++)
            if (row[a] > row[best]) best = a;
        for (int a = 0; a < row.Length; a++)
            if (a != best && row[a] >= row[best] - SameLikelihood) return null;
        return best;
    }
}
