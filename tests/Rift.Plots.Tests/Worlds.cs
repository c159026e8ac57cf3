using Rift.Mdp;
using Rift.Models;
using Rift.Theory;

namespace Rift.Plots.Tests;

/// <summary>What the tests draw.</summary>
internal static class Worlds
{
    /// <summary>A small map with a wall, pits and a goal.</summary>
    public static MarkovDecisionProcess Garden { get; } = new GridWorld { Map = ["S...", ".X.X", "..#X", "X..G"] }.ToModel().WithDiscount(0.95);

    /// <summary>A chain: stay for nothing, or step to the right for a reward that comes in waves.</summary>
    public static MarkovDecisionProcess Waves(int states)
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

    public static SoftSolution Solved(this MarkovDecisionProcess mdp, double temperature = 0.02, SoftAlgorithm? algorithm = null) =>
        new SoftProblem(mdp, temperature).Solve(algorithm ?? new ValueIteration());

    /// <summary>Every statement on three random scenarios.</summary>
    public static IReadOnlyList<LedgerRow> Ledger { get; } = Theory.Ledger.Run(
        Statement.All,
        [.. Enumerable.Range(0, 3).Select(i => new LedgerCase($"garnet {i}", () => RandomScenario.On($"garnet {i}", Garnet.Create(6, 3, 2, seed: i), 0.5, SplittableRandom.Stream(7, i))))]).Rows;

    /// <summary>exp differentiated at 1, where f''' = e and one evaluation errs by half an ulp of e.</summary>
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
