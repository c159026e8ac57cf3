using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The bootstrap of Efron (1979): fits of data drawn with replacement, for errors that assume no large sample.</summary>
/// <remarks>Each fit starts from the estimate and its V, and ends within 1e-4 standard errors of its maximum. What comes out depends on the seed alone, not on the threads.</remarks>
public sealed record Bootstrap
{
    // In standard errors: a thousand fits know theirs to no more than two digits.
    private const double CloseEnough = 1e-4;

    /// <summary>Number of fits. Default: 1000.</summary>
    public int Replications { get; init; } = 1000;

    /// <summary>The seed. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>Fits again and again.</summary>
    /// <param name="estimate">The estimate to judge.</param>
    /// <param name="execution">Threads and cancellation; null for one thread and none.</param>
    /// <returns>The estimates of the fits that converged, and how many did not.</returns>
    /// <exception cref="InvalidOperationException">There is nothing to draw from: the data are a policy, or no whole numbers.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BootstrapResult Run(RewardEstimate estimate, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        ArgumentOutOfRangeException.ThrowIfLessThan(Replications, 1);
        if (estimate.Data.IsPopulation) throw new InvalidOperationException("found the occupancy of a policy, expected demonstrations to draw from");
        execution ??= Execution.Default;
        double[]?[] found = new double[]?[Replications];
        MaximumLikelihood fit = estimate.Fit with { Tolerance = Math.Max(estimate.Fit.Tolerance, CloseEnough) };
        double[] values = estimate.Solution.Values.ToArray(), start = [.. estimate.Point];
        Parallel.For(0, Replications, new ParallelOptions { MaxDegreeOfParallelism = execution.Threads, CancellationToken = execution.Cancellation }, i =>
        {
            Demonstrations drawn = estimate.Data.Resampled(SplittableRandom.Stream(Seed, i));
            if (drawn.OutcomeCounts.Any(table => table.Sum() == 0)) return;
            RewardEstimate again = fit.Fit(estimate.Process, drawn, start, values, estimate.Identification, CancellationToken.None);
            if (again.Outcome == FitOutcome.Converged) found[i] = [.. again.Point];
        });
        return new BootstrapResult(estimate, [.. found.Where(point => point is not null).Select(point => point!)], found.Count(point => point is null));
    }
}

/// <summary>What a bootstrap found.</summary>
/// <param name="Estimate">The estimate that was judged.</param>
/// <param name="Points">The points of the fits that converged.</param>
/// <param name="Failures">The number of fits that did not: drawn data without a maximum.</param>
public sealed record BootstrapResult(RewardEstimate Estimate, IReadOnlyList<IReadOnlyList<double>> Points, int Failures)
{
    /// <summary>The standard deviation of a parameter over the fits; not a number with fewer than two, or where the parameter is not identified.</summary>
    /// <param name="parameter">Which one, from 0.</param>
    public double StandardError(int parameter)
    {
        if (Points.Count < 2 || !IsKnown(parameter)) return double.NaN;
        double mean = Points.Average(point => point[parameter]);
        return Math.Sqrt(Points.Sum(point => (point[parameter] - mean) * (point[parameter] - mean)) / (Points.Count - 1));
    }

    /// <summary>The 95 % percentile interval of a parameter; not numbers without a fit, or where the parameter is not identified.</summary>
    /// <param name="parameter">Which one, from 0.</param>
    public (double Lower, double Upper) Interval(int parameter)
    {
        double[] sorted = [.. Points.Select(point => point[parameter]).Order()];
        return sorted.Length == 0 || !IsKnown(parameter) ? (double.NaN, double.NaN) : (Quantile(sorted, 0.025), Quantile(sorted, 0.975));
    }

    private bool IsKnown(int parameter) => Estimate.Fit.Ridge > 0 || Estimate.Identification.Sees(parameter);

    // Linear between the order statistics.
    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
