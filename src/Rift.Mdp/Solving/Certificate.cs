namespace Rift.Mdp;

/// <summary>A proved bracket of the fixed point V*, rounding included.</summary>
/// <remarks>
/// <para>The soft Bellman operator T is monotone and T(V + c) = T V + gamma c, so one backup of any V gives
/// <c>T V + gamma/(1-gamma) min(TV - V) &lt;= V* &lt;= T V + gamma/(1-gamma) max(TV - V)</c> (MacQueen 1966). Both ends are moved outward by
/// <see cref="Rounding"/>: the rounding error of the backup and what the row sums miss of one, magnified by 1/(1 - gamma). The bracket holds for the
/// process with the stored probabilities as well as with those divided by their row sums.</para>
/// <para>The width is the same in every state, and the value returned is the midpoint.</para>
/// </remarks>
public sealed class Certificate
{
    private readonly double[] _values;

    private readonly GreedyStep _step;

    internal Certificate(double[] values, double halfWidth, double rounding, GreedyStep step, double target)
    {
        _values = values;
        _step = step;
        HalfWidth = halfWidth;
        Rounding = rounding;
        Target = target;
    }

    /// <summary>V* is at least this, S entries.</summary>
    public double[] Lower => Array.ConvertAll(_values, v => double.BitDecrement(v - HalfWidth));

    /// <summary>V* is at most this, S entries.</summary>
    public double[] Upper => Array.ConvertAll(_values, v => double.BitIncrement(v + HalfWidth));

    /// <summary>|V - V*| is at most this in every state, in the units of the reward.</summary>
    public double HalfWidth { get; }

    /// <summary>The part of <see cref="HalfWidth"/> that comes from rounding and from row sums: no iteration in double precision removes it.</summary>
    public double Rounding { get; }

    /// <summary>|Q - Q*| is at most this for every available pair, in the units of the reward.</summary>
    public double QRadius => _step.QRadius;

    /// <summary>
    /// |log pi - log pi*| is at most this for every available pair, in nats. At temperature 0 it is positive infinity unless the numbers prove the set of best
    /// actions, up to ties within the tie tolerance; proved, it is 0 for uniform ties and the radius of the tie-breaking problem for lexicographic ones.
    /// </summary>
    public double LogPolicyRadius => _step.LogRadius;

    /// <summary>The half-width that was asked for.</summary>
    public double Target { get; }

    /// <summary>Whether a function of the states lies inside the bracket.</summary>
    /// <param name="values">S numbers.</param>
    public bool Contains(ReadOnlySpan<double> values)
    {
        Require.Length(values.Length, _values.Length, nameof(values));
        for (int s = 0; s < values.Length; s++)
            if (!(Math.Abs(values[s] - _values[s]) <= HalfWidth)) return false;
        return true;
    }
}
