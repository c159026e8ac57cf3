using System.Numerics;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>The exponential in whole-number arithmetic with 400 bits: what double-double is measured against.</summary>
internal static class ExactFunctions
{
    private const int Bits = 400, Halvings = 12;

    /// <summary>A double-double as a fraction.</summary>
    internal static Rational Exact(this DoubleDouble x) => (Rational)x.High + x.Low;

    /// <summary>|found - exact| / |exact|, to a few digits; 0 where both are 0.</summary>
    internal static double RelativeError(DoubleDouble found, Rational exact) => RelativeError(found.Exact(), exact);

    /// <summary>|found - exact| / |exact|, to a few digits; 0 where both are 0.</summary>
    internal static double RelativeError(Rational found, Rational exact)
    {
        Rational difference = (found - exact).Abs();
        return difference.Numerator.IsZero ? 0 : Math.Exp(Log(difference) - Log(exact.Abs()));
    }

    /// <summary>e^x within 2^-350 of its size, for |x| below 2000: Taylor's sum at x / 4096 or less, squared twelve times.</summary>
    internal static Rational Exp(Rational x)
    {
        // The squarings magnify an error of the sum by 2^12, and the size of the result by what the sum's excess bits hold.
        BigInteger one = BigInteger.One << Bits, t = (x.Numerator << Bits) / (x.Denominator << Halvings), sum = one, term = one;
        for (int n = 1; !term.IsZero; n++) sum += term = (term * t >> Bits) / n;
        int exponent = -Bits;
        for (int i = 0; i < Halvings; i++)
        {
            sum *= sum;
            exponent *= 2;
            int excess = (int)sum.GetBitLength() - Bits;
            if (excess <= 0) continue;
            sum >>= excess;
            exponent += excess;
        }

        return exponent < 0 ? Rational.Quotient(sum, BigInteger.One << -exponent) : Rational.Quotient(sum << exponent, 1);
    }

    private static double Log(Rational x) => BigInteger.Log(x.Numerator) - BigInteger.Log(x.Denominator);
}
