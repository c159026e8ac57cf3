namespace Rift.Mdp.Tests;

public class GridAxisTests
{
    [Property]
    public void A_number_on_the_axis_is_the_mean_of_its_two_neighbours(byte[] gaps, ushort place)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        double at = -3;
        GridAxis axis = new([.. gaps.Prepend((byte)0).Select(gap => at += 0.01 + gap)]);
        double x = axis[0] + ((axis[axis.Count - 1] - axis[0]) * place / ushort.MaxValue);
        GridPosition found = axis.Locate(x);
        double upper = found.UpperWeight > 0 ? axis[found.Lower + 1] : 0;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.UpperWeight, Is.InRange(0, Math.BitDecrement(1.0)));
            Assert.That(found.LowerWeight, Is.GreaterThan(0));
            Assert.That(found.LowerWeight + found.UpperWeight, Is.EqualTo(1).Within(Rounding.Unit));
            Assert.That((found.LowerWeight * axis[found.Lower]) + (found.UpperWeight * upper), Is.EqualTo(x).Within(8 * Rounding.Unit * (Math.Abs(axis[0]) + Math.Abs(at))));
        }
    }

    [Test]
    public void Beyond_an_end_lies_the_end()
    {
        GridAxis axis = GridAxis.Uniform(-1, 1, 5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(axis.Points.ToArray(), Is.EqualTo(new[] { -1, -0.5, 0, 0.5, 1 }));
            Assert.That(axis.Locate(-7), Is.EqualTo(new GridPosition(0, 0)));
            Assert.That(axis.Locate(double.PositiveInfinity), Is.EqualTo(new GridPosition(4, 0)));
            Assert.That(axis.Locate(0.5), Is.EqualTo(new GridPosition(3, 0)));
            Assert.That(axis.Locate(0.625), Is.EqualTo(new GridPosition(3, 0.25)));
            Assert.That(GridAxis.Uniform(2, 3, 1).Locate(9), Is.EqualTo(new GridPosition(0, 0)));
        }
    }

    [Test]
    public void What_is_no_axis_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new GridAxis(), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new GridAxis(1, 1), Throws.ArgumentException.With.Message.StartsWith("found 1 after 1, expected increasing points"));
            Assert.That(() => new GridAxis(0, double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => GridAxis.Uniform(0, 1, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new GridAxis(0, 1).Locate(double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a number"));
        }
    }
}
