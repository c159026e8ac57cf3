namespace Rift.Plots.Tests;

public class NumberTextTests
{
    [TestCase(-12, "10⁻¹²")]
    [TestCase(0, "10⁰")]
    [TestCase(305, "10³⁰⁵")]
    public void A_power_of_ten_is_raised(int exponent, string expected) => Assert.That(NumberText.Power(exponent), Is.EqualTo(expected));

    [TestCase(3.11e-11, "3.2 · 10⁻¹¹")]
    [TestCase(9.91e-8, "1.0 · 10⁻⁷")]
    [TestCase(0.3, "0.3")]
    [TestCase(0.0251, "0.026")]
    [TestCase(4200.0, "4200")]
    [TestCase(42000.0, "4.2 · 10⁴")]
    [TestCase(0.0, "0")]
    [TestCase(double.Epsilon, "1.0 · 10⁻³⁰⁰")]
    [TestCase(double.PositiveInfinity, "∞")]
    public void A_bound_is_rounded_up(double bound, string expected) => Assert.That(NumberText.Bound(bound), Is.EqualTo(expected));

    [TestCase(-0.5420259303, 3.11e-7, "−0.5420259 ± 3.2 · 10⁻⁷")]
    [TestCase(1.0 / 3.0, 0.0, "0.3333333333333333 ± 0")]
    [TestCase(1234.5, 20.0, "1234 ± 20")]
    public void A_value_has_the_decimals_that_its_bound_leaves(double value, double bound, string expected) =>
        Assert.That(NumberText.Certified(value, bound), Is.EqualTo(expected));

    [TestCase(1.25, 0.5, "1.2")]
    [TestCase(1.25, 0.03, "1.25")]
    [TestCase(-0.001, 0.1, "0.0")]
    [TestCase(-12.34, 2, "−12")]
    [TestCase(123456.0, 0, "1.23E+05")]
    public void A_value_is_rounded_to_a_unit(double value, double unit, string expected) => Assert.That(NumberText.Rounded(value, unit), Is.EqualTo(expected));
}
