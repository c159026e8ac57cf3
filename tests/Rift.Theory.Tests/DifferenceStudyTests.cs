using Rift.Mdp;

namespace Rift.Theory.Tests;

public class DifferenceStudyTests
{
    private static readonly DifferenceStudy _study = DifferenceStudy.Of(ScenarioOf.Tame(), new SplittableRandom(1));

    [Test]
    public void Where_truncation_dominates_the_slope_is_the_order_of_the_difference()
    {
        // Below a step of 2^-6 the next term of Taylor's series is small; rounding takes over near 2^-16 in double, 2^-34 in double-double, 2^-14 for the sixth order.
        Assert.Multiple(() =>
        {
            Assert.That(Slope(x => x.Error, 6, 11), Is.EqualTo(2).Within(0.1));
            Assert.That(Slope(x => x.ErrorExtended, 6, 28), Is.EqualTo(2).Within(0.1));
            Assert.That(Slope(x => x.ErrorSixthOrder, 6, 11), Is.EqualTo(6).Within(0.1));
        });
    }

    [Test]
    public void Where_truncation_dominates_its_constant_is_a_sixth_of_the_third_derivative()
    {
        DifferenceStudyPoint point = At(20);
        // The next term is h^2 of this one.
        Assert.That(point.ErrorExtended / (point.Step * point.Step), Is.EqualTo(Math.Abs(_study.ThirdDerivative) / 6).Within(1e-6).Percent);
    }

    [Test]
    public void Where_rounding_dominates_the_error_rises_as_the_step_falls() =>
        Assert.Multiple(() =>
        {
            // Rounding errors scatter over two decades: the largest of ten steps is compared with that of the ten steps 2^15 times as long.
            Assert.That(Largest(x => x.Error, 41, 50) / Largest(x => x.Error, 26, 35), Is.InRange(Math.ScaleB(1, 11), Math.ScaleB(1, 19)));
            Assert.That(Largest(x => x.ErrorSixthOrder, 41, 50) / Largest(x => x.ErrorSixthOrder, 26, 35), Is.InRange(Math.ScaleB(1, 11), Math.ScaleB(1, 19)));
            foreach (DifferenceStudyPoint point in _study.Points.Where(x => x.Step < Math.ScaleB(1, -25)))
                Assert.That(point.Error * point.Step, Is.LessThan(10 * _study.Rounding));
        });

    [Test]
    public void Double_double_lowers_the_floor_to_where_theory_has_it()
    {
        // c h^2 + e/h is least at h = (e/2c)^(1/3), as (27 c e^2 / 4)^(1/3).
        double Least(double rounding) => Math.Cbrt(27 * Math.Abs(_study.ThirdDerivative) / 6 * rounding * rounding / 4);
        Assert.Multiple(() =>
        {
            Assert.That(_study.Points.Min(x => x.Error), Is.LessThan(Least(_study.Rounding)));
            Assert.That(_study.Points.Min(x => x.ErrorExtended), Is.LessThan(Least(_study.RoundingExtended)));
            Assert.That(_study.Points.Min(x => x.ErrorSixthOrder), Is.LessThan(1e-24));
        });
    }

    [Test]
    public void The_same_seed_gives_the_same_errors() =>
        Assert.That(DifferenceStudy.Of(ScenarioOf.Tame(), new SplittableRandom(1)).Points, Is.EqualTo(_study.Points));

    private static DifferenceStudyPoint At(int exponent) => _study.Points.Single(x => x.Step == Math.ScaleB(1, -exponent));

    /// <summary>The slope of log error over log step between 2^-last and 2^-first.</summary>
    private static double Slope(Func<DifferenceStudyPoint, double> error, int first, int last) => Math.Log2(error(At(first)) / error(At(last))) / (last - first);

    private static double Largest(Func<DifferenceStudyPoint, double> error, int first, int last) => Enumerable.Range(first, last - first + 1).Max(k => error(At(k)));
}
