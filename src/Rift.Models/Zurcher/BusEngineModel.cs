using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>The bus engine replacement model of Rust (1987): a soft Markov decision process at temperature 1.</summary>
/// <remarks>
/// State: mileage since the last replacement, in bins of 5,000 miles. Action 0 keeps the engine and pays <c>-0.001 theta11 x</c> with x the number of the bin; action 1 replaces it, pays
/// <c>-RC</c>, and the engine runs from zero. A month adds j bins with probability theta3j, in the last bin it stays. The extreme-value errors of the paper are the entropy
/// of the soft optimum; their means, Euler's constant a month, are left out, which changes no decision. The initial state is a new engine.
/// </remarks>
public static class BusEngineModel
{
    /// <summary>The factor of theta11: what one unit of it costs a month in each bin.</summary>
    public const double CostScale = 0.001;

    /// <summary>The discount of a month in the paper.</summary>
    public const double Discount = 0.9999;

    /// <summary>The model with unknown costs RC and theta11 and unknown probabilities of the increments.</summary>
    /// <param name="largestIncrement">The largest increment, at least 1: one probability less is a parameter, the last is what is left.</param>
    /// <param name="discount">gamma.</param>
    public static LinearProcess Unknown(int largestIncrement = 2, double discount = Discount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestIncrement, 1);
        TransitionOutcome[] outcomes = [.. Enumerable.Range(0, largestIncrement + 1).Select(j => new TransitionOutcome(string.Create(CultureInfo.InvariantCulture, $"theta3{j}"), After(j)))];
        return new LinearProcess(Frame(outcomes[0].Kernel, discount), Features, outcomes);
    }

    /// <summary>The model with unknown costs where the probabilities of the increments are known.</summary>
    /// <param name="increments">theta3j for j = 0, 1, ...: probabilities that sum to one.</param>
    /// <param name="discount">gamma.</param>
    /// <exception cref="InvalidModelException">The probabilities are none.</exception>
    public static LinearProcess UnknownCosts(IReadOnlyList<double> increments, double discount = Discount) => new(Frame(Kernel(increments), discount), Features);

    /// <summary>The model at given costs.</summary>
    /// <param name="replacementCost">RC.</param>
    /// <param name="operatingCost">theta11.</param>
    /// <param name="increments">theta3j for j = 0, 1, ....</param>
    /// <param name="discount">gamma.</param>
    public static MarkovDecisionProcess Create(double replacementCost, double operatingCost, IReadOnlyList<double> increments, double discount = Discount) =>
        UnknownCosts(increments, discount).At([replacementCost, operatingCost]);

    private static RewardFeature[] Features { get; } =
    [
        new("RC", Table((_, action) => action == 1 ? -1 : 0)),
        new("theta11", Table((bin, action) => action == 0 ? -CostScale * bin : 0)),
    ];

    private static StateActionTable Table(Func<int, int, double> entry) => StateActionTable.Create(BusEngineCounts.Bins, 2, entry);

    private static SparseKernel After(int increment) => Kernel([.. Enumerable.Repeat(0.0, increment), 1]);

    private static SparseKernel Kernel(IReadOnlyList<double> increments)
    {
        ArgumentNullException.ThrowIfNull(increments);
        TransitionKernelBuilder builder = new(BusEngineCounts.Bins, 2);
        for (int bin = 0; bin < BusEngineCounts.Bins; bin++)
        {
            for (int j = 0; j < increments.Count; j++)
            {
                builder.Add(bin, 0, Math.Min(bin + j, BusEngineCounts.Bins - 1), increments[j]);
                builder.Add(bin, 1, Math.Min(j, BusEngineCounts.Bins - 1), increments[j]);
            }
        }

        return builder.Build();
    }

    private static MarkovDecisionProcess Frame(TransitionKernel kernel, double discount)
    {
        double[] start = new double[BusEngineCounts.Bins];
        start[0] = 1;
        return new MarkovDecisionProcess(kernel, Table((_, _) => 0), start, discount, new ModelDescription
        {
            StateLabels = [.. Enumerable.Range(0, BusEngineCounts.Bins).Select(bin => string.Create(CultureInfo.InvariantCulture, $"{bin * BusEngineCounts.BinWidth} miles"))],
            ActionLabels = ["keep", "replace"],
            Notes = "Bus engine replacement (Rust 1987)",
        });
    }
}
