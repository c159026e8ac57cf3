using FsCheck;
using FsCheck.Fluent;
using FsCheck.NUnit;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>Double-double against exact fractions, within the error bounds that its documentation states.</summary>
[Properties(Arbitrary = [typeof(DoubleDoubleTests)], MaxTest = 2000)]
public class DoubleDoubleTests
{
    // u^2, the unit of the stated bounds, and the part that the cubes and the coarse measurement add.
    private const double Unit = 1.0 / 9007199254740992.0 / 9007199254740992.0, Measured = 1 + 1e-6;

    /// <summary>Double-doubles from 1e-90 to 1e90 of either sign, some with a gap between their parts, some plain, some next to a power of two.</summary>
    public static Arbitrary<DoubleDouble> Numbers() => Gen.Choose(0, int.MaxValue).Select(seed => Draw(new SplittableRandom(seed), 300)).ToArbitrary();

    [Property]
    public void A_sum_errs_by_at_most_3_units(DoubleDouble x, DoubleDouble y) =>
        Assert.That(ExactFunctions.RelativeError(x + y, x.Exact() + y.Exact()), Is.LessThanOrEqualTo(3 * Unit * Measured));

    [Property]
    public void A_difference_of_near_numbers_errs_by_at_most_3_units(DoubleDouble x, DoubleDouble noise)
    {
        DoubleDouble near = x + (x * noise / DoubleDouble.Abs(noise) * 1e-17);
        Assert.That(ExactFunctions.RelativeError(x - near, x.Exact() - near.Exact()), Is.LessThanOrEqualTo(3 * Unit * Measured));
    }

    [Property]
    public void A_product_errs_by_at_most_5_units(DoubleDouble x, DoubleDouble y) =>
        Assert.That(ExactFunctions.RelativeError(x * y, x.Exact() * y.Exact()), Is.LessThanOrEqualTo(5 * Unit * Measured));

    [Property]
    public void A_quotient_errs_by_at_most_15_units(DoubleDouble x, DoubleDouble y) =>
        Assert.That(ExactFunctions.RelativeError(x / y, x.Exact() / y.Exact()), Is.LessThanOrEqualTo(15 * Unit * Measured));

    [TestCase(-700)]
    [TestCase(700)]
    public void A_quotient_near_the_ends_of_the_range_errs_by_no_more(int power)
    {
        for (int seed = 0; seed < 500; seed++)
        {
            DoubleDouble scale = Math.ScaleB(1, power), x = Draw(new SplittableRandom(seed), 300) * scale, y = Draw(new SplittableRandom(seed + 500), 300) * scale;
            Assert.That(ExactFunctions.RelativeError(x / y, x.Exact() / y.Exact()), Is.LessThanOrEqualTo(15 * Unit * Measured), $"{x} / {y}");
        }
    }

    [Property]
    public void Results_are_in_normal_form(DoubleDouble x, DoubleDouble y)
    {
        foreach (DoubleDouble result in new[] { x + y, x - y, x * y, x / y, DoubleDouble.Exp(x / y), DoubleDouble.Log(DoubleDouble.Abs(x)) })
            Assert.That(result.High + result.Low, Is.EqualTo(result.High));
    }

    [Property(MaxTest = 500)]
    public void The_exponential_errs_by_at_most_16_units(int seed)
    {
        SplittableRandom random = new(seed);
        DoubleDouble x = ((random.NextDouble() * 2) - 1) * Math.Pow(10, -12 + (random.NextDouble() * 14.8)) + (DoubleDouble)(random.NextNormal() * 1e-19);
        if (Math.Abs(x.High) > 650) return;
        Assert.That(ExactFunctions.RelativeError(DoubleDouble.Exp(x), ExactFunctions.Exp(x.Exact())), Is.LessThanOrEqualTo(16 * Unit), x.ToRoundTripString());
    }

    [Property(MaxTest = 500)]
    public void The_logarithm_errs_by_at_most_16_units_also_near_one(int seed)
    {
        SplittableRandom random = new(seed);
        DoubleDouble x = random.NextInt(2) == 0
            ? DoubleDouble.Abs(Draw(random, 960))
            : 1.0 + (random.NextNormal() * Math.Pow(10, -20 * random.NextDouble()) / 8 * (DoubleDouble)(1 + 1e-17));
        if (!(x > 0) || x == 1) return;
        DoubleDouble log = DoubleDouble.Log(x);
        // e^log = x e^error: an absolute error of the logarithm is a relative one of x.
        Assert.That(ExactFunctions.RelativeError(ExactFunctions.Exp(log.Exact()), x.Exact()) / Math.Abs(log.High), Is.LessThanOrEqualTo(16 * Unit), x.ToRoundTripString());
    }

    [Property]
    public void The_logarithm_undoes_the_exponential(DoubleDouble x)
    {
        DoubleDouble y = DoubleDouble.Abs(x);
        Assert.That(ExactFunctions.RelativeError(DoubleDouble.Exp(DoubleDouble.Log(y)), y.Exact()), Is.LessThanOrEqualTo((16 + (16 * Math.Abs(Math.Log(y.High)))) * Unit));
    }

