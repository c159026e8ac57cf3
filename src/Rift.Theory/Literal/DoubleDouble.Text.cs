using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Rift.Theory;

/// <content>To and from exact fractions and decimal text.</content>
public readonly partial struct DoubleDouble
{
    /// <summary>Digits of <see cref="ToString()"/>: what 106 bits hold.</summary>
    private const int Digits = 32;

    private const int LongestText = 10_000;

    /// <summary>The double-double nearest to a fraction: high is the nearest double, low the double nearest to the rest.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, not 0.</param>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static DoubleDouble FromFraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        // Enough bits that two roundings see all they need, the last one standing for everything below.
        long shift = 240 - numerator.GetBitLength() + denominator.GetBitLength();
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(
            shift > 0 ? BigInteger.Abs(numerator) << (int)shift : BigInteger.Abs(numerator), BigInteger.Abs(denominator) << (int)Math.Max(0, -shift));
        if (!rest.IsZero) quotient |= 1;
        double high = Nearest(ref quotient, -shift), low = double.IsFinite(high) ? Nearest(ref quotient, -shift) : 0;
        return numerator.Sign * denominator.Sign < 0 ? new DoubleDouble(-high, -low) : new DoubleDouble(high, low);
    }

    /// <summary>Reads a decimal such as <c>-1.5e-3</c>, however many digits it has, or a fraction of integers such as <c>70/97</c>: the nearest double-double.</summary>
    /// <param name="text">The decimal or fraction.</param>
    /// <returns>The nearest number, within a roundoff of double-double.</returns>
    /// <exception cref="FormatException">It is neither, or is longer than ten thousand characters.</exception>
    public static DoubleDouble Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Match match = text.Length <= LongestText ? Number().Match(text) : Match.Empty;
        if (!match.Success) throw new FormatException($"found '{(text.Length > 40 ? text[..40] + "..." : text)}', expected a decimal number or a fraction of integers");
        BigInteger Integer(string digits) => BigInteger.Parse("0" + digits, NumberStyles.None, CultureInfo.InvariantCulture);
        string decimals = match.Groups["decimals"].Value;
        BigInteger numerator = Integer(match.Groups["integer"].Value + decimals), denominator = match.Groups["denominator"].Success ? Integer(match.Groups["denominator"].Value) : 1;
        if (denominator.IsZero) throw new FormatException($"found the denominator 0 in '{text}'");
        if (match.Groups["sign"].Value == "-") numerator = -numerator;
        if (numerator.IsZero) return default;
        // Beyond the range of double by far, the power of ten is not worth its memory.
        BigInteger exponent = (match.Groups["minus"].Success ? -1 : 1) * Integer(match.Groups["exponent"].Value) - decimals.Length;
        int power = (int)BigInteger.Max(-LongestText - 400, BigInteger.Min(LongestText + 400, exponent));
        return power < 0 ? FromFraction(numerator, denominator * BigInteger.Pow(10, -power)) : FromFraction(numerator * BigInteger.Pow(10, power), denominator);
    }

    /// <summary>32 significant digits, correctly rounded, trailing zeros dropped. See <see cref="ToRoundTripString"/> for text that loses nothing.</summary>
    public override string ToString() => ToString(Digits);

    /// <summary>A number of significant digits, at least 1, correctly rounded, trailing zeros dropped: <c>1.25</c>, <c>-6.25e-300</c>.</summary>
    /// <param name="digits">Number of significant digits, at least 1.</param>
    public string ToString(int digits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(digits, 1);
        if (!double.IsFinite(High) || High == 0) return High.ToString(CultureInfo.InvariantCulture);
        BigInteger scaled = Integer(High) + Integer(Low);
        bool negative = scaled.Sign < 0;
        scaled = BigInteger.Abs(scaled);
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(High)));
        BigInteger mantissa = Rounded(scaled, digits - 1 - exponent);
        // The estimate of the exponent may be one too small or too large, and rounding may carry.
        if (mantissa < BigInteger.Pow(10, digits - 1)) mantissa = Rounded(scaled, digits - 1 - --exponent);
        else if (mantissa >= BigInteger.Pow(10, digits)) mantissa = Rounded(scaled, digits - 1 - ++exponent);
        string text = mantissa.ToString(CultureInfo.InvariantCulture).TrimEnd('0');
        if (exponent is < -5 or >= Digits) text = text.Insert(1, ".").TrimEnd('.') + string.Create(CultureInfo.InvariantCulture, $"e{exponent}");
        else if (exponent < 0) text = "0." + new string('0', -exponent - 1) + text;
        else text = text.PadRight(exponent + 1, '0').Insert(exponent + 1, ".").TrimEnd('.');
        return negative ? "-" + text : text;
    }

    /// <summary>The fewest digits, from 32 up, that <see cref="Parse"/> reads back as the same number. A gap between high and low may take hundreds. Finite numbers only.</summary>
    public string ToRoundTripString()
    {
        string text = ToString(Digits);
        for (int digits = Digits + 1; double.IsFinite(High) && Parse(text) != this; digits++) text = ToString(digits);
        return text;
    }

    /// <summary>x 2^1074, a whole number.</summary>
    private static BigInteger Integer(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = (bits & 0xFFFFFFFFFFFFF) | (exponent == 0 ? 0 : 1L << 52);
        return new BigInteger(x < 0 ? -mantissa : mantissa) << (Math.Max(exponent, 1) - 1);
    }

    /// <summary>x 10^power / 2^1074 to the nearest whole number, ties to even.</summary>
    private static BigInteger Rounded(BigInteger x, int power)
    {
        BigInteger denominator = BigInteger.One << 1074;
        if (power < 0) denominator *= BigInteger.Pow(10, -power);
        else x *= BigInteger.Pow(10, power);
        (BigInteger quotient, BigInteger rest) = BigInteger.DivRem(x, denominator);
        int half = (rest << 1).CompareTo(denominator);
        return half > 0 || (half == 0 && !quotient.IsEven) ? quotient + 1 : quotient;
    }

    /// <summary>The double nearest to x 2^exponent, ties to even, gradual underflow included; x becomes the rest.</summary>
    private static double Nearest(ref BigInteger x, long exponent)
    {
        int sign = x.Sign;
        BigInteger size = BigInteger.Abs(x);
        int dropped = (int)Math.Max(0, Math.Max((long)size.GetBitLength() - 53, -1074 - exponent));
        BigInteger kept = size >> dropped, tail = size - (kept << dropped), half = dropped == 0 ? 1 : BigInteger.One << (dropped - 1);
        if (tail > half || (tail == half && !kept.IsEven)) kept++;
        x = sign * (size - (kept << dropped));
        return exponent + dropped > 1100 && !kept.IsZero ? sign * double.PositiveInfinity : sign * Math.ScaleB((double)(ulong)kept, (int)(exponent + dropped));
    }

    [GeneratedRegex(@"\A(?<sign>[+-]?)(?<integer>[0-9]+)(/(?<denominator>[0-9]+)|(\.(?<decimals>[0-9]+))?([eE](?:\+|(?<minus>-))?(?<exponent>[0-9]+))?)\z")]
    private static partial Regex Number();
}
