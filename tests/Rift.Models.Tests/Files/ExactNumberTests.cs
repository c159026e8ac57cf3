using System.Globalization;
using System.Numerics;
using FsCheck;

namespace Rift.Models.Tests;

public class ExactNumberTests
{
    [TestCase("0.125", 0.125)]
    [TestCase("-1e-15", -1e-15)]
    [TestCase("+2", 2.0)]
    [TestCase("70/97", 0.7216494845360825)]
    [TestCase("-1/3", -1.0 / 3)]
    [TestCase("0/5", 0.0)]
    [TestCase("1e-999999999", 0.0)]
    [TestCase("9007199254740993/1", 9007199254740992.0)] // 2^53 + 1 lies between two doubles: to the even one
    [TestCase("9007199254740995/1", 9007199254740996.0)]
    public void Decimals_and_fractions_round_to_the_nearest_double(string text, double expected)
    {
        Assert.That(ExactNumber.TryParse(text, out double value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase(" 1")]
    [TestCase("1,5")]
    [TestCase(".5")]
    [TestCase("1.")]
    [TestCase("0x10")]
    [TestCase("1/-2")]
    [TestCase("1.5/2")]
    [TestCase("1/2/3")]
    [TestCase("1e")]
    [TestCase("NaN")]
    [TestCase("1e400")]
    [TestCase("\u0661")]
    public void Other_texts_are_no_numbers(string text) => Assert.That(ExactNumber.TryParse(text, out _), Is.False);

    [Test]
    public void Numbers_longer_than_ten_thousand_digits_are_refused() =>
        Assert.That(ExactNumber.TryParse(new string('1', 10_001) + "/3", out _), Is.False);

    [Test]
    public void The_edges_of_the_doubles_round_as_they_should()
    {
        BigInteger largest = ((BigInteger.One << 53) - 1) << 971, one = BigInteger.One;
        Assert.Multiple(() =>
        {
            Assert.That(ExactNumber.Nearest(largest, 1), Is.EqualTo(double.MaxValue));
            Assert.That(ExactNumber.Nearest(largest + (one << 970) - 1, 1), Is.EqualTo(double.MaxValue));
            Assert.That(ExactNumber.Nearest(largest + (one << 970), 1), Is.EqualTo(double.PositiveInfinity));
            Assert.That(ExactNumber.Nearest(1, one << 1074), Is.EqualTo(double.Epsilon));
            Assert.That(ExactNumber.Nearest(1, one << 1075), Is.Zero);
            Assert.That(ExactNumber.Nearest(3, one << 1076), Is.EqualTo(double.Epsilon));
            Assert.That(ExactNumber.Nearest(3, one << 1075), Is.EqualTo(2 * double.Epsilon));
            Assert.That(ExactNumber.Nearest(1, BigInteger.Pow(10, 9000)), Is.Zero);
        });
    }

    [Property]
    public bool A_double_is_nearest_to_itself_and_to_all_that_is_less_than_half_a_step_away(NormalFloat number)
    {
        double x = Math.Abs(number.Get);
        (BigInteger numerator, BigInteger denominator) = Exactly(x);
        (BigInteger above, BigInteger below) = Exactly(double.BitIncrement(x));
        // Just below and just above the middle between x and its successor.
        BigInteger middle = (numerator * below) + (above * denominator), unit = 2 * denominator * below, fine = BigInteger.Pow(10, 50);
        return ExactNumber.Nearest(numerator, denominator) == x
            && ExactNumber.Nearest((middle * fine) - 1, unit * fine) == x
            && ExactNumber.Nearest((middle * fine) + 1, unit * fine) == double.BitIncrement(x);
    }

    [Property]
    public bool A_fraction_of_small_integers_is_the_quotient(PositiveInt numerator, PositiveInt denominator) =>
        ExactNumber.TryParse(string.Create(CultureInfo.InvariantCulture, $"{numerator.Get}/{denominator.Get}"), out double value)
        && value == (double)numerator.Get / denominator.Get;

    private static (BigInteger Numerator, BigInteger Denominator) Exactly(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52);
        BigInteger mantissa = (bits & ((1L << 52) - 1)) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075;
        return shift >= 0 ? (mantissa << shift, BigInteger.One) : (mantissa, BigInteger.One << -shift);
    }
}
