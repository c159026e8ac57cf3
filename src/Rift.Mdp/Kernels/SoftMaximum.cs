using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>The maximum over the actions of a state, in one of its forms, for the lanes of a vector.</summary>
internal unsafe interface IMaximum
{
    /// <summary>The value of each lane.</summary>
    /// <param name="q">Q(s,a) of the lanes' states, one vector an action; overwritten.</param>
    /// <param name="actions">Number of actions.</param>
    /// <param name="logBase">l(s,a) of the first lane's state; action a is a * <see cref="RowStore.Height"/> further on.</param>
    /// <param name="temperature">alpha.</param>
    /// <param name="inverse">1 / alpha.</param>
    static abstract V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged;

    /// <summary>Whether four actions can be kept in registers: where <see cref="OfFour"/> is there.</summary>
    static virtual bool HoldsFour => false;

    /// <summary>The same of four actions, with the same bits.</summary>
    static virtual V OfFour<TLanes, V>(V q0, V q1, V q2, V q3, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged => throw new NotSupportedException();
}

/// <summary>alpha log sum_a exp(Q(a)/alpha).</summary>
/// <remarks>
/// The maximum is found as a tournament that leaves the losers behind: the winner's exponential is 1 and is never computed. With y = (max - Q(a))/alpha >= 0 and p the
/// policy: sum_a p(a) y(a) &lt;= log A, so three roundings of y cost at most 3 u alpha log A; an exponential errs by 3.4 u, the sum by A u, and the logarithm, of at most log A,
/// by 3 u of it, a product with alpha included; the last operation rounds once, |Q| + alpha log A. <see cref="SoftProblem.BackupRounding"/> counts them.
/// </remarks>
internal readonly unsafe struct Soft : IMaximum
{
    public static bool HoldsFour => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        V max = Tournament.Run<TLanes, V>(q, actions), sum = TLanes.Create(1);
        for (int a = 1; a < actions; a++) sum = TLanes.Add(sum, Weight<TLanes, V>(q[a], max, inverse));
        return TLanes.MultiplyAdd(temperature, LaneMath.Log<TLanes, V>(sum), max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V OfFour<TLanes, V>(V q0, V q1, V q2, V q3, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        V ofTwo = TLanes.Max(q0, q1), ofThree = TLanes.Max(ofTwo, q2), max = TLanes.Max(ofThree, q3);
        V sum = TLanes.Add(TLanes.Create(1), Weight<TLanes, V>(TLanes.Min(q0, q1), max, inverse));
        sum = TLanes.Add(sum, Weight<TLanes, V>(TLanes.Min(ofTwo, q2), max, inverse));
        sum = TLanes.Add(sum, Weight<TLanes, V>(TLanes.Min(ofThree, q3), max, inverse));
        return TLanes.MultiplyAdd(temperature, LaneMath.Log<TLanes, V>(sum), max);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Weight<TLanes, V>(V q, V max, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged => LaneMath.Exp<TLanes, V>(TLanes.Multiply(TLanes.Subtract(q, max), inverse));
}

/// <summary>alpha log sum_a exp(Q(a)/alpha + l(a)).</summary>
/// <remarks>
/// y = Q/alpha + l is formed with at most three roundings: twice u |Q| and u alpha |y|, and |y| averages under the policy to at most its maximum and log A. That maximum is at most |Q|/alpha and the
/// largest l of the state. The last two operations round the value, of at most the same size and alpha log A, once each; the rest is as in <see cref="Soft"/>.
/// </remarks>
internal readonly unsafe struct SoftWithBase : IMaximum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        for (int a = 0; a < actions; a++) q[a] = TLanes.MultiplyAdd(q[a], inverse, TLanes.Load(logBase + (a * RowStore.Height)));
        V max = Tournament.Run<TLanes, V>(q, actions), sum = TLanes.Create(1);
        for (int a = 1; a < actions; a++) sum = TLanes.Add(sum, LaneMath.Exp<TLanes, V>(TLanes.Subtract(q[a], max)));
        return TLanes.Multiply(temperature, TLanes.Add(max, LaneMath.Log<TLanes, V>(sum)));
    }
}

/// <summary>The same by <see cref="SoftBackup"/>, one state at a time: where Q/alpha could overflow.</summary>
internal readonly unsafe struct SoftScalar : IMaximum
{
    public static V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        Span<double> l = logBase is null ? default : new Span<double>((double*)q + actions, actions);
        for (int a = 0; a < l.Length; a++) l[a] = logBase[a * RowStore.Height];
        return TLanes.Create(SoftBackup.Value(new ReadOnlySpan<double>(q, actions), l, TLanes.SmallestOf(temperature)));
    }
}

/// <summary>max_a Q(a).</summary>
internal readonly unsafe struct Hard : IMaximum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        V max = q[0];
        for (int a = 1; a < actions; a++) max = TLanes.Max(max, q[a]);
        return max;
    }
}

/// <summary>max Q(a) over the actions with l(a) = 0; the others have l = -inf.</summary>
internal readonly unsafe struct HardWithBase : IMaximum
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Of<TLanes, V>(V* q, int actions, double* logBase, V temperature, V inverse)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        for (int a = 0; a < actions; a++) q[a] = TLanes.Add(q[a], TLanes.Load(logBase + (a * RowStore.Height)));
        return Hard.Of<TLanes, V>(q, actions, logBase, temperature, inverse);
    }
}

internal static unsafe class Tournament
{
    /// <summary>The largest of the numbers, in each lane; the others are left in places 1 on, in some order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Run<TLanes, V>(V* x, int count)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        V max = x[0];
        for (int i = 1; i < count; i++)
        {
            V challenger = x[i];
            x[i] = TLanes.Min(max, challenger);
            max = TLanes.Max(max, challenger);
        }

        return max;
    }
}
