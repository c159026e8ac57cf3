using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Rift.Mdp;

/// <summary>Exponential and logarithm as the soft backup needs them, inline in the kernels and the same bits at any width.</summary>
/// <remarks>The coefficients are those of tools/minimax.py. u = 2^-53; an error of delta relative is at most delta / u units in the last place.</remarks>
internal static class LaneMath
{
    /// <summary>Whether the machine multiplies and adds in one operation that rounds once. Emulating it would take some fifty times as long as two operations.</summary>
    internal static bool IsFused => Fma.IsSupported || AdvSimd.Arm64.IsSupported;

    internal const int MantissaBits = 52;

    internal const double TwoTo52 = 4503599627370496.0;

    internal const long BitsOfTwoTo52 = 0x4330000000000000;

    /// <summary>The bits of 1 / sqrt 2.</summary>
    internal const long BitsOfHalfRoot = 0x3FE6A09E667F3BCD;

    // Adding 1.5 * 2^52 rounds to the nearest integer and leaves it in the low bits.
    private const double Magic = 1.5 * TwoTo52;

    // e^-708 is still a normal number.
    private const double Smallest = -708;

    private const double LogTwoInverse = 1.4426950408889634;

    // ln 2 in two parts: the first has 32 bits, so that its product with an exponent of 11 bits is exact.
    private const double LogTwoHigh = 0.6931471803691238, LogTwoLow = 1.9082149292705877e-10;

    /// <summary>e^x for x from -708 to 0; below, e^-708. Within 1.7 units in the last place, 1.8 without fused operations.</summary>
    /// <remarks>
    /// x = n ln 2 + f, |f| &lt;= 0.34658, e^f = 1 + (f + f^2 R(f)). In units of u, relative to e^f &gt;= 0.7071: the two roundings of f, 2^-55 each, 0.5; the
    /// polynomial 0.09; f^2 and R, together off by less than 2.4 u on a term of at most 0.067, 0.23; the inner sum, below 0.42, 0.36; the outer sum 0.5. In all 1.68. Without fused operations the products round as well: n LogTwoHigh is exact; f^2 R, at most 0.067, adds 0.05 and what
    /// is in R another 0.01. In all 1.74.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Exp<TLanes, V>(V x)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        x = TLanes.Max(x, TLanes.Create(Smallest));
        V shifted = TLanes.MultiplyAdd(x, TLanes.Create(LogTwoInverse), TLanes.Create(Magic));
        V n = TLanes.Subtract(shifted, TLanes.Create(Magic));
        V f = TLanes.MultiplyAdd(n, TLanes.Create(-LogTwoHigh), x);
        f = TLanes.MultiplyAdd(n, TLanes.Create(-LogTwoLow), f);
        V f2 = TLanes.Multiply(f, f);
        V r01 = TLanes.MultiplyAdd(f, TLanes.Create(0.16666666666666674), TLanes.Create(0.500000000000001));
        V r23 = TLanes.MultiplyAdd(f, TLanes.Create(0.008333333333322215), TLanes.Create(0.041666666666522086));
        V r45 = TLanes.MultiplyAdd(f, TLanes.Create(0.0001984126988656883), TLanes.Create(0.0013888888947792063));
        V r67 = TLanes.MultiplyAdd(f, TLanes.Create(2.7557242361759715e-06), TLanes.Create(2.4801487358626297e-05));
        V r89 = TLanes.MultiplyAdd(f, TLanes.Create(2.5110040441845758e-08), TLanes.Create(2.7632643465014625e-07));
        V f4 = TLanes.Multiply(f2, f2);
        V r = TLanes.MultiplyAdd(f4, TLanes.MultiplyAdd(f4, r89, TLanes.MultiplyAdd(f2, r67, r45)), TLanes.MultiplyAdd(f2, r23, r01));
        V power = TLanes.Add(TLanes.MultiplyAdd(f2, r, f), TLanes.Create(1));
        return TLanes.ScaleByLowBits(power, shifted);
    }

    /// <summary>ln x for x from 1 to 2^52. Within 1.5 units in the last place.</summary>
    /// <remarks>
    /// x = 2^e (1 + f), 1 + f in [1/sqrt 2, sqrt 2), f exact; s = f / (2 + f) and ln(1 + f) = f - s (f - s^2 L), where L follows from the series of the inverse hyperbolic
    /// tangent and 2 s = f - s f. The subtracted term is at most 0.21 of the result for e = 0 and carries 2 roundings of s, one of its factor and its own, 4 u: 0.84, the last
    /// operation 0.5; for e &gt; 0 the term is at most 0.072, the result at least 0.3465, e ln 2 exact in its first part, and the inner difference adds 0.5. The polynomial, of which only the last operation
    /// is not damped by z &lt;= 0.03, adds 0.02. Without fused operations it adds 0.03; e LogTwoHigh is exact.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static V Log<TLanes, V>(V x)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        V f = TLanes.Subtract(TLanes.Split(x, out V e), TLanes.Create(1));
        V s = TLanes.Divide(f, TLanes.Add(f, TLanes.Create(2)));
        V z = TLanes.Multiply(s, s);
        V z2 = TLanes.Multiply(z, z);
        V l12 = TLanes.MultiplyAdd(z, TLanes.Create(0.2857142872927113), TLanes.Create(0.39999999999519875));
        V l34 = TLanes.MultiplyAdd(z, TLanes.Create(0.1818357144919034), TLanes.Create(0.22222199092501005));
        V l56 = TLanes.MultiplyAdd(z, TLanes.Create(0.1481049332574771), TLanes.Create(0.15313166900563638));
        V l = TLanes.MultiplyAdd(z, TLanes.MultiplyAdd(z2, TLanes.MultiplyAdd(z2, l56, l34), l12), TLanes.Create(0.666666666666671));
        V small = TLanes.Multiply(s, TLanes.Subtract(f, TLanes.Multiply(z, l)));
        return TLanes.MultiplyAdd(e, TLanes.Create(LogTwoHigh), TLanes.Subtract(f, TLanes.MultiplyAdd(e, TLanes.Create(-LogTwoLow), small)));
    }
}
