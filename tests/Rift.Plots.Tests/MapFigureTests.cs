using Rift.Mdp;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class MapFigureTests
{
    private static readonly ScottPlot.Colormaps.Viridis _viridis = new();

    [Test]
    public void A_map_of_V_with_the_policy_is_the_figure_of_the_solution()
    {
        SoftSolution solution = Worlds.Garden.Solved();
        Figure drawn = SolutionFigure.Of(solution), map = MapFigure.Of(drawn.Title, drawn.Subtitle, Panel(solution.Values.ToArray()) with { Policy = solution.Policy, Quantity = "V(s)" });
        Assert.That(map.ToSvg(), Is.EqualTo(drawn.ToSvg()));
    }

    [Test]
    public void Maps_side_by_side_are_each_named_and_as_wide_as_one_together()
    {
        double[] values = [.. Enumerable.Range(0, Worlds.Garden.States).Select(s => (double)s)];
        Figure two = MapFigure.Of("title", "subtitle", Panel(values) with { Title = "first map" }, Panel(values) with { Title = "second map" });
        string svg = two.ToSvg();
        foreach (string name in new[] { "first map", "second map" }) Assert.That(svg.Split(name).Length - 1, Is.EqualTo(1), name);
        Assert.That(two.Width, Is.GreaterThan(MapFigure.Of("title", "subtitle", Panel(values)).Width));
    }

    [Test]
    public void Colour_can_stand_for_the_logarithm_and_what_is_six_decades_less_has_the_colour_of_the_end()
    {
        double[] values = Enumerable.Repeat(1.0, Worlds.Garden.States).ToArray();
        (values[0], values[1], values[2]) = (1e-3, 1e-9, 0);
        using SKBitmap bitmap = Picture.Decode(MapFigure.Of("title", "subtitle", Panel(values) with { IsLogarithmic = true }).ToPng(scale: 1));
        Assert.Multiple(() =>
        {
            Assert.That(Picture.Cell(bitmap, 0, 0), Is.EqualTo(_viridis.GetColor(0.5).ToSKColor()));
            Assert.That(Picture.Cell(bitmap, 0, 1), Is.EqualTo(_viridis.GetColor(0).ToSKColor()));
            Assert.That(Picture.Cell(bitmap, 0, 2), Is.EqualTo(_viridis.GetColor(0).ToSKColor()));
            Assert.That(Picture.Cell(bitmap, 0, 3), Is.EqualTo(_viridis.GetColor(1).ToSKColor()));
        });
    }

    [Test]
    public void A_model_without_a_map_or_a_number_too_few_is_refused()
    {
        Assert.That(() => MapFigure.Of("", "", new MapPanel("", "x", Worlds.Waves(3), [1, 2, 3])), Throws.ArgumentException.With.Message.Contains("a map on which each state has a cell of its own"));
        Assert.That(() => MapFigure.Of("", "", Panel([1])), Throws.ArgumentException.With.Message.Contains("found 1 values"));
        Assert.That(() => MapFigure.Of("", ""), Throws.ArgumentException);
    }

    private static MapPanel Panel(double[] values) => new("", "x", Worlds.Garden, values);
}
