namespace Rift.Mdp.Tests;

public class RoundingTests
{
    // 1 - 0.5 (1 + 0.25) = 0.375; all numbers are exact.
    [TestCase(3, 0.5, 0.25, 8)]
    [TestCase(3, 0.5, 0, 6)]
    [TestCase(3, 0, 0.25, 3)]
    [TestCase(3, 0.5, 1, double.PositiveInfinity)]
    [TestCase(3, 0.5, 2, double.PositiveInfinity)]
    [TestCase(0, 0.5, 0.25, 0)]
    [TestCase(0, 0.5, 2, 0)]
    public void An_error_of_every_step_adds_up_to_a_geometric_series(double perStep, double discount, double rowError, double expected) =>
        Assert.That(Rounding.Accumulated(perStep, discount, rowError), Is.EqualTo(expected));

    [Test]
    public void The_unit_is_the_largest_number_that_one_does_not_notice() => Assert.Multiple(() =>
    {
        Assert.That(1 + Rounding.Unit, Is.EqualTo(1));
        Assert.That(1 + double.BitIncrement(Rounding.Unit), Is.GreaterThan(1));
    });
}