    [Property]
    public void The_exponential_turns_sums_into_products(int first, int second)
    {
        DoubleDouble x = DoubleDouble.FromFraction(first % 300_000, 1009), y = DoubleDouble.FromFraction(second % 300_000, 1013);
        DoubleDouble product = DoubleDouble.Exp(x) * DoubleDouble.Exp(y);
        // Three exponentials and a product, and the rounding of x, y and x + y, each multiplied by its size.
        double bound = (3 * 16) + 5 + (4 * (Math.Abs(x.High) + Math.Abs(y.High)));
        Assert.That(ExactFunctions.RelativeError(DoubleDouble.Exp(x + y), product.Exact()), Is.LessThanOrEqualTo(bound * Unit));
    }

    [Property]
    public void Exponential_and_logarithm_rise(DoubleDouble x)
    {
        DoubleDouble y = DoubleDouble.Abs(x), above = y * (1 + (DoubleDouble)1e-28), power = DoubleDouble.Log(y);
        Assert.That(DoubleDouble.Log(above) > power);
        Assert.That(DoubleDouble.Exp(power + 1e-28) > DoubleDouble.Exp(power));
    }

    [Property]
    public void Order_is_that_of_the_exact_numbers(DoubleDouble x, DoubleDouble y)
    {
        foreach ((DoubleDouble a, DoubleDouble b) in new[] { (x, y), (x, x), (x, (DoubleDouble)x.High), (x, x + (x * 1e-31)), (-x, x) })
        {
            Assert.That(a <= b, Is.EqualTo(a.Exact() <= b.Exact()));
            Assert.That(a >= b, Is.EqualTo(a.Exact() >= b.Exact()));
            Assert.That(a < b, Is.EqualTo(!(a.Exact() >= b.Exact())));
            Assert.That(a > b, Is.EqualTo(!(a.Exact() <= b.Exact())));
            Assert.That(a == b, Is.EqualTo(a.Exact() == b.Exact()));
            Assert.That(Math.Sign(a.CompareTo(b)), Is.EqualTo(a < b ? -1 : a > b ? 1 : 0));
            Assert.That(a.Equals(b), Is.EqualTo(a == b));
            if (a == b) Assert.That(a.GetHashCode(), Is.EqualTo(b.GetHashCode()));
        }
    }

    [Property]
    public void Text_reads_back_as_the_same_number(DoubleDouble x) => Assert.That(DoubleDouble.Parse(x.ToRoundTripString()) == x);

    [Property]
    public void Printed_digits_are_correctly_rounded(DoubleDouble x)
    {
        foreach (int digits in (int[])[1, 5, 17, 32, 45])
        {
            Rational printed = Rational.Parse(x.ToString(digits)), error = (printed - x.Exact()).Abs();
            // Half a unit of the last digit is at most half of 10^(1-digits) of the number.
            int exponent = (int)Math.Floor(Math.Log10(Math.Abs(x.High)));
            Assert.That(error <= Rational.Parse($"5e{exponent + 1 - digits}"), $"{digits} digits");
            if (Math.Abs(x.High) > 1.0001 * Math.Pow(10, exponent)) Assert.That(error <= Rational.Parse($"5e{exponent - digits}"), $"{digits} digits");
        }
    }

    [Property]
    public void A_fraction_becomes_the_nearest_double_double(DoubleDouble x, DoubleDouble y)
    {
        Rational quotient = x.Exact() / y.Exact();
        DoubleDouble nearest = DoubleDouble.FromFraction(quotient.Numerator, quotient.Denominator);
        Assert.That(ExactFunctions.RelativeError(nearest, quotient), Is.LessThanOrEqualTo(Unit / 2 * Measured));
        Assert.That(DoubleDouble.FromFraction(-quotient.Numerator, quotient.Denominator) == -nearest);
    }

    [Test]
    public void Golden_strings_of_40_digits_are_read_to_the_nearest_double_double()
    {
        foreach (OracleCase golden in OracleCase.All)
        {
            foreach (string text in golden.Fields.SelectMany(field => golden.Digits(field) ?? []).Where(x => !(Math.Abs(double.Parse(x, System.Globalization.CultureInfo.InvariantCulture)) < 1e-280)))
                Assert.That(ExactFunctions.RelativeError(DoubleDouble.Parse(text), Rational.Parse(text)), Is.LessThanOrEqualTo(Unit / 2 * Measured), text);
        }
    }

    [TestCase("0.1", "0.1")]
    [TestCase("-1/3", "-0.33333333333333333333333333333333")]
    [TestCase("1e3", "1000")]
    [TestCase("+12.50", "12.5")]
    [TestCase("6.02e23", "602000000000000000000000")]
    [TestCase("1e32", "1e32")]
    [TestCase("-1.5e-7", "-1.5e-7")]
    [TestCase("0.00001", "0.00001")]
    [TestCase("9.9999999999999999999999999999999999", "10")]
    [TestCase("1e-400", "0")]
    [TestCase("-1e400", "-Infinity")]
    [TestCase("1e-434294482", "0")]
    [TestCase("1e99999999999999999999", "Infinity")]
    [TestCase("0e99999999999999999999", "0")]
    [TestCase("5e-324", "4.9406564584124654417656879286822e-324")]
    [TestCase("2e-324", "0")]
    [TestCase("3.14159265358979323846264338327950288419716939937510", "3.1415926535897932384626433832795")]
    public void Text_is_read_and_written(string text, string written) => Assert.That(DoubleDouble.Parse(text).ToString(), Is.EqualTo(written));

