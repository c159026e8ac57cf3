using Rift.Mdp;

namespace Rift.Models;

/// <summary>Gymnasium's FrozenLake-v1: cross the ice from S to G, and do not fall into a hole.</summary>
/// <remarks>
/// <para>States: the cells <c>row * columns + column</c> of the map, then the end. Actions: 0 left, 1 down, 2 right, 3 up. Start: the cells S, equally likely.
/// Rewards: 1 for arriving at G, else 0. Ends: G and the holes H; they are listed states whose every action leads to the end.</para>
/// <para>On slippery ice the intended direction has probability 1/3, and each perpendicular one (1 - 1/3)/2: the doubles of Gymnasium's current table, which
/// earlier versions wrote as 1/3 throughout. Gymnasium has no discount; its time limits, 100 steps on the 4 x 4 map and 200 on
/// the 8 x 8 map, are the evaluation horizons: 100 up to 16 cells, 200 above.</para>
/// </remarks>
public static class FrozenLake
{
    /// <summary>Gymnasium's map of 16 cells.</summary>
    public static IReadOnlyList<string> Map4x4 { get; } = ["SFFF", "FHFH", "FFFH", "HFFG"];

    /// <summary>Gymnasium's map of 64 cells.</summary>
    public static IReadOnlyList<string> Map8x8 { get; } = ["SFFFFFFF", "FFFFFFFF", "FFFHFFFF", "FFFFFHFF", "FFFHFFFF", "FHHFFFHF", "FHFFHFHF", "FFFHFFFG"];

    private static readonly (int Rows, int Columns)[] _moves = [(0, -1), (1, 0), (0, 1), (-1, 0)];

    /// <summary>The lake of a map.</summary>
    /// <param name="map">Rows of equal length made of S start, F ice, H hole, G goal; at least one S.</param>
    /// <param name="slippery">Whether a move may go sideways.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <exception cref="ArgumentException">The map is ragged, has another character or no start, or the discount is out of range.</exception>
    public static MarkovDecisionProcess Create(IReadOnlyList<string> map, bool slippery = true, double discount = 0.99)
    {
        TextMap lake = new(map, "SFHG");
        int[] starts = lake.All('S');
        if (starts.Length == 0) throw new ArgumentException("found no S on the map, expected at least one start", nameof(map));
        OutcomeTable table = new(lake.Cells, _moves.Length);
        const double intended = 1.0 / 3.0, sideways = (1.0 - intended) / 2.0;
        for (int cell = 0; cell < lake.Cells; cell++)
        {
            for (int a = 0; a < _moves.Length; a++)
            {
                if (lake[cell] is 'H' or 'G')
                {
                    table.Add(cell, a, new Outcome(1, cell, 0, Terminated: true));
                }
                else if (slippery)
                {
                    Go(cell, a, (a + 3) % 4, sideways);
                    Go(cell, a, a, intended);
                    Go(cell, a, (a + 1) % 4, sideways);
                }
                else
                {
                    Go(cell, a, a, 1);
                }
            }
        }

        return table.Build(table.UniformOver(starts), discount, new ModelDescription
        {
            StateLabels = [.. Enumerable.Range(0, lake.Cells).Select(cell => lake.Label(cell, ground: 'F'))],
            ActionLabels = ["left", "down", "right", "up"],
            Grid = new GridGeometry(lake.Rows, [.. Enumerable.Range(0, lake.Cells)]),
            EvaluationHorizon = lake.Cells <= 16 ? 100 : 200,
            Notes = slippery ? "Gymnasium FrozenLake-v1, slippery" : "Gymnasium FrozenLake-v1, not slippery",
        });

        void Go(int cell, int action, int direction, double probability)
        {
            int next = lake.Step(cell, _moves[direction]);
            table.Add(cell, action, new Outcome(probability, next, lake[next] == 'G' ? 1 : 0, Terminated: lake[next] is 'H' or 'G', Success: lake[next] == 'G'));
        }
    }
}
