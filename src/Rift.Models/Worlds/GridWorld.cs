using Rift.Mdp;

namespace Rift.Models;

/// <summary>A grid world drawn in text: find the goal on slippery or windy ground between walls and pits.</summary>
/// <remarks>
/// <para>Map: <c>.</c> ground, <c>S</c> start, <c>#</c> wall, <c>X</c> pit, <c>G</c> goal. States: the cells of ground and the starts in reading order, then
/// the end. Actions: 0 up, 1 right, 2 down, 3 left and, where one may, 4 stay. Start: the cells S, equally likely.</para>
/// <para>A move goes as intended with probability 1 - slip and to either side with slip/2; who would leave the map or walk into a wall stays. Staying does
/// not slip. After each action, staying included, the wind blows one cell down with probability <see cref="Wind"/>, unless the action ended the episode.
/// Each step costs <see cref="StepReward"/>; the step into a pit or onto the goal gives <see cref="PitReward"/> or <see cref="GoalReward"/> besides, and ends
/// the episode.</para>
/// </remarks>
public sealed record GridWorld
{
    private static readonly (int Rows, int Columns)[] _moves = [(-1, 0), (0, 1), (1, 0), (0, -1)];

    /// <summary>The rows of the map, the northernmost first, of equal length; at least one S.</summary>
    public required IReadOnlyList<string> Map { get; init; }

    /// <summary>The probability that a move goes sideways, half of it to each side; 0 to 1. Default 0.1.</summary>
    public double Slip { get; init; } = 0.1;

    /// <summary>The probability that the wind blows one cell down after an action; 0 to 1. Default 0.</summary>
    public double Wind { get; init; }

    /// <summary>The reward of every step. Default -0.01.</summary>
    public double StepReward { get; init; } = -0.01;

    /// <summary>The reward of arriving at a goal, added to that of the step. Default 1.</summary>
    public double GoalReward { get; init; } = 1;

    /// <summary>The reward of falling into a pit, added to that of the step. Default -1.</summary>
    public double PitReward { get; init; } = -1;

    /// <summary>Whether there is a fifth action that stays. Default true.</summary>
    public bool CanStay { get; init; } = true;

    /// <summary>gamma, at least 0 and below 1. Default 0.99.</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>The number of steps after which success is evaluated, or null. Default 100.</summary>
    public int? EvaluationHorizon { get; init; } = 100;

    /// <summary>Pits12: 12 x 12 cells, 17 pits, slip 0.1; 127 states, evaluated after 100 steps.</summary>
    public static GridWorld Pits12 { get; } = new()
    {
        Map =
        [
            "S.....X.....",
            "....X.......",
            ".X.....X..X.",
            "............",
            "...X..X.....",
            ".X.......X..",
            ".....X......",
            "..X......X..",
            ".......X....",
            "..X.X.......",
            "......X..X..",
            "...........G",
        ],
    };

    /// <summary>Four rooms with pits: 11 x 11 cells, slip 0.1; 97 states, evaluated after 100 steps. The rooms are those of Sutton, Precup and Singh (1999).</summary>
    public static GridWorld FourRooms { get; } = new()
    {
        Map =
        [
            "S....#.....",
            ".....#.....",
            "...X....X..",
            ".....#.....",
            "..X..#.....",
            "#.####...X.",
            ".....###.##",
            ".....#.....",
            "..X..#..X..",
            "...........",
            "....X#....G",
        ],
    };

    /// <summary>A cliff walk without slip, where the wind blows towards the cliff with probability 0.1: 38 states, evaluated after 60 steps.</summary>
    public static GridWorld WindyCliff { get; } = new()
    {
        Map = ["............", "............", "............", "SXXXXXXXXXXG"],
        Slip = 0,
        Wind = 0.1,
        EvaluationHorizon = 60,
    };

    /// <summary>The process.</summary>
    /// <exception cref="ArgumentException">The map is ragged, has an unknown character or no start, or a probability or the discount is out of range.</exception>
    public MarkovDecisionProcess ToModel()
    {
        RequireProbability(Slip, nameof(Slip));
        RequireProbability(Wind, nameof(Wind));
        TextMap map = new(Map, ".S#XG");
        int[] cells = [.. Enumerable.Range(0, map.Cells).Where(cell => map[cell] is '.' or 'S')];
        int[] starts = map.All('S');
        if (starts.Length == 0) throw new ArgumentException("found no S on the map, expected at least one start", nameof(Map));
        OutcomeTable table = new(cells.Length, CanStay ? 5 : 4);
        for (int s = 0; s < cells.Length; s++)
        {
            for (int a = 0; a < _moves.Length; a++)
            {
                Arrive(s, a, 1 - Slip, Walk(cells[s], _moves[a]));
                Arrive(s, a, Slip / 2, Walk(cells[s], _moves[(a + 1) % 4]));
                Arrive(s, a, Slip / 2, Walk(cells[s], _moves[(a + 3) % 4]));
            }

            if (CanStay) Arrive(s, 4, 1, cells[s]);
        }

        return table.Build(table.UniformOver([.. starts.Select(StateOf)]), Discount, new ModelDescription
        {
            StateLabels = [.. cells.Select(cell => map.Label(cell, ground: '.'))],
            ActionLabels = CanStay ? ["up", "right", "down", "left", "stay"] : ["up", "right", "down", "left"],
            Grid = new GridGeometry(map.Rows, cells),
            EvaluationHorizon = EvaluationHorizon,
        });

        int StateOf(int cell) => Array.BinarySearch(cells, cell);

        int Walk(int cell, (int Rows, int Columns) move) => map.Step(cell, move) is int next && map[next] != '#' ? next : cell;

        void Arrive(int state, int action, double probability, int cell)
        {
            if (map[cell] is 'X' or 'G' || Wind == 0)
            {
                Settle(state, action, probability, cell);
                return;
            }

            Settle(state, action, probability * (1 - Wind), cell);
            Settle(state, action, probability * Wind, Walk(cell, (1, 0)));
        }

        void Settle(int state, int action, double probability, int cell)
        {
            if (probability == 0) return;
            table.Add(state, action, map[cell] switch
            {
                'X' => new Outcome(probability, state, StepReward + PitReward, Terminated: true),
                'G' => new Outcome(probability, state, StepReward + GoalReward, Terminated: true, Success: true),
                _ => new Outcome(probability, StateOf(cell), StepReward, Terminated: false),
            });
        }
    }

    private static void RequireProbability(double value, string name)
    {
        if (!(value is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "expected a probability from 0 to 1");
    }
}
