using Rift.Mdp;
using Rift.Models;

namespace Rift.Laboratory.Tests;

public class DrawingTests
{
    [Property]
    public bool A_slider_goes_back_to_where_it_was(byte position)
    {
        Track[] tracks = [Track.Factors(1e-3, 10, true), Track.Factors(1e-3, 10, false), Track.Discounts(0.999), Track.Even(0, 1)];
        return tracks.All(track => Math.Abs(track.PositionOf(track.At(Math.Min((int)position, Track.Positions))) - Math.Min((int)position, Track.Positions)) <= 1);
    }

    [Test]
    public void A_track_begins_and_ends_where_it_says() => Assert.Multiple(() =>
    {
        Assert.That(Track.Factors(1e-3, 10, true).At(0), Is.Zero);
        Assert.That(Track.Factors(1e-3, 10, true).At(Track.Positions), Is.EqualTo(10));
        Assert.That(Track.Discounts(0.999).At(0), Is.Zero);
        Assert.That(Track.Discounts(0.999).At(Track.Positions), Is.EqualTo(0.999));
    });

    [TestCase(0.5, 1e-10, "0.5000000 ± 2e−10")]
    [TestCase(-12.3456789, 3.2e-4, "−12.346 ± 7e−4")]
    [TestCase(2.0, 0.0, "2.000000 ± 0")]
    [TestCase(0.1, 0.5, "0 ± 0.7")]
    [TestCase(double.PositiveInfinity, 0.0, "∞")]
    public void A_certified_number_shows_the_digits_that_its_bound_leaves(double value, double bound, string text) => Assert.That(NumberText.Certified(new CertifiedNumber(value, bound)), Is.EqualTo(text));

    [TestCase(0.00996, "0.01")]
    [TestCase(0.0094, "9e−3")]
    [TestCase(-12.34, "−12.3")]
    [TestCase(0.0, "0")]
    public void A_number_in_a_cell_is_short(double value, string text) => Assert.That(NumberText.Cell(value), Is.EqualTo(text));

    [Property]
    public bool What_is_shown_encloses_the_number(double value, double bound)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1e12 || !double.IsFinite(bound)) return true;
        bound = Math.Abs(bound);
        string[] shown = [.. NumberText.Certified(new CertifiedNumber(value, bound)).Replace('−', '-').Split(" ± ").Select(part => part.Replace("∞", "Infinity", StringComparison.Ordinal))];
        double middle = double.Parse(shown[0], System.Globalization.CultureInfo.InvariantCulture), radius = double.Parse(shown[1], System.Globalization.CultureInfo.InvariantCulture);
        return middle - radius <= value - bound && value + bound <= middle + radius;
    }

    [Test]
    public void The_bracket_of_value_iteration_is_that_of_an_uninterrupted_run()
    {
        SoftProblem problem = new(WorldCatalog.Create("riverswim"), 0.2);
        SweepRun run = new(problem, Sweeper.ValueIteration);
        run.RunTo(25);
        SoftSolution whole = new ValueIteration { MaxIterations = 25 }.Solve(problem), stop = run.At(25);
        double tolerance = whole.Certificate.Rounding + stop.Certificate.Rounding;
        Assert.That(stop.Certificate.HalfWidth, Is.EqualTo(whole.Certificate.HalfWidth).Within(tolerance));
        Assert.That(stop.Values.ToArray(), Is.EqualTo(whole.Values.ToArray()).Within(tolerance));
    }

    [Test]
    public void A_run_ends_at_its_tolerance_and_its_widths_only_fall([Values] Sweeper sweeper)
    {
        SweepRun run = new(new SoftProblem(WorldCatalog.Create("forest"), 0.1), sweeper);
        run.RunTo(LaboratoryState.MostSweeps);
        double[] widths = [.. run.Stops.Select(stop => stop.Certificate.HalfWidth)];
        Assert.That(run.Ended, Is.True);
        Assert.That(widths[^1], Is.LessThan(1e-8));
        if (sweeper != Sweeper.PolicyIteration) Assert.That(widths, Is.Ordered.Descending);
    }

    [Test]
    public void Sweeps_from_the_ends_get_there_sooner_and_are_proved_all_the_way()
    {
        SoftProblem problem = new(WorldCatalog.Create("gridworld:S...../.##.../...X../....#G"), 0.01);
        SweepRun inOrder = new(problem, Sweeper.GaussSeidel), allAtOnce = new(problem, Sweeper.ValueIteration);
        foreach (SweepRun run in (SweepRun[])[inOrder, allAtOnce]) run.RunTo(LaboratoryState.MostSweeps);
        double[] optimum = problem.Solve().Values.ToArray();
        Assert.That(inOrder.Ended, Is.True);
        Assert.That(inOrder.Stops, Has.Count.LessThan(allAtOnce.Stops.Count));
        Assert.That(inOrder.Stops.SkipLast(1).All(stop => stop.Certificate.Contains(optimum)), Is.True);
    }

    [Test]
    public void Colours_keep_the_order_of_numbers()
    {
        ColourScale scale = ColourScale.Even([-3, 5]);
        double[] brightness = [.. Enumerable.Range(0, 65).Select(i => Brightness(scale.Fill(i / 64.0).Colour))];
        Assert.That(brightness, Is.Ordered.Ascending);

        static double Brightness(string colour)
        {
            int rgb = Convert.ToInt32(colour[1..], 16);
            return (0.2126 * Linear(rgb >> 16)) + (0.7152 * Linear((rgb >> 8) & 255)) + (0.0722 * Linear(rgb & 255));
        }

        static double Linear(int channel) => Math.Pow(channel / 255.0, 2.2);
    }

    [Test]
    public void States_of_a_graph_do_not_lie_on_one_another([Values("CE1", "garnet:40,3,3,2", "bandit:4", "riverswim", "chain:30")] string world)
    {
        GraphLayout layout = GraphLayout.Of(Setting.Of(LaboratoryState.Default with { World = world }).Mdp);
        foreach ((int i, (double x, double y)) in layout.Places.Index())
        {
            Assert.That(x, Is.InRange(0, layout.Width));
            Assert.That(y, Is.InRange(0, layout.Height));
            Assert.That(layout.Places.Skip(i + 1).All(other => Math.Abs(other.X - x) + Math.Abs(other.Y - y) > 100), Is.True);
        }
    }
}
