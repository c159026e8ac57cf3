namespace Rift.Theory;

/// <summary>A checked statement: two sides computed on different ways, the gap between them, and the gap that rounding and truncation allow.</summary>
/// <param name="Left">The left side, entry by entry.</param>
/// <param name="Right">The right side, entry by entry.</param>
/// <param name="Bound">The largest |left - right| that a true statement can show, from the error analysis of both sides.</param>
public sealed record Identity(double[] Left, double[] Right, double Bound)
{
    /// <summary>The largest |left - right|; not a number if any entry is not.</summary>
    public double Gap
    {
        get
        {
            double gap = 0;
            for (int i = 0; i < Left.Length; i++)
            {
                double difference = Math.Abs(Left[i] - Right[i]);
                if (!(difference <= gap)) gap = difference;
                if (double.IsNaN(gap)) return gap;
            }

            return gap;
        }
    }

    /// <summary>Gap over bound: at most 1 where the statement holds.</summary>
    public double Ratio => Gap == 0 ? 0 : Gap / Bound;

    /// <summary>Whether the gap is within the bound.</summary>
    public bool Holds => Gap <= Bound;

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"gap {Gap:G3}, bound {Bound:G3}");

    /// <summary>Two numbers.</summary>
    internal static Identity Of(double left, double right, double bound) => new([left], [right], bound);

    /// <summary>Statements that hold together: the one of the worst ratio speaks for all.</summary>
    internal static Identity Worst(IEnumerable<Identity> identities) => identities.MaxBy(x => double.IsNaN(x.Ratio) ? double.PositiveInfinity : x.Ratio)!;
}
