namespace Rift.Cli;

/// <summary>A table as a command has it; a <see cref="TableWriter"/> gives it the form that was asked for.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, as many cells as there are columns.</param>
internal sealed record Table(IReadOnlyList<Column> Columns, IEnumerable<Cell[]> Rows)
{
    /// <summary>The rows that people are shown, or null for all; programs get all of them.</summary>
    public IEnumerable<Cell[]>? RowsForPeople { get; init; }

    /// <summary>Lines below the table that people need to read it.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>The table as certain readers see it: the columns and rows that are meant for them.</summary>
    internal Table For(Readers readers)
    {
        int[] columns = [.. Enumerable.Range(0, Columns.Count).Where(k => IsFor(Columns[k].Readers, readers))];
        IEnumerable<Cell[]> rows = readers == Readers.Programs ? Rows : RowsForPeople ?? Rows;
        return this with { Columns = [.. columns.Select(k => Columns[k])], Rows = rows.Select(row => columns.Select(k => row[k]).ToArray()), Remarks = readers == Readers.Programs ? [] : Remarks };
    }

    private static bool IsFor(Readers column, Readers readers) => column == Readers.All || column == readers || (column == Readers.People && readers == Readers.Terminal);
}
