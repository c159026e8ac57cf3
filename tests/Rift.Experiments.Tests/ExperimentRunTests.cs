namespace Rift.Experiments.Tests;

public class ExperimentRunTests
{
    private static readonly ExperimentSpecification _specification = SmallExperiment.Specification;
    private static readonly string _whole = Csv(new ExperimentRun().Of(_specification));

    private static string Csv(ResultTable table) => table.ToCsv("");

    [Test]
    public void Results_are_the_same_for_any_number_of_threads() => Assert.That(Csv(new ExperimentRun { Threads = 3 }.Of(_specification)), Is.EqualTo(_whole));

    [Test]
    public void Shards_are_the_parts_of_the_whole()
    {
        using ScratchFolder folder = new();
        ExperimentRun run = new() { Store = new CellStore(folder.Path) };
        int rows = Enumerable.Range(0, 3).Sum(shard => run.Of(_specification, shard, 3).Rows.Count);
        int computed = 0;
        ExperimentRun merged = new() { Store = new CellStore(folder.Path), Progress = new Count(() => computed++) };
        Assert.That(Csv(merged.Of(_specification)), Is.EqualTo(_whole));
        Assert.That(rows, Is.EqualTo(_whole.Count(c => c == '\n') - 2));
        Assert.That(computed, Is.EqualTo(_specification.Cells.Count));
    }

    [Test]
    public void What_was_interrupted_goes_on_where_it_stood()
    {
        using ScratchFolder folder = new();
        using CancellationTokenSource cancellation = new();
        int done = 0;
        ExperimentRun interrupted = new()
        {
            Store = new CellStore(folder.Path),
            Cancellation = cancellation.Token,
            Progress = new Count(() =>
            {
                if (++done == 4) cancellation.Cancel();
            }),
        };
        Assert.That(() => interrupted.Of(_specification), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(folder.Cells, Has.Length.EqualTo(4));
        DateTime[] written = [.. folder.Cells.Select(File.GetLastWriteTimeUtc)];
        string[] finished = folder.Cells;
        Assert.That(Csv(new ExperimentRun { Store = new CellStore(folder.Path) }.Of(_specification)), Is.EqualTo(_whole));
        Assert.That(finished.Select(File.GetLastWriteTimeUtc), Is.EqualTo(written));
    }

    // What a file says is believed as long as it carries the fingerprint of its cell, and no longer.
    [Test]
    public void What_is_stale_or_broken_is_computed_anew()
    {
        using ScratchFolder folder = new();
        ExperimentRun run = new() { Store = new CellStore(folder.Path) };
        run.Of(_specification);
        string[] cells = folder.Cells;
        File.WriteAllText(cells[0], File.ReadAllText(cells[0]).Replace("# cell ", "# cell 0", StringComparison.Ordinal));
        string text = File.ReadAllText(cells[1]);
        File.WriteAllText(cells[1], text[..(text.Length / 2)]);
        Assert.That(Csv(run.Of(_specification)), Is.EqualTo(_whole));
        Assert.That(File.ReadAllText(cells[1]), Is.EqualTo(text));
        ExperimentSpecification changed = SmallExperiment.Parsed(SmallExperiment.Text.Replace("[1, 0.1, 0.01]", "[1, 0.1, 0.02]", StringComparison.Ordinal));
        Assert.That(Csv(run.Of(changed)), Is.EqualTo(Csv(new ExperimentRun().Of(changed))).And.Not.EqualTo(_whole));
    }

    [Test]
    public void A_supervisor_that_looks_at_the_prior_and_a_prior_made_from_it_exclude_one_another()
    {
        ExperimentSpecification circular = SmallExperiment.Parsed(SmallExperiment.Text.Replace("clone:2,0.1", "pretrained:0.1", StringComparison.Ordinal).Replace("qgap:0.036", "visitation", StringComparison.Ordinal));
        Assert.That(() => new ExperimentRun { Threads = 2 }.Of(circular), Throws.TypeOf<SpecificationException>());
    }

    [Test]
    public void Every_number_has_its_error_beside_it()
    {
        foreach (ResultRow row in new ExperimentRun().Of(_specification).Rows)
            foreach (CertifiedNumber? number in row.Metrics)
                if (number is { } known && double.IsFinite(known.Value)) Assert.That(known.ErrorBound, Is.InRange(0, 1e-4), $"{row}");
    }

    private sealed class Count(Action report) : IProgress<ExperimentProgress>
    {
        public void Report(ExperimentProgress value) => report();
    }
}
