namespace Rift.Theory;

/// <summary>How many cases of a statement have a gap of which size, relative to the gap allowed in the case: counts by decades of gap/bound.</summary>
/// <remarks>Every case is counted once: <see cref="Zero"/>, one of <see cref="Decades"/>, or <see cref="Above"/>. Immutable.</remarks>
public sealed class GapHistogram
{
    /// <summary>Number of decades: the last one holds all that is smaller.</summary>
    public const int DecadeCount = 10;

    private readonly int[] _decades = new int[DecadeCount];

    /// <summary>Counts the ratios of some identities.</summary>
    /// <param name="identities">The gaps to count, each as a share of its bound.</param>
    public GapHistogram(params IEnumerable<Identity> identities)
    {
        ArgumentNullException.ThrowIfNull(identities);
        foreach (Identity identity in identities)
        {
            if (!identity.Holds) Above++;
            else if (identity.Gap == 0) Zero++;
            else _decades[Math.Min((int)-Math.Log10(identity.Ratio), DecadeCount - 1)]++;
        }
    }

    /// <summary>Number of cases that hold without any gap.</summary>
    public int Zero { get; }

    /// <summary>At index k the number of cases with gap/bound from above 10^-(k+1) to 10^-k; at the last index, of all smaller ones that are not zero too.</summary>
    public IReadOnlyList<int> Decades => _decades;

    /// <summary>Number of cases that do not hold: the gap is above the bound, or either is not a number.</summary>
    public int Above { get; }

    /// <summary>Number of cases.</summary>
    public int Total => Zero + Decades.Sum() + Above;
}
