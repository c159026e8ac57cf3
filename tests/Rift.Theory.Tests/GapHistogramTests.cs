namespace Rift.Theory.Tests;

public class GapHistogramTests
{
    [TestCase(1, 0)]
    [TestCase(0.11, 0)]
    [TestCase(0.1, 1)]
    [TestCase(0.011, 1)]
    [TestCase(2e-9, 8)]
    [TestCase(2e-10, 9)]
    [TestCase(1e-300, 9)]
    public void A_gap_is_counted_in_the_decade_of_its_ratio(double gap, int decade)
    {
        GapHistogram histogram = new(new Identity([gap], [0], 1));
        Assert.Multiple(() =>
        {
            Assert.That(histogram.Decades[decade], Is.EqualTo(1));
            Assert.That(histogram.Total, Is.EqualTo(1));
        });
    }

    [Test]
    public void Zeros_and_what_does_not_hold_are_counted_apart()
    {
        GapHistogram histogram = new(new Identity([0], [0], 0), new Identity([-1], [0], 1) { Relation = Relation.AtMost }, new Identity([1], [0], 0), new Identity([2], [0], 1), new Identity([double.NaN], [0], 1));
        Assert.That((histogram.Zero, histogram.Above, histogram.Total), Is.EqualTo((2, 3, 5)));
    }

    [Test]
    public void The_counts_of_a_ledger_sum_to_its_cases_and_agree_with_its_failures()
    {
        LedgerCase[] cases = [.. Enumerable.Range(0, 8).Select(i => new LedgerCase($"case {i}", () => ScenarioOf.Tame(i)) { Extended = i < 3 })];
        IReadOnlyList<LedgerRow> rows = Ledger.Run(Statement.All, cases).Rows;
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.Histogram.Total), Is.EqualTo(rows.Select(row => row.Cases)));
            Assert.That(rows.Select(row => row.HistogramExtended.Total), Is.EqualTo(rows.Select(row => row.CasesExtended)));
            Assert.That(rows.Select(row => row.Histogram.Above + row.HistogramExtended.Above), Has.All.Zero);
            Assert.That(rows.Sum(row => row.HistogramExtended.Total), Is.Positive);
        });
    }
}
