namespace Rift.Mdp.Tests;

public class ToleranceTests
{
    [Test]
    public void The_default_is_relative_to_the_values_with_a_floor()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tolerance.Default.HalfWidth(0.5, 0), Is.EqualTo(1e-10));
            Assert.That(Tolerance.Default.HalfWidth(100, 0), Is.EqualTo(1e-8));
            Assert.That(Tolerance.Default.HalfWidth(1, 1), Is.EqualTo(4));
            Assert.That(default(Tolerance), Is.EqualTo(Tolerance.Default));
        }
    }

    [Test]
    public void A_number_is_an_absolute_tolerance()
    {
        Tolerance tolerance = 0.25;
        Assert.That(tolerance, Is.EqualTo(Tolerance.Absolute(0.25)));
        Assert.That(tolerance.HalfWidth(1e9, 7), Is.EqualTo(0.25));
    }

    [Test]
    public void The_rounding_floor_allows_half_as_much_again() => Assert.That(Tolerance.RoundingFloor.HalfWidth(1e9, 2), Is.EqualTo(3));

    [TestCase(0.0)]
    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_half_width_is_positive_and_finite(double halfWidth) =>
        Assert.That(() => Tolerance.Absolute(halfWidth), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a positive finite number (Parameter 'halfWidth')"));
}
