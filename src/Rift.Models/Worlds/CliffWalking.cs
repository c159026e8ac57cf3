using Rift.Mdp;

namespace Rift.Models;

/// <summary>Gymnasium's CliffWalking-v1: walk along a cliff to the goal (Sutton and Barto 2018, Example 6.6).</summary>
/// <remarks>
/// <para>States: the cells <c>row * 12 + column</c> of the map, then the end. The cells of the cliff and the goal are listed, as in Gymnasium, but never
/// entered: a step into the cliff C leads back to the start S, a step onto the goal G to the end. Actions: 0 up, 1 right, 2 down, 3 left. Rewards: -1 a
/// step, -100 into the cliff. End: the goal.</para>
/// <para>Where it is slippery, the intended direction and the two perpendicular ones have probability 1/3 each. Gymnasium has no discount and sets no
/// time limit; the evaluation horizon of 100 steps is ours.</para>
/// </remarks>
public static class CliffWalking
{
    private static readonly string[] _map = ["............", "............", "............", "SCCCCCCCCCCG"];
    private static readonly (int Rows, int Columns)[] _moves = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    /// <summary>The world.</summary>
    /// <param name="slippery">Whether a move may go sideways.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    public static MarkovDecisionProcess Create(bool slippery = false, double discount = 0.99)
    {
        TextMap map = new(_map, ".SCG");
        int start = map.All('S')[0];
        OutcomeTable table = new(map.Cells, _moves.Length);
        for (int cell = 0; cell < map.Cells; cell++)
        {
            for (int a = 0; a < _moves.Length; a++)
            {
                int[] directions = slippery ? [(a + 3) % 4, a, (a + 1) % 4] : [a];
                foreach (int direction in directions)
                {
                    int next = map.Step(cell, _moves[direction]);
                    table.Add(cell, a, map[next] == 'C'
                        ? new Outcome(1.0 / directions.Length, start, -100, Terminated: false)
                        : new Outcome(1.0 / directions.Length, next, -1, Terminated: map[next] == 'G', Success: map[next] == 'G'));
                }
            }
        }

        return table.Build(table.UniformOver([start]), discount, new ModelDescription
        {
            StateLabels = [.. Enumerable.Range(0, map.Cells).Select(cell => map.Label(cell, ground: '.'))],
            ActionLabels = ["up", "right", "down", "left"],
            Grid = new GridGeometry(map.Rows, [.. Enumerable.Range(0, map.Cells)]),
            EvaluationHorizon = 100,
            Notes = slippery ? "Gymnasium CliffWalking-v1, slippery" : "Gymnasium CliffWalking-v1",
        });
    }
}
