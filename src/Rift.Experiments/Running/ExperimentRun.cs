namespace Rift.Experiments;

/// <summary>How far an experiment is.</summary>
/// <param name="Name">The experiment.</param>
/// <param name="Done">Cells that are done.</param>
/// <param name="Total">Cells in all.</param>
public readonly record struct ExperimentProgress(string Name, int Done, int Total);

/// <summary>Computes experiments, cell by cell.</summary>
public sealed class ExperimentRun
{
    private readonly WorldContext.Cache _worlds = new();

    /// <summary>Where finished cells are kept; null to keep nothing.</summary>
    public CellStore Store { get; init; } = new(null);

    /// <summary>Number of cells that are computed at a time, at least 1. Results are bitwise the same for any.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Cancelling keeps the cells that are done.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told after every cell.</summary>
    public IProgress<ExperimentProgress>? Progress { get; init; }

    /// <summary>The results of an experiment: what the store has is taken from there.</summary>
    /// <param name="specification">The experiment.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ResultTable Of(ExperimentSpecification specification) => Of(specification, shard: 0, shards: 1);

    /// <summary>The results of one part of an experiment: every <paramref name="shards"/>-th cell.</summary>
    /// <param name="specification">The experiment.</param>
    /// <param name="shard">Which part, from 0.</param>
    /// <param name="shards">How many parts.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ResultTable Of(ExperimentSpecification specification, int shard, int shards)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(shard, shards);
        ExperimentCell[] cells = [.. specification.Cells.Where((_, i) => i % shards == shard)];
        ResultTable[] results = new ResultTable[cells.Length];
        int done = 0;
        try
        {
            // One at a time from the front: an interrupted run leaves a beginning, not a sieve.
            Parallel.ForEach(
                System.Collections.Concurrent.Partitioner.Create(Enumerable.Range(0, cells.Length), System.Collections.Concurrent.EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = Threads, CancellationToken = Cancellation }, i =>
                {
                    results[i] = Store.Load(cells[i]) ?? Computed(cells[i]);
                    Progress?.Report(new ExperimentProgress(specification.Name, Interlocked.Increment(ref done), cells.Length));
                });
        }
        catch (AggregateException e)
        {
            // What a cell throws is told as the cell threw it.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }

        return new ResultTable(specification.Metrics, [.. results.SelectMany(table => table.Rows)]);
    }

    private ResultTable Computed(ExperimentCell cell)
    {
        ResultTable table = cell.Run(_worlds, Cancellation);
        Store.Save(cell, table);
        return table;
    }
}
