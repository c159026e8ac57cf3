namespace Rift.Mdp;

/// <summary>A seeded random stream that can be split into independent ones: the only source of randomness in the toolkit.</summary>
/// <remarks>
/// SplitMix64 (Steele, Lea and Flood 2014): 64 bits of state and an odd increment per stream, period 2^64. A seed means the same
/// numbers on every machine and in every version. Not for cryptography. Not safe to share between threads: split one per thread.
/// </remarks>
public sealed class SplittableRandom
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    private readonly ulong _gamma;
    private ulong _state;

    /// <summary>The stream of a seed.</summary>
    /// <param name="seed">The seed, any number.</param>
    public SplittableRandom(long seed)
        : this(Mix((ulong)seed + GoldenGamma), GoldenGamma)
    {
    }

    private SplittableRandom(ulong state, ulong gamma)
    {
        _state = state;
        _gamma = gamma;
    }

    /// <summary>The stream number <paramref name="index"/> of a seed: the same whatever other streams were taken.</summary>
    /// <param name="seed">The seed, any number.</param>
    /// <param name="index">The number of the stream.</param>
    public static SplittableRandom Stream(long seed, long index) => new((long)Mix((ulong)seed ^ Mix((ulong)index + GoldenGamma)));

    /// <summary>A new stream, independent of what follows in this one.</summary>
    public SplittableRandom Split()
    {
        ulong state = NextBits();
        ulong gamma = Mix(NextBits()) | 1;
        // An increment with long runs of equal bits gives a weak stream: break the runs.
        if (ulong.PopCount(gamma ^ (gamma >> 1)) < 24) gamma ^= 0xAAAAAAAAAAAAAAAA;
        return new SplittableRandom(state, gamma);
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += _gamma);

    /// <summary>A uniform number in [0, 1): a multiple of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform number in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The least number, finite.</param>
    /// <param name="high">The end of the range, not reached; finite and above the least.</param>
    public double NextDouble(double low, double high) => Math.Min(low + ((high - low) * NextDouble()), double.BitDecrement(high));

    /// <summary>A uniform integer in 0 .. <paramref name="count"/> - 1, without bias.</summary>
    /// <param name="count">Number of integers, at least 1.</param>
    public int NextInt(int count)
    {
        Require.Positive(count, nameof(count));
        ulong n = (ulong)count, high = Math.BigMul(NextBits(), n, out ulong low);
        if (low < n)
            for (ulong threshold = unchecked(0UL - n) % n; low < threshold;)
                high = Math.BigMul(NextBits(), n, out low);
        return (int)high;
    }

    /// <summary>A number with the exponential distribution of mean 1; always positive.</summary>
    public double NextExponential() => -Math.Log(1 - (((NextBits() >> 12) + 0.5) * (1.0 / (1UL << 52))));

    /// <summary>A number with the standard normal distribution (Box and Muller 1958).</summary>
    public double NextNormal() => Math.Sqrt(2 * NextExponential()) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>A point drawn uniformly from the simplex: probabilities that are positive and sum to one.</summary>
    /// <param name="count">Number of probabilities, at least 1.</param>
    public double[] NextDistribution(int count)
    {
        double[] weights = new double[Require.Positive(count, nameof(count))];
        double sum = 0;
        for (int i = 0; i < count; i++) sum += weights[i] = NextExponential();
        for (int i = 0; i < count; i++) weights[i] /= sum;
        return weights;
    }

    /// <summary>An index drawn with the given probabilities; the last positive one takes what rounding leaves over.</summary>
    /// <param name="probabilities">Numbers that are not negative and sum to one.</param>
    /// <exception cref="ArgumentException">No probability is positive.</exception>
    public int NextIndex(ReadOnlySpan<double> probabilities)
    {
        double left = NextDouble();
        int last = -1;
        for (int i = 0; i < probabilities.Length; i++)
        {
            if (!(probabilities[i] > 0)) continue;
            last = i;
            left -= probabilities[i];
            if (left < 0) break;
        }

        return last >= 0 ? last : throw new ArgumentException("found no positive probability, expected at least one", nameof(probabilities));
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
