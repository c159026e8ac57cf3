using System.Runtime.Intrinsics;
using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>The exponential and the logarithm of the kernels against 31 digits, and every width against the scalar.</summary>
public class LaneMathTests
{
    private const int Cases = 100_000;

    // 1.68 and 1.5 are what the analyses beside the functions allow.
    [Test]
    public void The_exponential_is_within_its_bound() => AssertExponential<ScalarLane>(LaneMath.IsFused ? 1.68 : 1.74);

    [Test]
    public void The_exponential_is_within_its_bound_without_fused_operations() => AssertExponential<UnfusedLane>(1.74);

    [Test]
    public void The_logarithm_is_within_its_bound() => AssertLogarithm<ScalarLane>();

    [Test]
    public void The_logarithm_is_within_its_bound_without_fused_operations() => AssertLogarithm<UnfusedLane>();

    [Test]
    public void Every_width_gives_the_bits_of_the_scalar()
    {
        SplittableRandom random = new(3);
        for (int i = 0; i < 2000; i++)
        {
            double[] x = [.. Enumerable.Range(0, 8).Select(_ => -710 * random.NextDouble())], y = [.. x.Select(z => 1 - z)];
            double[] exp = [.. x.Select(LaneMath.Exp<ScalarLane, double>)], log = [.. y.Select(LaneMath.Log<ScalarLane, double>)];
            using (Assert.EnterMultipleScope())
            {
                Assert.That(LaneMath.Exp<Lanes512, Vector512<double>>(Vector512.Create(x)), Is.EqualTo(Vector512.Create(exp)));
                Assert.That(LaneMath.Exp<Lanes256, Vector256<double>>(Vector256.Create(x)), Is.EqualTo(Vector256.Create(exp)));
                Assert.That(LaneMath.Exp<Lanes128, Vector128<double>>(Vector128.Create(x)), Is.EqualTo(Vector128.Create(exp)));
                Assert.That(LaneMath.Log<Lanes512, Vector512<double>>(Vector512.Create(y)), Is.EqualTo(Vector512.Create(log)));
                Assert.That(LaneMath.Log<Lanes256, Vector256<double>>(Vector256.Create(y)), Is.EqualTo(Vector256.Create(log)));
                Assert.That(LaneMath.Log<Lanes128, Vector128<double>>(Vector128.Create(y)), Is.EqualTo(Vector128.Create(log)));
            }
        }
    }

    private static void AssertExponential<TLane>(double bound)
        where TLane : struct, ILanes<double>
    {
        SplittableRandom random = new(1);
        double[] special = [0, -0.0, -1e-300, -1e-17, -0.34657, -0.34658, -Math.Log(2), -1, -707.9999, -708];
        double worst = 0;
        foreach (double x in special.Concat(Enumerable.Range(0, Cases).Select(i => i % 2 == 0 ? -708 * random.NextDouble() : -40 * random.NextDouble())))
        {
            double found = LaneMath.Exp<TLane, double>(x);
            worst = Math.Max(worst, Ulps(found, DoubleDouble.Exp(x)));
        }

        Assert.That(worst, Is.LessThanOrEqualTo(bound));
        Assert.That(LaneMath.Exp<TLane, double>(0), Is.EqualTo(1));
        Assert.That(LaneMath.Exp<TLane, double>(double.NegativeInfinity), Is.InRange(0, 4e-308));
    }

    private static void AssertLogarithm<TLane>()
        where TLane : struct, ILanes<double>
    {
        SplittableRandom random = new(2);
        double[] special = [1, double.BitIncrement(1), 1 + 1e-9, Math.Sqrt(2), double.BitDecrement(Math.Sqrt(2)), 2, double.BitDecrement(2), 4, 1e6, 1L << 52];
        double worst = 0;
        foreach (double x in special.Concat(Enumerable.Range(0, Cases).Select(i => i % 2 == 0 ? 1 + (3 * random.NextDouble()) : Math.Exp(20 * random.NextDouble()))))
        {
            double found = LaneMath.Log<TLane, double>(x);
            if (x > 1) worst = Math.Max(worst, Ulps(found, DoubleDouble.Log(x)));
        }

        Assert.That(worst, Is.LessThanOrEqualTo(1.5));
        Assert.That(LaneMath.Log<TLane, double>(1), Is.Zero);
    }

    /// <summary>The error of a number in units of its last place.</summary>
    private static double Ulps(double found, DoubleDouble exact) => Math.Abs((exact - found).ToDouble()) / (Math.BitIncrement(Math.Abs(found)) - Math.Abs(found));
}
