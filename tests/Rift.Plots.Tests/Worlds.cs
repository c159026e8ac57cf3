using Rift.Mdp;

namespace Rift.Plots.Tests;

/// <summary>The worlds that the tests draw.</summary>
internal static class Worlds
{
    public static readonly string[] Lake = ["SFFF", "FHFH", "FF#H", "HFFG"];

    private static readonly string[] _directions = ["left", "DOWN", "Right", "up", "stay"];
    private static readonly (int Row, int Column)[] _steps = [(0, -1), (1, 0), (0, 1), (-1, 0), (0, 0)];

    /// <summary>A map with the start S, pits H, walls # and the goal G: a step goes astray to either side with probability 0.1; entering G pays 1, entering H costs 1, a step costs 0.01.</summary>
    public static MarkovDecisionProcess Grid(IReadOnlyList<string> map, IReadOnlyList<string>? actionLabels = null)
    {
        int columns = map[0].Length;
        int[] cells = [.. Enumerable.Range(0, map.Count * columns).Where(cell => At(cell) != '#')];
        TransitionKernelBuilder builder = new(cells.Length, _steps.Length);
        double[,] reward = new double[cells.Length, _steps.Length];
        for (int s = 0; s < cells.Length; s++)
        {
            bool end = At(cells[s]) is 'H' or 'G';
            for (int a = 0; a < (end ? 1 : _steps.Length); a++)
            {
                foreach ((int turn, double probability) in end || a == 4 ? [(0, 1.0)] : new[] { (0, 0.8), (1, 0.1), (3, 0.1) })
                {
                    int next = end ? s : Array.IndexOf(cells, Step(cells[s], a == 4 ? 4 : (a + turn) % 4));
                    builder.Add(s, a, next, probability);
                    if (!end) reward[s, a] += probability * (At(cells[next]) switch { 'G' => 1, 'H' => -1, _ => -0.01 });
                }
            }
        }

        double[] initial = new double[cells.Length];
        initial[Math.Max(0, Array.FindIndex(cells, cell => At(cell) == 'S'))] = 1;
        ModelDescription description = new() { Name = "A lake with a wall", Grid = new GridGeometry(map, cells), ActionLabels = actionLabels ?? _directions };
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Create(cells.Length, _steps.Length, (s, a) => reward[s, a]), initial, 0.95, description);

        char At(int cell) => map[cell / columns][cell % columns];

        int Step(int cell, int direction)
        {
            int row = (cell / columns) + _steps[direction].Row, column = (cell % columns) + _steps[direction].Column;
            int next = (row * columns) + column;
            return row < 0 || row >= map.Count || column < 0 || column >= columns || At(next) == '#' ? cell : next;
        }
    }

    /// <summary>A chain: stay for nothing, or step to the right for a reward that grows in waves.</summary>
    public static MarkovDecisionProcess Chain(int states)
    {
        TransitionKernelBuilder builder = new(states, 2);
        double[] initial = new double[states];
        initial[0] = 1;
        for (int s = 0; s < states; s++)
        {
            builder.Add(s, 0, s, 1);
            builder.Add(s, 1, Math.Min(s + 1, states - 1), 0.9).Add(s, 1, Math.Max(s - 1, 0), 0.1);
        }

        StateActionTable reward = StateActionTable.Create(states, 2, (s, a) => a * Math.Sin(20.0 * s / states));
        return new MarkovDecisionProcess(builder.Build(), reward, initial, 0.9);
    }

    public static SoftSolution Solved(this MarkovDecisionProcess mdp, double temperature = 0.05, SoftAlgorithm? algorithm = null) => new SoftProblem(mdp, temperature).Solve(algorithm ?? new ValueIteration());

    public static IReadOnlyList<LedgerMark> Ledger { get; } =
    [
        new("(10)", "Gradient of Psi is the visitation difference", 3.1e-14, 6.4e-12, true),
        new("4.1", "Residual Q-learning at prior scale one is fine-tuning", 0, 2.2e-13, true),
        new("A.1", "Psi is an optimality gap", 8.8e-15, 4.1e-13, true),
        new("A.5", "State-based interventions give a potential, and so on for a title that is too long to be shown", 2e-16, 3e-15, true),
        new("F7", "The limit of temperature zero is lexicographic", 2.5e-9, 1e-8, true),
    ];

    public static Figure Difference()
    {
        List<DifferenceError> errors = [];
        for (double exponent = -13; exponent <= -0.9; exponent += 0.25)
        {
            double h = Math.Pow(10, exponent);
            errors.Add(new DifferenceError(h, Math.Abs(((Math.Exp(1 + h) - Math.Exp(1 - h)) / (2 * h)) - Math.E)));
        }

        return DifferenceFigure.Of("The derivative of exp at 1", errors, Math.E / 6, Math.E * Math.Pow(2, -53));
    }
}
