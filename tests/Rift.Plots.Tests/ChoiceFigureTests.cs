using System.Text.RegularExpressions;
using SkiaSharp;

namespace Rift.Plots.Tests;

public partial class ChoiceFigureTests
{
    private static readonly FittedChoice[] _curve = [.. Enumerable.Range(0, 10).Select(x => new FittedChoice(x, 0.05 * x, 0.04 * x, 0.07 * x))];

    [Test]
    public void Curve_band_and_data_are_drawn()
    {
        using SKBitmap bare = Draw([]), data = Draw([new ObservedChoice(4, 0.2, 100)]);
        SKColor band = bare.Pixels.GroupBy(pixel => pixel).OrderByDescending(same => same.Count()).Skip(1).First().Key;
        Assert.Multiple(() =>
        {
            Assert.That(Picture.Count(bare, HouseStyle.Blue), Is.GreaterThan(300));
            Assert.That(band.Blue, Is.GreaterThan(band.Red), "the band is the largest patch after the ground");
            Assert.That(data.Pixels.Zip(bare.Pixels).Count(pair => pair.First != pair.Second), Is.GreaterThan(20));
        });
    }

    [Test]
    public void Shares_of_few_decisions_above_the_bands_are_counted_instead_of_drawn()
    {
        Figure figure = Of([new ObservedChoice(1, 0.1, 1000), new ObservedChoice(2, 1, 1)]), two = Of([new ObservedChoice(1, 0.1, 1000), new ObservedChoice(2, 1, 1), new ObservedChoice(3, 1, 2)]);
        Assert.Multiple(() =>
        {
            Assert.That(figure.Subtitle, Is.EqualTo("parameters; 1 share of few decisions above the picture"));
            Assert.That(two.Subtitle, Is.EqualTo("parameters; 2 shares of few decisions above the picture"));
            Assert.That(Of([new ObservedChoice(2, 1, 500), new ObservedChoice(1, 0, 1000)]).Subtitle, Is.EqualTo("parameters"));
        });
    }

    [Test]
    public void Several_choices_are_named_and_one_point_is_a_mark()
    {
        string svg = ChoiceFigure.Of("t", "s", "state", [new("left", [_curve[3]], []), new("right", _curve, [])]).ToSvg();
        Assert.That(svg, Does.Contain("left").And.Contain("right"));
    }

    [Test]
    public void Names_stand_in_the_corner_that_the_bands_leave_free()
    {
        FittedChoice[] falling = [.. _curve.Select(point => point with { X = 9 - point.X }).Reverse()];
        Assert.Multiple(() =>
        {
            Assert.That(LeftOfName(_curve), Is.LessThan(200));
            Assert.That(LeftOfName(falling), Is.GreaterThan(560));
        });

        static double LeftOfName(FittedChoice[] curve) => double.Parse(
            Name().Match(ChoiceFigure.Of("t", "s", "state", [new("steep", curve, []), new("as steep", curve, [])]).ToSvg()).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    [Test]
    public void A_choice_without_a_curve_is_refused()
    {
        Assert.Throws<ArgumentException>(() => ChoiceFigure.Of("t", "s", "x", []));
        Assert.Throws<ArgumentException>(() => ChoiceFigure.Of("t", "s", "x", [new("left", [], [])]));
    }

    private static Figure Of(ObservedChoice[] observed) => ChoiceFigure.Of("title", "parameters", "state", [new ChoiceSeries("go", _curve, observed)]);

    [GeneratedRegex("""translate\(([0-9.]+) [0-9.]+\)"[^>]*>\s*as steep""")]
    private static partial Regex Name();

    private static SKBitmap Draw(ObservedChoice[] observed) => Picture.Decode(Of(observed).ToPng());
}
