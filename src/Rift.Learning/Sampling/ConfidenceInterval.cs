using MathNet.Numerics.Distributions;

namespace Rift.Learning;

/// <summary>An estimate and an interval that covers the truth with at least, or about, a given probability.</summary>
/// <param name="Estimate">The estimate; NaN without data.</param>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end.</param>
/// <param name="Level">The probability of covering the truth, over repetitions of the sampling.</param>
public readonly record struct ConfidenceInterval(double Estimate, double Low, double High, double Level)
{
    /// <summary>The level where none is given: 0.95.</summary>
    public const double DefaultLevel = 0.95;

    /// <summary>Whether a number lies in the interval, its ends included.</summary>
    /// <param name="number">The number.</param>
    public bool Covers(double number) => number >= Low && number <= High;

    /// <summary>A probability from a count, by Clopper and Pearson (1934): each end leaves out at most half of 1 - level, for every true probability and every number of trials.</summary>
    /// <param name="successes">From 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">Number of independent trials; for 0 the interval is all of [0, 1].</param>
    /// <param name="level">Between 0 and 1.</param>
    /// <exception cref="ArgumentException">A count or the level is out of range.</exception>
    public static ConfidenceInterval OfProportion(long successes, long trials, double level = DefaultLevel)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        if (successes < 0 || successes > trials) throw new ArgumentOutOfRangeException(nameof(successes), successes, "expected a number from 0 to the number of trials");
        double tail = Tail(level);
        if (trials == 0) return new ConfidenceInterval(double.NaN, 0, 1, level);
        // The ends are quantiles of the beta distribution; where one parameter is 1 they have a closed form.
        long failures = trials - successes;
        double low = successes == 0 ? 0 : failures == 0 ? Math.Pow(tail, 1.0 / trials) : Beta.InvCDF(successes, failures + 1, tail);
        double high = failures == 0 ? 1 : successes == 0 ? -double.ExpM1(Math.Log(tail) / trials) : Beta.InvCDF(successes + 1, failures, 1 - tail);
        return new ConfidenceInterval((double)successes / trials, low, high, level);
    }

    /// <summary>An expectation from a sample, by Student's t: exact for normal data, and in the limit of many for any with a variance.</summary>
    /// <param name="sample">Independent draws; fewer than two bound nothing.</param>
    /// <param name="level">Between 0 and 1.</param>
    public static ConfidenceInterval OfMean(IEnumerable<double> sample, double level = DefaultLevel)
    {
        ArgumentNullException.ThrowIfNull(sample);
        double tail = Tail(level), mean = 0, squares = 0;
        long count = 0;
        foreach (double x in sample)
        {
            // The recurrence of Welford (1962): no cancellation where the spread is small beside the mean.
            double before = x - mean;
            mean += before / ++count;
            squares += before * (x - mean);
        }

        if (count < 2) return new ConfidenceInterval(count == 0 ? double.NaN : mean, double.NegativeInfinity, double.PositiveInfinity, level);
        double reach = StudentT.InvCDF(0, 1, count - 1, 1 - tail) * Math.Sqrt(squares / (count - 1) / count);
        return new ConfidenceInterval(mean, mean - reach, mean + reach, level);
    }

    /// <summary>The interval of a number times a factor that is not negative.</summary>
    /// <param name="factor">The factor, at least 0.</param>
    public ConfidenceInterval Scaled(double factor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(factor);
        return this with { Estimate = factor * Estimate, Low = factor * Low, High = factor * High };
    }

    private static double Tail(double level) => level is > 0 and < 1 ? (1 - level) / 2 : throw new ArgumentOutOfRangeException(nameof(level), level, "expected a number between 0 and 1");
}
