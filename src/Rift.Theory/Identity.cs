using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A checked statement: two sides computed on different ways, the gap between them, and the gap that rounding and truncation allow.</summary>
/// <param name="Left">The left side, entry by entry.</param>
/// <param name="Right">The right side, entry by entry.</param>
/// <param name="Bound">The largest gap that a true statement can show, from the error analysis of both sides.</param>
public sealed record Identity(double[] Left, double[] Right, double Bound)
{
    /// <summary>What is stated of the two sides: equality, unless said otherwise.</summary>
    public Relation Relation { get; init; } = Relation.Equal;

    /// <summary>How far the entry that errs most is on the wrong side: the largest |left - right| of an equation, the largest left - right, negative where there is room, of an inequality. Not a number if any entry is not.</summary>
    public double Excess
    {
        get
        {
            double excess = double.NegativeInfinity;
            for (int i = 0; i < Left.Length; i++)
            {
                double difference = Left[i] - Right[i];
                excess = Math.Max(excess, Relation == Relation.Equal ? Math.Abs(difference) : difference);
            }

            return excess;
        }
    }

    /// <summary>By how much the statement is missed: the excess, and 0 where an inequality has room. Not a number if any entry is not.</summary>
    public double Gap => Math.Max(0, Excess);

    /// <summary>Gap over bound: at most 1 where the statement holds.</summary>
    public double Ratio => Gap == 0 ? 0 : Gap / Bound;

    /// <summary>Whether the gap is within the bound.</summary>
    public bool Holds => Gap <= Bound;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"gap {Gap:G3}, bound {Bound:G3}");

    /// <summary>States that two numbers are equal: they may differ by their error bounds.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Identity Equal(CertifiedNumber left, CertifiedNumber right) => Of(left.Value, right.Value, left.ErrorBound + right.ErrorBound);

    /// <summary>States that one number is at most another, up to their error bounds.</summary>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    public static Identity AtMost(CertifiedNumber left, CertifiedNumber right) => Equal(left, right) with { Relation = Relation.AtMost };

    /// <summary>Two sides in double-double, of which left - right is kept, rounded to double, against zeros: a gap of 1e-30 between numbers of size one stays visible.</summary>
    /// <param name="left">The left side in double-double.</param>
    /// <param name="right">The right side in double-double, as many entries.</param>
    /// <param name="bound">The gap that is allowed, at least 0.</param>
    public static Identity Extended(IEnumerable<DoubleDouble> left, IEnumerable<DoubleDouble> right, double bound)
    {
        double[] difference = [.. left.Zip(right, (x, y) => (x - y).ToDouble())];
        return new Identity(difference, new double[difference.Length], bound);
    }

    /// <summary>Two numbers in double-double.</summary>
    internal static Identity Extended(DoubleDouble left, DoubleDouble right, double bound) => Extended([left], [right], bound);

    /// <summary>Two numbers.</summary>
    internal static Identity Of(double left, double right, double bound) => new([left], [right], bound);

    /// <summary>Statements that hold together: the one of the worst ratio speaks for all; of equal ratios the one of least room, and one that is not a number before any.</summary>
    /// <param name="identities">At least one.</param>
    /// <returns>The one of the worst ratio of gap and bound.</returns>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Identity Worst(IEnumerable<Identity> identities) =>
        identities.MaxBy(x => double.IsNaN(x.Ratio) ? (double.PositiveInfinity, double.PositiveInfinity) : (x.Ratio, x.Excess))
        ?? throw new ArgumentException("found no identity, expected at least one", nameof(identities));
}
