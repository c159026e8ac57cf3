using System.Globalization;

namespace Rift.Experiments;

/// <summary>A number for each seed, and what a mean over seeds is worth.</summary>
public sealed class Sample
{
    private readonly SortedDictionary<int, double> _values;

    internal Sample(SortedDictionary<int, double> values, bool isDrawn, double errorBound)
    {
        _values = values;
        IsDrawn = isDrawn;
        ErrorBound = errorBound;
    }

    /// <summary>The numbers in the order of their seeds, at least one.</summary>
    public IEnumerable<double> Values => _values.Values;

    /// <summary>How many numbers.</summary>
    public int Count => _values.Count;

    /// <summary>Whether there is chance in it; otherwise it is one number.</summary>
    public bool IsDrawn { get; }

    /// <summary>Each number is within this of the exact one.</summary>
    public double ErrorBound { get; }

    /// <summary>The mean over seeds.</summary>
    public double Mean => Values.Average();

    /// <summary>The standard deviation over seeds, 0 for a single one.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean;
            return Count < 2 ? 0 : Math.Sqrt(Values.Sum(value => (value - mean) * (value - mean)) / (Count - 1));
        }
    }

    /// <summary>The standard error of the mean, 0 for a single number.</summary>
    public double StandardError => Deviation / Math.Sqrt(Count);

    /// <summary>The least number.</summary>
    public double Least => Values.Min();

    /// <summary>The largest number.</summary>
    public double Largest => Values.Max();

    /// <summary>The number below which a share of the seeds lies, between neighbours on a straight line.</summary>
    /// <param name="share">The share; what is outside 0 to 1 is taken for the nearer end.</param>
    public double Quantile(double share)
    {
        double[] sorted = [.. Values.Order()];
        double place = Math.Clamp(share, 0, 1) * (sorted.Length - 1);
        int below = (int)place, above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Differences, seed by seed; a sample without chance is the same for every seed.</summary>
    /// <exception cref="ArgumentException">Both are drawn, and a seed is missing in one.</exception>
    public static Sample operator -(Sample left, Sample right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        Sample seeds = left.IsDrawn ? left : right;
        SortedDictionary<int, double> differences = [];
        foreach (int seed in seeds._values.Keys) differences[seed] = left.At(seed) - right.At(seed);
        if (left.IsDrawn && right.IsDrawn && left.Count != right.Count) throw new ArgumentException($"found {left.Count} and {right.Count} seeds, expected the same");
        return new Sample(differences, left.IsDrawn || right.IsDrawn, left.ErrorBound + right.ErrorBound);
    }

    /// <summary>0.935 ± 0.004: the mean and its standard error; without chance the number alone.</summary>
    public override string ToString() => IsDrawn && Count > 1 ? string.Create(CultureInfo.InvariantCulture, $"{Mean:0.000} ± {StandardError:0.000}") : string.Create(CultureInfo.InvariantCulture, $"{Mean:0.000}");

    private double At(int seed) => !IsDrawn ? _values.Values.First() : _values.TryGetValue(seed, out double value) ? value : throw new ArgumentException($"found no number for seed {seed}, expected one for every seed of the other side");
}
