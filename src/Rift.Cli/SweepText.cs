using Rift.Experiments;

namespace Rift.Cli;

/// <summary>The results of a sweep: where they are, and as a table if one was asked for; below each metric the largest error, for programs each number's own.</summary>
internal static class SweepText
{
    private const int ColumnWidth = 14;

    private static readonly (string Name, Func<ResultRow, Cell> Of)[] _keys =
    [
        ("world", row => row.World), ("prior", row => row.Prior), ("supervisor", row => row.Intervention), ("seed", row => Number(row.Seed)), ("policy", row => row.Policy), ("kl-weight", row => Number(row.KlWeight)),
        ("prior-scale", row => Number(row.PriorScale)), ("offset", row => Number(row.Offset)), ("round", row => Number(row.Round)), ("episodes", row => Number(row.Episodes)),
    ];

    /// <summary>Writes a line of what was computed and where it is, and the table.</summary>
    internal static void Write(TableWriter output, string summary, ResultTable? results)
    {
        output.Line(summary);
        if (results is null) return;
        (string Name, Func<ResultRow, Cell> Of)[] keys = [.. _keys.Where(key => results.Rows.Any(row => key.Of(row).Text.Length > 0))];
        int[] metrics = [.. Enumerable.Range(0, results.Metrics.Count)];
        Cell[][] rows = [.. results.Rows.Select(row => (Cell[])
            [.. keys.Select(key => key.Of(row)), .. metrics.Select(m => FinetuneText.Number(row.Metrics[m])), .. metrics.Select(m => Cell.In("0.0e+00", row.Metrics[m]?.ErrorBound))])];
        Cell[] errors = ["error at most", .. keys.Skip(1).Select(_ => Cell.None), .. metrics.Select(m => Cell.In("0.0e+00", results.Rows.Max(row => row.Metrics[m]?.ErrorBound ?? 0))), .. metrics.Select(_ => Cell.None)];
        output.Line();
        output.Write(new Table(
            [
                .. keys.Select(key => Column.Words(key.Name)), .. results.Metrics.Select(metric => Column.Numbers(metric, ColumnWidth)),
                .. results.Metrics.Select(metric => Column.Numbers($"{metric}-error") with { Readers = Readers.Programs }),
            ],
            rows)
        {
            RowsForPeople = rows.Append(errors),
        });
    }

    private static Cell Number(double? number) => number is double known ? Cell.In("G6", known) : Cell.None;
}
