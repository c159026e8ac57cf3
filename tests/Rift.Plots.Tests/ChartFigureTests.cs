using Rift.Experiments;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class ChartFigureTests
{
    private static ChartPanel Panel => new("panel", "across", "upward")
    {
        Series =
        [
            new ChartSeries("first", ChartColor.Blue, [new ChartPoint(0.01, 0.2, 0.1, 0.3), new ChartPoint(1, 0.9, 0.8, 1)]),
            new ChartSeries("second", ChartColor.Orange, [new ChartPoint(0.01, 0.5, 0.5, 0.5), new ChartPoint(1, 0.9, 0.9, 0.9)]),
        ],
        Levels = [new ChartLevel("level", ChartColor.Vermilion, 0.9)],
    };

    private static Chart Chart(params IReadOnlyList<ChartPanel>[] rows) => new("name", "title", "subtitle", rows);

    [Test]
    public void Lines_bands_and_levels_are_seen_in_their_colours()
    {
        using SKBitmap bitmap = Picture.Decode(ChartFigure.Of(Chart([Panel])).ToPng(3));
        foreach (ScottPlot.Color color in new[] { HouseStyle.Series[0], HouseStyle.Series[1], HouseStyle.Series[4] }) Assert.That(Picture.Count(bitmap, color), Is.GreaterThan(20), $"{color}");
    }

    [Test]
    public void Rows_of_panels_stand_below_one_another()
    {
        Figure one = ChartFigure.Of(Chart([Panel, Panel])), two = ChartFigure.Of(Chart([Panel, Panel], [Panel, Panel]));
        Assert.That(two.Width, Is.EqualTo(one.Width));
        Assert.That(two.Height, Is.GreaterThan(one.Height + 200));
    }

    [Test]
    public void Many_places_with_long_names_make_a_wide_panel()
    {
        ChartPanel places = Panel with { Places = [.. Enumerable.Range(0, 12).Select(i => $"a long name {i}")], HasLines = false };
        Assert.That(ChartFigure.Of(Chart([places])).Width, Is.GreaterThan(12 * 60));
    }

    [Test]
    public void A_logarithmic_axis_shows_zero_apart()
    {
        ChartPanel log = Panel with { IsLogUpward = true, Series = [new ChartSeries("zero", ChartColor.Green, [new ChartPoint(0.1, 0, 0, 0), new ChartPoint(1, 1e-5, 1e-6, 1e-4)])] };
        using SKBitmap bitmap = Picture.Decode(ChartFigure.Of(Chart([log])).ToPng(1));
        Assert.That(Picture.Count(bitmap, HouseStyle.Series[2]), Is.GreaterThan(20));
    }

    [Test]
    public void A_linear_axis_has_round_numbers_no_further_than_its_points()
    {
        ChartPanel linear = Panel with { IsLinearAcross = true, Series = [new ChartSeries("", ChartColor.Green, [new ChartPoint(0, 0.1), new ChartPoint(3, 0.2)])], Levels = [] };
        string[] words = [.. ChartFigure.Of("title", "subtitle", linear).ToSvg().Split('\n', '\t').Where(word => word.Length > 0 && char.IsAsciiDigit(word[0]))];
        Assert.That(words, Does.Contain("0.5").And.Contain("3.0").And.Not.Contain("3.5"));
    }

    [Test]
    public void Few_points_are_marked_and_many_are_a_curve()
    {
        int Marks(int points) => ChartFigure.Of("title", "subtitle", Panel with { Series = [new ChartSeries("", ChartColor.Green, [.. Enumerable.Range(1, points).Select(x => new ChartPoint(x, 0.5))])], Levels = [] }).ToSvg().Split("#009E73").Length - 1;
        Assert.That(Marks(40), Is.GreaterThan(40));
        Assert.That(Marks(41), Is.LessThan(5));
    }

    [Test]
    public void The_same_chart_gives_the_same_bytes()
    {
        byte[][] pictures = [.. Enumerable.Range(0, 2).Select(_ => ChartFigure.Of(Chart([Panel])).ToPng(1))];
        Assert.That(pictures[1], Is.EqualTo(pictures[0]));
    }

    [Test]
    public void Rows_of_different_lengths_are_refused()
    {
        Assert.That(() => ChartFigure.Of(Chart([Panel, Panel], [Panel])), Throws.ArgumentException);
        Assert.That(() => ChartFigure.Of(Chart()), Throws.ArgumentException);
    }
}
