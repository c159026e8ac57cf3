using Rift.Mdp;

namespace Rift.Models;

/// <summary>The 5 x 5 grid of Sutton and Barto (2018, Example 3.5): two cells from which every action leaps away with a reward.</summary>
/// <remarks>
/// States: the cells in reading order. Actions: 0 north, 1 south, 2 east, 3 west. A move off the grid stays and costs 1. From A, cell (0,1), every action leads to
/// (4,1) with reward 10; from B, cell (0,3), to (2,3) with reward 5. Other moves give 0. Nothing ends. The book names no start; ours is uniform.
/// </remarks>
public static class SuttonBartoGrid
{
    private static readonly string[] _map = [".A.B.", ".....", ".....", ".....", "....."];
    private static readonly (int Rows, int Columns)[] _moves = [(-1, 0), (1, 0), (0, 1), (0, -1)];

    /// <summary>The grid.</summary>
    /// <param name="discount">gamma, at least 0 and below 1; the book has 0.9.</param>
    public static MarkovDecisionProcess Create(double discount = 0.9)
    {
        TextMap map = new(_map, ".AB");
        OutcomeTable table = new(map.Cells, _moves.Length);
        int[] cells = [.. Enumerable.Range(0, map.Cells)];
        foreach (int cell in cells)
        {
            for (int a = 0; a < _moves.Length; a++)
            {
                int next = map.Step(cell, _moves[a]);
                (next, double reward) = map[cell] switch
                {
                    'A' => ((4 * map.Columns) + 1, 10),
                    'B' => ((2 * map.Columns) + 3, 5),
                    _ => (next, next == cell ? -1 : 0),
                };
                table.Add(cell, a, 1, next, reward);
            }
        }

        return table.Build(table.UniformOver(cells), discount, new ModelDescription
        {
            StateLabels = [.. cells.Select(cell => map.Label(cell, ground: '.'))],
            ActionLabels = ["north", "south", "east", "west"],
            Grid = new GridGeometry(map.Rows, cells),
            EvaluationHorizon = 100,
            Notes = "Sutton and Barto, Reinforcement Learning, 2nd edition 2018, Example 3.5",
        });
    }
}
