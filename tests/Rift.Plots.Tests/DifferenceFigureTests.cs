namespace Rift.Plots.Tests;

public class DifferenceFigureTests
{
    [Test]
    public void The_best_step_is_where_the_derivative_of_c_h2_plus_d_over_h_is_zero()
    {
        // 4 h^2 + 1/h: 8 h = 1/h^2 at h = 1/2, where it is 1 + 2.
        Figure figure = DifferenceFigure.Of("f", [new(0.1, 1), new(1, 4)], truncation: 4, rounding: 1);
        Assert.That(figure.Subtitle, Is.EqualTo("central difference; least error near step 0.5, about 3"));
    }

    [Test]
    public void An_error_of_zero_is_drawn() =>
        Assert.That(DifferenceFigure.Of("f", [new(0.1, 0), new(1, 4)], 1, 1e-16).ToSvg(), Does.Contain("\t0\n"));

    [Test]
    public void Steps_and_constants_out_of_range_are_refused()
    {
        DifferenceError[] two = [new(0.1, 1), new(1, 4)];
        Assert.Multiple(() =>
        {
            Assert.Throws<ArgumentException>(() => DifferenceFigure.Of("f", [], 1, 1));
            Assert.Throws<ArgumentException>(() => DifferenceFigure.Of("f", [new(0.1, 1), new(0.1, 2)], 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", [new(0, 1), new(1, 1)], 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", [new(0.1, -1), new(1, 1)], 1, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", two, 0, 1));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", two, 1, double.NaN));
        });
    }

    [Test]
    public void Several_series_are_named_in_their_colours_and_lines_once()
    {
        string svg = Two().ToSvg();
        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "first way", "second way", "line ∝ h" }) Assert.That(svg.Split(name).Length - 1, Is.EqualTo(1), name);
            Assert.That(svg, Does.Contain("subtitle"));
        });
    }

    [Test]
    public void Series_and_lines_out_of_range_are_refused()
    {
        DifferenceSeries fine = new("fine", [new(0.1, 1), new(1, 4)]);
        Assert.Multiple(() =>
        {
            Assert.That(() => DifferenceFigure.Of("f", "", [fine, new("none", [])], []), Throws.ArgumentException.With.Message.Contains("'none'"));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", "", [fine], [new("level", 1, 0)]));
            Assert.Throws<ArgumentOutOfRangeException>(() => DifferenceFigure.Of("f", "", [fine], [new("negative", -1, 2)]));
            Assert.Throws<ArgumentException>(() => DifferenceFigure.Of("f", "", [], []));
        });
    }

    private static Figure Two() => DifferenceFigure.Of(
        "f", "subtitle", [new("first way", [new(1e-4, 1e-2), new(1e-2, 1)]), new("second way", [new(1e-4, 1e-6), new(1, 1e-3)])], [new("line ∝ h", 1, 1)]);
}
