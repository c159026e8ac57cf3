using Rift.Theory;
using SkiaSharp;

namespace Rift.Plots.Tests;

public class GapFigureTests
{
    private static readonly Identity _within = new([0.5], [0], 1), _zero = new([0], [0], 1), _above = new([2], [0], 1);

    [Test]
    public void A_ledger_that_holds_has_none_above_the_bound()
    {
        int checks = Worlds.Ledger.Sum(row => row.Cases);
        Assert.That(GapFigure.Of(Worlds.Ledger).Subtitle, Is.EqualTo($"number of cases by decades; {checks} checks in double, 0 in double-double, none above the bound"));
    }

    [Test]
    public void Each_decade_says_its_number_of_cases_and_an_empty_one_nothing()
    {
        LedgerRow row = Worlds.Ledger[0] with { Histogram = new GapHistogram([.. Enumerable.Repeat(_within, 37), .. Enumerable.Repeat(_zero, 29)]), HistogramExtended = new GapHistogram(Enumerable.Repeat(_within, 23)) };
        string[] texts = [.. System.Xml.Linq.XDocument.Parse(GapFigure.Of([row]).ToSvg()).Descendants().Where(x => x.Name.LocalName == "text").Select(x => x.Value.Trim())];
        Assert.That(texts.Where(text => text.Length == 2 && text.All(char.IsAsciiDigit)), Is.EquivalentTo(new[] { "37", "29", "23" }));
    }

    [Test]
    public void What_is_above_the_bound_is_counted_and_nothing_else_has_the_colour_of_failure()
    {
        int Reddish(params Identity[] identities)
        {
            LedgerRow row = Worlds.Ledger[0] with { Histogram = new GapHistogram(identities) };
            using SKBitmap bitmap = Picture.Decode(GapFigure.Of([row, Worlds.Ledger[1]]).ToPng());
            return bitmap.Pixels.Count(pixel => pixel.Red > pixel.Blue + 12);
        }

        Assert.Multiple(() =>
        {
            Assert.That(Reddish(_within, _zero), Is.Zero);
            Assert.That(Reddish(_within, _above), Is.GreaterThan(100));
            Assert.That(GapFigure.Of([Worlds.Ledger[0] with { Histogram = new GapHistogram(_above) }]).Subtitle, Does.EndWith(" 1 above the bound"));
        });
    }

    [Test]
    public void A_ledger_without_cases_is_drawn() =>
        Assert.That(GapFigure.Of([Worlds.Ledger[0] with { Histogram = new GapHistogram() }]).ToPng(), Is.Not.Empty);

    [Test]
    public void An_empty_ledger_is_refused() => Assert.Throws<ArgumentException>(() => GapFigure.Of([]));
}