    [TestCase("")]
    [TestCase(".5")]
    [TestCase("1.")]
    [TestCase("1/2/3")]
    [TestCase("1/-2")]
    [TestCase("1e")]
    [TestCase(" 1")]
    [TestCase("NaN")]
    public void Text_that_is_no_number_is_refused(string text) =>
        Assert.That(() => DoubleDouble.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo($"found '{text}', expected a decimal number or a fraction of integers"));

    [Test]
    public void A_denominator_of_zero_is_refused()
    {
        Assert.That(() => DoubleDouble.Parse("1/0"), Throws.TypeOf<FormatException>().With.Message.EqualTo("found the denominator 0 in '1/0'"));
        Assert.That(() => DoubleDouble.FromFraction(1, 0), Throws.TypeOf<DivideByZeroException>());
    }

    [Test]
    public void Infinities_and_NaN_behave_as_those_of_double()
    {
        double[] specials = [double.NaN, double.NegativeInfinity, -double.MaxValue, -1, -double.Epsilon, -0.0, 0, double.Epsilon, 1, 3, double.MaxValue, double.PositiveInfinity];
        using (Assert.EnterMultipleScope())
        {
            foreach (double x in specials)
            {
                Assert.That(DoubleDouble.Exp(x).High, Is.EqualTo(Math.Exp(x)).Within(1).Ulps, $"exp {x}");
                Assert.That(DoubleDouble.Log(x).High, Is.EqualTo(Math.Log(x)).Within(1).Ulps, $"log {x}");
                foreach (double y in specials)
                {
                    Check(x, y, "+", (DoubleDouble)x + y, x + y);
                    Check(x, y, "-", (DoubleDouble)x - y, x - y);
                    Check(x, y, "*", (DoubleDouble)x * y, x * y);
                    Check(x, y, "/", (DoubleDouble)x / y, x / y);
                    Assert.That((DoubleDouble)x < y, Is.EqualTo(x < y));
                    Assert.That((DoubleDouble)x == y, Is.EqualTo(x == y));
                    Assert.That(((DoubleDouble)x).Equals((DoubleDouble)y), Is.EqualTo(x.Equals(y)));
                    Assert.That(Math.Sign(((DoubleDouble)x).CompareTo(y)), Is.EqualTo(Math.Sign(x.CompareTo(y))));
                }
            }
        }

        static void Check(double x, double y, string operation, DoubleDouble found, double expected)
        {
            Assert.That(found.High, Is.EqualTo(expected), $"{x} {operation} {y}");
            Assert.That(double.IsFinite(found.Low), $"{x} {operation} {y}: low part {found.Low}");
        }
    }

    [Test]
    public void Over_and_underflow_are_those_of_double()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(DoubleDouble.Exp(709.7).High, Is.EqualTo(Math.Exp(709.7)).Within(1).Ulps);
            Assert.That(DoubleDouble.Exp(709.8).High, Is.EqualTo(double.PositiveInfinity));
            Assert.That(DoubleDouble.Exp(-745.1).High, Is.EqualTo(double.Epsilon));
            Assert.That(DoubleDouble.Exp(-745.2).High, Is.Zero);
            Assert.That(DoubleDouble.Exp(-1e9).High, Is.Zero);
            Assert.That(DoubleDouble.Exp(1e9).High, Is.EqualTo(double.PositiveInfinity));
            Assert.That(DoubleDouble.Log(double.Epsilon).ToString(), Is.EqualTo("-744.44007192138126231410729844608")); // -1074 log 2
            Assert.That(DoubleDouble.Log(2).ToString(), Is.EqualTo("0.69314718055994530941723212145818")); // OEIS A002162
            Assert.That(DoubleDouble.Exp(1).ToString(), Is.EqualTo("2.7182818284590452353602874713527")); // OEIS A001113
            Assert.That(DoubleDouble.Log(1) == 0);
            Assert.That(DoubleDouble.Exp(0) == 1);
        }
    }

    private static DoubleDouble Draw(SplittableRandom random, int exponents)
    {
        double high = random.NextInt(4) == 0 ? 1 : 1 + random.NextDouble();
        double low = random.NextInt(4) switch { 0 => 0, 1 => Math.ScaleB(random.NextNormal(), -70 - random.NextInt(60)), _ => Math.ScaleB((random.NextDouble() * 2) - 1, -53) };
        int exponent = random.NextInt((2 * exponents) + 1) - exponents;
        DoubleDouble sum = (DoubleDouble)Math.ScaleB(high, exponent) + Math.ScaleB(low, exponent);
        return random.NextInt(2) == 0 ? sum : -sum;
    }
}
