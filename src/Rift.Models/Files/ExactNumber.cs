using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Rift.Models;

/// <summary>Numbers written exactly, as a decimal or a fraction, and the double nearest to them.</summary>
internal static partial class ExactNumber
{
    /// <summary>The longest number that is read: ten thousand digits are plenty, and millions would only cost time.</summary>
    internal const int LongestText = 10_000;

    // Digits of a quotient that decide its rounding: 53, the one behind, and one that stands for all others.
    private const int QuotientBits = 66;

    /// <summary>The double nearest to a decimal such as <c>-1.5e-3</c> or a fraction of integers such as <c>70/97</c>, ties to even. False if it is neither, is too long, or is beyond the largest double.</summary>
    internal static bool TryParse(string text, out double value)
    {
        value = 0;
        if (text.Length > LongestText) return false;
        if (Fraction().Match(text) is { Success: true } fraction)
        {
            BigInteger denominator = Integer(fraction.Groups["denominator"]);
            if (denominator.IsZero) return false;
            value = Nearest(Integer(fraction.Groups["numerator"]), denominator);
            if (fraction.Groups["sign"].Value == "-") value = -value;
        }
        else if (Decimal().IsMatch(text))
        {
            // Correctly rounded, however many digits there are (IEEE 754; .NET since Core 3.0).
            value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        else
        {
            return false;
        }

        return double.IsFinite(value);
    }

    /// <summary>The double nearest to a quotient of integers, numerator at least 0 and denominator above; ties to even, gradual underflow included.</summary>
    internal static double Nearest(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero) return 0;
        long shift = QuotientBits - numerator.GetBitLength() + denominator.GetBitLength();
        BigInteger quotient = BigInteger.DivRem(
            shift > 0 ? numerator << (int)shift : numerator, shift < 0 ? denominator << (int)-shift : denominator, out BigInteger rest);
        if (!rest.IsZero) quotient |= 1;

        long length = quotient.GetBitLength(), exponent = length - 1 - shift;
        if (exponent > 1023) return double.PositiveInfinity;
        long kept = Math.Min(53, 53 + 1022 + exponent);
        if (kept < 0) return 0;
        int dropped = (int)(length - kept);
        BigInteger mantissa = quotient >> dropped, tail = quotient - (mantissa << dropped), half = BigInteger.One << (dropped - 1);
        if (tail > half || (tail == half && !mantissa.IsEven)) mantissa++;
        return Math.ScaleB((double)(ulong)mantissa, (int)(dropped - shift));
    }

    private static BigInteger Integer(Group digits) => BigInteger.Parse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A(?<sign>[+-]?)(?<numerator>[0-9]+)/(?<denominator>[0-9]+)\z")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z")]
    private static partial Regex Decimal();
}
