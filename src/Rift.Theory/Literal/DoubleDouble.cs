namespace Rift.Theory;

/// <summary>A real number as the unevaluated sum of two doubles, high + low with high the double nearest to the sum: 106 bits, about 31 digits.</summary>
/// <remarks>
/// <para>With u = 2^-53 and no overflow or underflow underway, the relative error is at most 3u^2 + 13u^3 of a sum, 5u^2 of a product and 15u^2 + 56u^3 of a quotient
/// (Joldes, Muller and Popescu 2017, algorithms 6, 12 and 17), where u^2 = 1.2e-32; <see cref="Exp"/> and <see cref="Log"/> 16u^2 = 2e-31 by a first-order count, 5u^2 as measured. The number format is
/// Dekker's (1971), the layout of the operations that of Hida, Li and Bailey (2001) in their accurate, not their "sloppy", form.</para>
/// <para>The range is that of double. Below about 2^-969 = 2e-292 the low part runs out of exponents: there the error is a few units of 2^-1074 instead, and a
/// quotient has the relative error of its operands' missing bits.
/// An operation that overflows gives an infinity; infinities and NaN behave as those of double and have low part 0. Immutable; the default value is 0.</para>
/// </remarks>
public readonly partial struct DoubleDouble : IReal<DoubleDouble>, IEquatable<DoubleDouble>, IComparable<DoubleDouble>
{
    private DoubleDouble(double high, double low)
    {
        High = high;
        Low = low;
    }

    /// <summary>The double nearest to the number.</summary>
    public double High { get; }

    /// <summary>What is left: at most half a unit in the last place of <see cref="High"/>.</summary>
    public double Low { get; }

    /// <inheritdoc/>
    public double Magnitude => Math.Abs(High);

    /// <inheritdoc/>
    public static DoubleDouble FromDouble(double value) => new(value, 0);

    /// <summary>The number equal to a double.</summary>
    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <inheritdoc/>
    public double ToDouble() => High;

    /// <summary>|x|.</summary>
    /// <param name="x">The number.</param>
    public static DoubleDouble Abs(DoubleDouble x) => double.IsNegative(x.High) ? -x : x;

    /// <inheritdoc/>
    public static DoubleDouble operator +(DoubleDouble left, DoubleDouble right)
    {
        (double high, double highError) = ErrorFree.TwoSum(left.High, right.High);
        (double low, double lowError) = ErrorFree.TwoSum(left.Low, right.Low);
        (double sum, double error) = ErrorFree.FastTwoSum(high, highError + low);
        return Normalised(high, sum, lowError + error);
    }

    /// <inheritdoc/>
    public static DoubleDouble operator -(DoubleDouble left, DoubleDouble right) => left + -right;

    /// <inheritdoc/>
    public static DoubleDouble operator *(DoubleDouble left, DoubleDouble right)
    {
        (double product, double error) = ErrorFree.TwoProduct(left.High, right.High);
        double cross = Math.FusedMultiplyAdd(left.Low, right.High, Math.FusedMultiplyAdd(left.High, right.Low, left.Low * right.Low));
        return Normalised(product, product, error + cross);
    }

    /// <inheritdoc/>
    public static DoubleDouble operator /(DoubleDouble left, DoubleDouble right)
    {
        double quotient = left.High / right.High;
        if (quotient == 0 || !double.IsFinite(quotient)) return quotient;
        // Near the ends of the range the product below would leave it.
        if (Math.Abs(left.High) > 1e290) return Scaled(Scaled(left, -120) / right, 120);
        if (Math.Abs(left.High) < 1e-280) return Scaled(Scaled(left, 120) / right, -120);
        // The remainder of the first quotient, then its share: the first difference is exact (Sterbenz).
        (double product, double error) = ErrorFree.TwoProduct(right.High, quotient);
        DoubleDouble back = Normalised(product, product, Math.FusedMultiplyAdd(right.Low, quotient, error));
        double remainder = (left.High - back.High) + (left.Low - back.Low);
        return Normalised(quotient, quotient, remainder / right.High);
    }

    /// <inheritdoc/>
    public static DoubleDouble operator -(DoubleDouble value) => new(-value.High, -value.Low);

    /// <inheritdoc/>
    public static bool operator <(DoubleDouble left, DoubleDouble right) => left.High < right.High || (left.High == right.High && left.Low < right.Low);

    /// <inheritdoc/>
    public static bool operator >(DoubleDouble left, DoubleDouble right) => right < left;

    /// <summary>Order; false where either is not a number.</summary>
    public static bool operator <=(DoubleDouble left, DoubleDouble right) => left < right || left == right;

    /// <summary>Order; false where either is not a number.</summary>
    public static bool operator >=(DoubleDouble left, DoubleDouble right) => right <= left;

    /// <summary>Whether two numbers are equal: 0 equals -0, and NaN equals nothing.</summary>
    public static bool operator ==(DoubleDouble left, DoubleDouble right) => left.High == right.High && left.Low == right.Low;

    /// <summary>Whether two numbers differ.</summary>
    public static bool operator !=(DoubleDouble left, DoubleDouble right) => !(left == right);

    /// <summary>Order of the numbers, with NaN first and equal to itself, as for double.</summary>
    public int CompareTo(DoubleDouble other) => High.CompareTo(other.High) is int order and not 0 ? order : Low.CompareTo(other.Low);

    /// <summary>Equality as <see cref="CompareTo"/> has it: NaN equals NaN.</summary>
    public bool Equals(DoubleDouble other) => High.Equals(other.High) && Low.Equals(other.Low);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DoubleDouble other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(High, Low);

    /// <summary>high + low in normal form; where that is not finite <paramref name="first"/>, the operation's rounded result, alone.</summary>
    private static DoubleDouble Normalised(double first, double high, double low)
    {
        (double sum, double error) = ErrorFree.FastTwoSum(high, low);
        return double.IsFinite(sum) ? new DoubleDouble(sum, error) : first;
    }
}
