using FsCheck.NUnit;

namespace Rift.Theory.Tests;

/// <summary>Dual numbers against closed forms.</summary>
[Properties(MaxTest = 300)]
public class DualTests
{
    // Functions of a few dozen operations of at most 15u^2 each, on numbers of moderate size.
    private const double Tolerance = 1e-29;

    [Property]
    public void First_derivatives_are_those_of_the_calculus(int seed)
    {
        DoubleDouble x = Point(seed);
        Assert.That(Error(Derivative(f => f * f * f, x), 3 * x * x), Is.LessThan(Tolerance));
        Assert.That(Error(Derivative(f => FromDouble<Dual<DoubleDouble>>(2) / f, x), -2 / (x * x)), Is.LessThan(Tolerance));
        Assert.That(Error(Derivative(f => f / (f + FromDouble<Dual<DoubleDouble>>(1)), x), 1 / ((x + 1) * (x + 1))), Is.LessThan(Tolerance));
        Assert.That(Error(Derivative(f => -Exp(f), x), -DoubleDouble.Exp(x)), Is.LessThan(Tolerance));
        Assert.That(Error(Derivative(Log, x), 1 / x), Is.LessThan(Tolerance));
        // x^x = e^(x log x), with derivative x^x (1 + log x).
        Assert.That(Error(Derivative(f => Exp(f * Log(f)), x), DoubleDouble.Exp(x * DoubleDouble.Log(x)) * (1 + DoubleDouble.Log(x))), Is.LessThan(Tolerance));
    }

    [Property]
    public void Nested_numbers_give_second_derivatives(int seed)
    {
        DoubleDouble x = Point(seed), log = DoubleDouble.Log(x), power = DoubleDouble.Exp(x * log);
        Assert.That(Error(SecondDerivative(f => f * f * f, x), 6 * x), Is.LessThan(Tolerance));
        Assert.That(Error(SecondDerivative(f => FromDouble<Dual<Dual<DoubleDouble>>>(1) / f, x), 2 / (x * x * x)), Is.LessThan(Tolerance));
        Assert.That(Error(SecondDerivative(Log, x), -1 / (x * x)), Is.LessThan(Tolerance));
        // (x^x)'' = x^x ((1 + log x)^2 + 1/x).
        Assert.That(Error(SecondDerivative(f => Exp(f * Log(f)), x), power * (((1 + log) * (1 + log)) + (1 / x))), Is.LessThan(Tolerance));
    }

    [Test]
    public void A_constant_negative_infinity_vanishes_in_the_exponential_with_its_derivative()
    {
        Dual<DoubleDouble> gone = Exp(FromDouble<Dual<DoubleDouble>>(double.NegativeInfinity) + new Dual<DoubleDouble>(3, 5));
        Assert.That(gone, Is.EqualTo(new Dual<DoubleDouble>(0, 0)));
    }

    [Test]
    public void The_magnitude_is_the_largest_of_all_parts()
    {
        Dual<Dual<Binary64>> nested = new(new Dual<Binary64>(new Binary64(1), new Binary64(-2)), new Dual<Binary64>(new Binary64(0), new Binary64(-7)));
        Assert.That(nested.Magnitude, Is.EqualTo(7));
        Assert.That(nested.ToDouble(), Is.EqualTo(1));
    }

    private static DoubleDouble Point(int seed) => DoubleDouble.FromFraction(1 + Math.Abs(seed % 100_000), 30_011) + 0.25;

    private static double Error(DoubleDouble found, DoubleDouble expected) => ((found - expected) / (1 + DoubleDouble.Abs(expected))).Magnitude;

    private static DoubleDouble Derivative(Func<Dual<DoubleDouble>, Dual<DoubleDouble>> f, DoubleDouble x) => f(new Dual<DoubleDouble>(x, 1)).Derivative;

    private static DoubleDouble SecondDerivative(Func<Dual<Dual<DoubleDouble>>, Dual<Dual<DoubleDouble>>> f, DoubleDouble x) =>
        f(new Dual<Dual<DoubleDouble>>(new Dual<DoubleDouble>(x, 1), new Dual<DoubleDouble>(1, 0))).Derivative.Derivative;

    private static T Exp<T>(T x)
        where T : struct, IReal<T> => T.Exp(x);

    private static T Log<T>(T x)
        where T : struct, IReal<T> => T.Log(x);

    private static T FromDouble<T>(double x)
        where T : struct, IReal<T> => T.FromDouble(x);
}
