using System.Globalization;
using System.Numerics;

namespace Rift.Testing;

/// <summary>An exact fraction: what a computation in doubles is compared with, without rounding of its own.</summary>
public readonly record struct Rational
{
    private Rational(BigInteger numerator, BigInteger denominator)
    {
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0) divisor = -divisor;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    /// <summary>The numerator, in lowest terms.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, positive.</summary>
    public BigInteger Denominator { get; }

    /// <summary>numerator / denominator.</summary>
    public static Rational Quotient(BigInteger numerator, BigInteger denominator) => new(numerator, denominator);

    /// <summary>Reads a decimal such as <c>-1.5e-3</c> or a fraction of integers.</summary>
    public static Rational Parse(string text)
    {
        string[] parts = text.Split('/');
        if (parts.Length == 2) return new Rational(BigInteger.Parse(parts[0], CultureInfo.InvariantCulture), BigInteger.Parse(parts[1], CultureInfo.InvariantCulture));
        string[] scientific = text.Split('e', 'E');
        int point = scientific[0].IndexOf('.', StringComparison.Ordinal), decimals = point < 0 ? 0 : scientific[0].Length - point - 1;
        int power = (scientific.Length == 2 ? int.Parse(scientific[1], CultureInfo.InvariantCulture) : 0) - decimals;
        BigInteger digits = BigInteger.Parse(scientific[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), scale = BigInteger.Pow(10, Math.Abs(power));
        return power < 0 ? new Rational(digits, scale) : new Rational(digits * scale, 1);
    }

    /// <summary>The exact value of a finite double.</summary>
    public static implicit operator Rational(double value)
    {
        if (value == 0) return new Rational(0, 1);
        long bits = BitConverter.DoubleToInt64Bits(value);
        int exponent = (int)((bits >> 52) & 0x7FF);
        long mantissa = exponent == 0 ? bits & 0xFFFFFFFFFFFFF : (bits & 0xFFFFFFFFFFFFF) | (1L << 52);
        int power = Math.Max(exponent, 1) - 1075;
        BigInteger signed = value < 0 ? -mantissa : mantissa;
        return power >= 0 ? new Rational(signed << power, 1) : new Rational(signed, BigInteger.One << -power);
    }

    /// <summary>The fraction of two integers; the second is not zero.</summary>
    public static Rational Of(BigInteger numerator, BigInteger denominator) => new(numerator, denominator);

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational x, Rational y) => new((x.Numerator * y.Denominator) + (y.Numerator * x.Denominator), x.Denominator * y.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational x, Rational y) => new((x.Numerator * y.Denominator) - (y.Numerator * x.Denominator), x.Denominator * y.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational x, Rational y) => new(x.Numerator * y.Numerator, x.Denominator * y.Denominator);

    /// <summary>Quotient.</summary>
    public static Rational operator /(Rational x, Rational y) => new(x.Numerator * y.Denominator, x.Denominator * y.Numerator);

    /// <summary>Order.</summary>
    public static bool operator <=(Rational x, Rational y) => x.Numerator * y.Denominator <= y.Numerator * x.Denominator;

    /// <summary>Order.</summary>
    public static bool operator >=(Rational x, Rational y) => y <= x;

    /// <summary>The larger one.</summary>
    public static Rational Max(Rational x, Rational y) => x >= y ? x : y;

    /// <summary>The size without its sign.</summary>
    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>Solves A x = b exactly by Gaussian elimination; A is overwritten.</summary>
    public static Rational[] Solve(Rational[,] a, ReadOnlySpan<Rational> b)
    {
        Rational[] x = b.ToArray();
        int n = x.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            while (a[pivot, k] == 0.0) pivot++;
            for (int j = 0; j < n; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            (x[k], x[pivot]) = (x[pivot], x[k]);
            for (int i = 0; i < n; i++)
            {
                if (i == k || a[i, k] == 0.0) continue;
                Rational factor = a[i, k] / a[k, k];
                for (int j = k; j < n; j++) a[i, j] -= factor * a[k, j];
                x[i] -= factor * x[k];
            }
        }

        for (int k = 0; k < n; k++) x[k] /= a[k, k];
        return x;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Numerator}/{Denominator}";
}
