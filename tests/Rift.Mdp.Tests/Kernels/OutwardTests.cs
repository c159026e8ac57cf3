using System.Numerics;

namespace Rift.Mdp.Tests;

/// <summary>Outward-rounded arithmetic bounds the exact results, and hardly more.</summary>
public class OutwardTests
{
    private static readonly double[] _numbers = [0, 1, -1, 0.1, -0.3, 1e6, 3e-7, -1e300, 1e-300, double.Epsilon, 1 + (1.0 / (1L << 52)), -2.5e17, double.MaxValue];

    [Test]
    public void Sums_differences_products_and_quotients_are_bounded_from_both_sides()
    {
        foreach (double x in _numbers)
        {
            foreach (double y in _numbers)
            {
                AssertBounds((Rational)x + y, side => side.Add(x, y));
                AssertBounds((Rational)x - y, side => side.Subtract(x, y));
                AssertBounds((Rational)x * y, side => side.Multiply(x, y));
                if (y != 0) AssertBounds((Rational)x / y, side => side.Divide(x, y));
            }
        }
    }

    [Test]
    public void The_exponential_is_bounded_from_both_sides_to_fifteen_digits()
    {
        SplittableRandom random = new(3);
        double[] special = [0, -0.0, 1, -1, 1e-20, -1e-20, 0.34657359, -0.34657360, 0.5 * Math.Log(2), -0.5 * Math.Log(2), -699.99, 708.9, 709, -700, double.Epsilon];
        IEnumerable<double> sizes = Enumerable.Range(0, 3000).Select(i => (i % 3) switch { 0 => 700 * (1 - (2 * random.NextDouble())), 1 => random.NextNormal(), _ => 1e-3 * random.NextNormal() });
        foreach (double x in special.Concat(sizes))
        {
            (Rational low, Rational high) = Exponential(x);
            double above = Outward.Up.Exp(x), below = Outward.Down.Exp(x);
            Assert.That(high <= above, $"e^{x:R}: above");
            Assert.That(low >= below, $"e^{x:R}: below");
            // Sixteen roundoffs are taken on each side, whatever the polynomial's error happens to be.
            Assert.That(above / below, Is.InRange(1 + (30 * Rounding.Unit), 1 + Math.ScaleB(1, -47)), $"e^{x:R}");
        }
    }

    [TestCase(710, double.MaxValue, double.PositiveInfinity)]
    [TestCase(double.MaxValue, 8.3e307, double.PositiveInfinity)]
    [TestCase(-1e9, 0, 1e-304)]
    [TestCase(double.NegativeInfinity, 0, 1e-304)]
    public void Beyond_the_range_of_doubles_the_bounds_still_hold(double x, double largestBelow, double largestAbove)
    {
        Assert.That(Outward.Down.Exp(x), Is.GreaterThanOrEqualTo(0).And.LessThanOrEqualTo(largestBelow));
        Assert.That(Outward.Up.Exp(x), Is.GreaterThan(0).And.LessThanOrEqualTo(largestAbove));
        if (x > 0) Assert.That(Outward.Up.Exp(x), Is.EqualTo(double.PositiveInfinity));
        Assert.That(Outward.Up.Exp(double.NaN), Is.NaN);
    }

    private static void AssertBounds(Rational exact, Func<Outward, double> operation)
    {
        double above = operation(Outward.Up), below = operation(Outward.Down);
        if (double.IsFinite(above)) Assert.That(exact <= above, $"{exact} above");
        if (double.IsFinite(below)) Assert.That(exact >= below, $"{exact} below");
        Assert.That(double.IsNegativeInfinity(above) || double.IsPositiveInfinity(below), Is.False);
        Assert.That(above - below, Is.LessThanOrEqualTo(6 * Rounding.Unit * Math.Max(Math.Abs(above), Math.Abs(below))).Or.LessThanOrEqualTo(4 * double.Epsilon).Or.EqualTo(double.PositiveInfinity));
    }

    /// <summary>Bounds of e^x from (e^(x/1024))^1024, the inner one by its series, in fixed point of 1400 bits.</summary>
    private static (Rational Low, Rational High) Exponential(double x)
    {
        const int Bits = 1400, Halvings = 10;
        BigInteger one = BigInteger.One << Bits, y = Fixed(x, Bits - Halvings), term = one, sum = one;
        for (int k = 1; k < 200; k++)
        {
            term = (term * y >> Bits) / k;
            sum += term;
        }

        BigInteger low = sum - 1000, high = sum + 1000;
        for (int i = 0; i < Halvings; i++) (low, high) = (low * low >> Bits, (high * high >> Bits) + 1);
        return (Fraction(low, Bits), Fraction(high, Bits));
    }

    /// <summary>x times a power of two, rounded down.</summary>
    private static BigInteger Fixed(double x, int power)
    {
        if (x == 0) return BigInteger.Zero;
        int exponent = Math.ILogB(x) - 52;
        BigInteger mantissa = new(Math.ScaleB(x, -exponent));
        return power + exponent >= 0 ? mantissa << (power + exponent) : mantissa >> -(power + exponent);
    }

    private static Rational Fraction(BigInteger numerator, int bits) => Rational.Of(numerator, BigInteger.One << bits);
}
