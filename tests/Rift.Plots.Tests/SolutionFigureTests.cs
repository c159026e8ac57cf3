using Rift.Mdp;
using Rift.Models;
using ScottPlot;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class SolutionFigureTests
{
    private static readonly SKColor _wall = SKColor.Parse("#4A4A4A");
    private static readonly SKColor _end = SKColor.Parse("#EDEDED");

    [Test]
    public void Row_zero_of_the_map_is_at_the_top_and_colour_says_where_V_is_greatest()
    {
        SoftSolution solution = Worlds.Garden.Solved();
        using SKBitmap bitmap = Picture.Decode(SolutionFigure.Of(solution).ToPng(scale: 1));
        ScottPlot.Colormaps.Viridis viridis = new();
        int best = solution.Values[..^1].IndexOf(Greatest(solution.Values[..^1]));
        int cell = Worlds.Garden.Description.Grid!.CellOfState[best];
        Assert.Multiple(() =>
        {
            Assert.That((cell / 4, cell % 4), Is.EqualTo((3, 2)), "beside the goal");
            Assert.That(Picture.Cell(bitmap, 3, 2), Is.EqualTo(viridis.GetColor(1).ToSKColor()));
            Assert.That(Picture.Cell(bitmap, 2, 2), Is.EqualTo(_wall));
            Assert.That(Picture.Cell(bitmap, 3, 3), Is.EqualTo(_end), "the goal");
            Assert.That(Picture.Cell(bitmap, 3, 0), Is.EqualTo(_end), "a pit");
            Assert.That(Picture.Cell(bitmap, 0, 0), Is.Not.EqualTo(_wall).And.Not.EqualTo(_end), "the start");
        });

        static double Greatest(ReadOnlySpan<double> values)
        {
            double greatest = double.NegativeInfinity;
            foreach (double value in values) greatest = Math.Max(greatest, value);
            return greatest;
        }
    }

    [Test]
    public void States_that_a_table_lists_beyond_the_end_are_drawn_as_ends()
    {
        using SKBitmap bitmap = Picture.Decode(SolutionFigure.Of(FrozenLake.Create(FrozenLake.Map4x4).Solved()).ToPng(scale: 1));
        Assert.That(Picture.Cell(bitmap, 1, 1), Is.EqualTo(_end), "H");
        Assert.That(Picture.Cell(bitmap, 3, 3), Is.EqualTo(_end), "G");
        Assert.That(Picture.Cell(bitmap, 0, 0), Is.Not.EqualTo(_end), "S");
    }

    [Test]
    public void Arrows_are_drawn_exactly_where_all_labels_are_directions()
    {
        MarkovDecisionProcess garden = Worlds.Garden;
        string with = Svg(["NORTH", "east", "Down", "LEFT", "stay"]);
        string without = Svg(["up", "right", "down", "left", "wait"]), unnamed = Svg(null);
        Assert.That(without, Is.EqualTo(unnamed));
        Assert.That(with.Split("<path").Length, Is.GreaterThan(without.Split("<path").Length));

        string Svg(string[]? labels) => SolutionFigure.Of(garden.WithDescription(garden.Description with { ActionLabels = labels }).Solved()).ToSvg();
    }

    [TestCase(1.0)]
    [TestCase(0.25)]
    [TestCase(0.01)]
    public void The_area_of_an_arrow_is_in_proportion_to_the_probability(double probability)
    {
        foreach ((int X, int Y) direction in new[] { (0, 1), (1, 0), (0, -1), (-1, 0), (0, 0) })
            Assert.That(Area(PolicyArrow.Outline(3, 4, direction, probability)), Is.EqualTo(probability * Area(PolicyArrow.Outline(0, 0, direction, 1))).Within(1e-12));

        static double Area(Coordinates[] outline) =>
            Math.Abs(outline.Select((point, i) => (point, next: outline[(i + 1) % outline.Length])).Sum(edge => (edge.point.X * edge.next.Y) - (edge.next.X * edge.point.Y))) / 2;
    }

    [Test]
    public void An_arrow_points_where_its_action_leads()
    {
        (int X, int Y)[] directions = PolicyArrow.Directions(["up", "right", "down", "left"])!;
        Coordinates[] tips = [.. directions.Select(direction => PolicyArrow.Outline(0, 0, direction, 1).MaxBy(point => Math.Abs(point.X) + Math.Abs(point.Y)))];
        Assert.Multiple(() =>
        {
            Assert.That((tips[0].X, tips[0].Y > 0), Is.EqualTo((0.0, true)));
            Assert.That((tips[1].X > 0, tips[1].Y), Is.EqualTo((true, 0.0)));
            Assert.That((tips[2].X, tips[2].Y < 0), Is.EqualTo((0.0, true)));
            Assert.That((tips[3].X < 0, tips[3].Y), Is.EqualTo((true, 0.0)));
        });
    }

    [Test]
    public void The_subtitle_gives_temperature_discount_and_the_start_value_with_its_bound()
    {
        SoftSolution solution = Worlds.Waves(40).Solved(0.05, new ValueIteration { Tolerance = 0.3 });
        Assert.That(SolutionFigure.Of(solution).Subtitle, Does.StartWith("temperature 0.05, discount 0.9, V(start) = ").And.EndWith($" ± {NumberText.Bound(solution.Certificate.HalfWidth)}"));
        Assert.That(SolutionFigure.Of(solution).Title, Is.EqualTo("40 states, 2 actions"));
    }

    [Test]
    public void A_map_on_which_states_share_a_cell_is_drawn_by_the_number_of_the_state()
    {
        GridGeometry shared = new(["ab"], [0, 0, 1]);
        MarkovDecisionProcess waves = Worlds.Waves(3);
        Figure drawn = SolutionFigure.Of(waves.WithDescription(new ModelDescription { Grid = shared }).Solved());
        Assert.That(drawn.ToSvg(), Is.EqualTo(SolutionFigure.Of(waves.Solved()).ToSvg()));
    }

    [Test]
    public void A_wide_bracket_is_seen_as_a_band()
    {
        static int Band(double tolerance)
        {
            using SKBitmap bitmap = Picture.Decode(SolutionFigure.Of(Worlds.Waves(40).Solved(0.05, new ValueIteration { Tolerance = tolerance })).ToPng(scale: 1));
            return bitmap.Pixels.Count(pixel => pixel.Blue > pixel.Red + 30 && pixel.Red > 150);
        }

        Assert.That(Band(0.5), Is.GreaterThan(5 * Band(1e-9)));
    }

    [TestCase(0.0)]
    [TestCase(-1e10)]
    public void A_world_of_one_value_up_to_rounding_is_drawn_in_one_colour(double stepReward)
    {
        SoftSolution solution = new GridWorld { Map = ["S.."], StepReward = stepReward, Discount = 0.9 }.ToModel().Solved();
        using SKBitmap bitmap = Picture.Decode(SolutionFigure.Of(solution).ToPng(scale: 1));
        Assert.That(Picture.Cell(bitmap, 0, 0), Is.EqualTo(Picture.Cell(bitmap, 0, 2)));
    }
}
