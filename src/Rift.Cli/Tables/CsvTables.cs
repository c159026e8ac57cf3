namespace Rift.Cli;

/// <summary>Tables as comma-separated values, quoted as in RFC 4180; numbers with all their digits. What is no table is a comment behind a number sign.</summary>
internal sealed class CsvTables(TextWriter output) : TableWriter(output)
{
    private bool _hasTable;

    internal override void Line(string text) => Output.Write($"# {Failure.OneLine(text)}\n");

    internal override void Write(Table table)
    {
        if (_hasTable) Output.Write('\n');
        _hasTable = true;
        Table data = table.For(Readers.Programs);
        WriteRow(data.Columns.Select(column => column.Name));
        foreach (Cell[] row in data.Rows) WriteRow(row.Select(cell => cell.Data));
    }

    private void WriteRow(IEnumerable<string> fields)
    {
        string line = string.Join(',', fields.Select((field, k) => Quoted(field, isFirst: k == 0)));
        Output.Write($"{(line.Length > 0 ? line : "\"\"")}\n");
    }

    /// <summary>The field, in quotes where it would be read as something else without them: at the start of a line a number sign would begin a comment.</summary>
    private static string Quoted(string field, bool isFirst) =>
        field.AsSpan().ContainsAny(",\"\r\n") || (isFirst && field.StartsWith('#')) ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
