using Rift.Theory;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class LedgerFigureTests
{
    [Test]
    public void A_ledger_that_holds_says_so_and_has_nothing_in_the_colour_of_failure()
    {
        Figure figure = LedgerFigure.Of(Worlds.Ledger);
        using SKBitmap bitmap = Picture.Decode(figure.ToPng());
        Assert.That(figure.Subtitle, Is.EqualTo($"all {Worlds.Ledger.Count} statements hold on 3 cases"));
        Assert.That(Picture.Count(bitmap, HouseStyle.Vermilion), Is.Zero);
        Assert.That(Picture.Count(bitmap, HouseStyle.Blue), Is.GreaterThan(100 * Worlds.Ledger.Count));
    }

    [TestCase(0.3, TestName = "A_failure_is_marked")]
    [TestCase(double.NaN, TestName = "A_gap_that_is_no_number_is_marked")]
    [TestCase(double.PositiveInfinity, TestName = "An_infinite_gap_is_marked")]
    [TestCase(0.0, TestName = "A_failure_in_a_case_other_than_the_widest_is_marked")]
    public void A_failure_is_marked(double gap)
    {
        LedgerRow[] rows = [.. Worlds.Ledger.Take(3), Worlds.Ledger[3] with { WorstGap = gap, Failures = 1 }];
        Figure figure = LedgerFigure.Of(rows);
        using SKBitmap bitmap = Picture.Decode(figure.ToPng());
        Assert.That(figure.Subtitle, Is.EqualTo("3 of 4 statements hold on 3 cases; the others are marked"));
        Assert.That(Picture.Count(bitmap, HouseStyle.Vermilion), Is.GreaterThan(100));
        Assert.That(figure.ToSvg(), Does.Contain("fails"));
    }

    [Test]
    public void A_statement_without_cases_is_not_counted_as_holding()
    {
        Figure figure = LedgerFigure.Of([Worlds.Ledger[0] with { Cases = 0, WorstGap = 0, Bound = 0 }, Worlds.Ledger[1]]);
        Assert.That(figure.Subtitle, Does.StartWith("1 of 2 statements hold"));
        Assert.That(figure.ToSvg(), Does.Contain("not checked"));
    }

    [Test]
    public void A_ledger_of_exact_zeros_is_drawn() =>
        Assert.That(LedgerFigure.Of([Worlds.Ledger[0] with { WorstGap = 0, Bound = 0 }]).ToPng(), Is.Not.Empty);

    [Test]
    public void An_empty_ledger_is_refused() => Assert.Throws<ArgumentException>(() => LedgerFigure.Of([]));
}
