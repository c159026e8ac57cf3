using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

/// <summary>The records of the bus engines, the counts made of them, and the model.</summary>
public class BusEngineTests
{
    private static readonly int[] _all = [1, 2, 3, 4], _four = [4];

    [TestCase(new[] { 4 }, 4292, 33)]
    [TestCase(new[] { 1, 2, 3 }, 3864, 27)]
    [TestCase(new[] { 1, 2, 3, 4 }, 8156, 60)]
    public void Months_and_replacements_are_as_many_as_in_the_paper(int[] groups, int months, int replacements)
    {
        BusEngineCounts counts = BusEngineCounts.Load(groups);
        Assert.Multiple(() =>
        {
            Assert.That((counts.Observations, counts.Replacements), Is.EqualTo((months, replacements)));
            Assert.That(counts.Increments.Sum(), Is.EqualTo(months));
            Assert.That(counts.Demonstrations.Total, Is.EqualTo(months));
            Assert.That(Enumerable.Range(0, 90).Sum(s => counts.Demonstrations.Counts[s, 1]), Is.EqualTo(replacements));
            Assert.That(counts.Groups, Is.EqualTo(groups));
        });
    }

    [Test]
    public void Increments_of_group_4_have_the_printed_frequencies()
    {
        BusEngineCounts counts = BusEngineCounts.Load(4);
        Assert.That(counts.Increments.Select(n => Math.Round((double)n / counts.Observations, 4)), Is.EqualTo(new[] { 0.3919, 0.5953, 0.0128 }));
    }

    [Test]
    public void The_counts_that_the_package_carries_are_those_of_the_published_records()
    {
        string folder = Environment.GetEnvironmentVariable("RIFT_ZURCHER_DATA") ?? Repository.PathOf("..", "shared", "data", "zurcher");
        if (!Directory.Exists(folder)) Assert.Ignore("the published records are not here: name their folder in RIFT_ZURCHER_DATA");
        Assert.That(BusEngineCounts.Read(folder, _all).ToCsv(), Is.EqualTo(BusEngineCounts.Load(_all).ToCsv()));
    }

    [Test]
    public void Records_are_counted_by_the_rules_of_the_paper()
    {
        using ScratchFolder folder = new();
        // Two buses of group 1: 25 readings each. The first runs 2,000 miles a month and gets a new engine at 11,000 miles, between the readings of 10,000 and 12,000.
        folder.Write("g870.asc", [.. Bus(7, 11_000, [.. Enumerable.Range(1, 25).Select(month => 2000 * month)]), .. Bus(8, 0, [.. Enumerable.Range(1, 25).Select(month => 6000 * month)])]);
        IReadOnlyList<BusEngineRecord> buses = BusEngineRecords.Read(folder.Root, 1);
        BusEngineCounts counts = BusEngineCounts.Read(folder.Root, 1);
        Demonstrations seen = counts.Demonstrations;
        Assert.Multiple(() =>
        {
            Assert.That(buses.Select(bus => bus.Number), Is.EqualTo(new[] { 7, 8 }));
            Assert.That(buses[0].ReplacementMonths, Is.EqualTo(new[] { 4 }));
            Assert.That((buses[0].Mileage(4), buses[0].Mileage(5)), Is.EqualTo((10_000, 1000)));
            Assert.That((counts.Observations, counts.Replacements), Is.EqualTo((48, 1)));
            Assert.That(seen.Counts[2, 1], Is.EqualTo(1));
            // The month after: 1,000 miles of a new engine are one bin begun.
            Assert.That(seen.OutcomeCounts[1][0, 0], Is.EqualTo(1));
            // 6,000 miles a month: four bins of five grow by one, the fifth by two.
            Assert.That(counts.Increments, Is.EqualTo(new[] { 14, 29, 5 }));
        });
    }

    [TestCase("x", "g870.asc: line 3: found \"x\", expected a whole number from 0 to 10000000")]
    [TestCase("", "g870.asc: found 35 numbers, expected 36 for each bus")]
    public void A_file_that_is_none_is_refused(string third, string message)
    {
        using ScratchFolder folder = new();
        folder.Write("g870.asc", [.. Bus(7, 0, [.. Enumerable.Range(1, 25)]).Select((line, i) => i == 2 ? third : line)]);
        Assert.That(() => BusEngineRecords.Read(folder.Root, 1), Throws.TypeOf<ModelFormatException>().With.Message.EqualTo(Path.Combine(folder.Root, message)));
    }

    [Test]
    public void An_odometer_that_falls_and_a_replacement_before_the_first_reading_are_refused()
    {
        using ScratchFolder folder = new();
        folder.Write("g870.asc", Bus(7, 0, [.. Enumerable.Range(1, 25).Select(month => month == 9 ? 1 : 10 * month)]));
        Assert.That(() => BusEngineRecords.Read(folder.Root, 1), Throws.TypeOf<ModelFormatException>().With.Message.EndsWith("line 20: bus 7: found 1 miles after 80, expected a reading that is no smaller"));
        folder.Write("g870.asc", Bus(7, 5, [.. Enumerable.Range(1, 25).Select(month => 10 * month)]));
        Assert.That(() => BusEngineRecords.Read(folder.Root, 1), Throws.TypeOf<ModelFormatException>().With.Message.EndsWith("line 1: bus 7: found a replacement at 5 miles and a first reading of 10, expected a replacement after the first reading"));
    }

    [Test]
    public void Groups_that_there_are_not_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => BusEngineCounts.Load(5), Throws.ArgumentException);
            Assert.That(() => BusEngineCounts.Load(4, 4), Throws.ArgumentException);
            Assert.That(() => BusEngineCounts.Load(), Throws.ArgumentException);
            Assert.That(() => BusEngineRecords.FileOf(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        });
    }

    [Test]
    public void The_world_keeps_and_replaces_as_the_model_says()
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create("zurcher:4,rc=10,theta11=2");
        Assert.Multiple(() =>
        {
            Assert.That(mdp.Reward[30, 0], Is.EqualTo(-0.06).Within(1e-15));
            Assert.That(mdp.Reward[30, 1], Is.EqualTo(-10));
            Assert.That(mdp.Kernel.Successors(30, 0).Select(next => next.State), Is.EqualTo(new[] { 30, 31, 32 }));
            Assert.That(mdp.Kernel.Successors(30, 1), Is.EqualTo(mdp.Kernel.Successors(0, 0)));
            Assert.That(mdp.Kernel.Successors(89, 0).Single().State, Is.EqualTo(89));
            Assert.That(mdp.Kernel.Successors(0, 0).First().Probability, Is.EqualTo(1682 / 4292.0).Within(1e-15));
            Assert.That(mdp.Discount, Is.EqualTo(0.9999));
        });
    }

    [Test]
    public void The_published_table_is_found_by_its_groups_and_discount()
    {
        Assert.Multiple(() =>
        {
            Assert.That(PublishedEstimates.Of([4, 3, 2, 1], 0)!.Parameters[1].Estimate, Is.EqualTo(70.2769));
            Assert.That(PublishedEstimates.Of(_four, 0.9), Is.Null);
            Assert.That(PublishedEstimates.Of([1, 4], 0.9999), Is.Null);
        });
    }

    private static string[] Bus(int number, int replacement, int[] odometer) =>
        [.. new[] { number, 5, 83, 0, 0, replacement, 0, 0, 0, 5, 83 }.Concat(odometer).Select(x => $" {x}")];
}
