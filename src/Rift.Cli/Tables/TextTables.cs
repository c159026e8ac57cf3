namespace Rift.Cli;

/// <summary>Tables for a terminal: columns of characters. Words are two spaces apart, numbers have theirs in their width.</summary>
internal sealed class TextTables(TextWriter output) : TableWriter(output)
{
    private const int Gap = 2;

    internal override void Line(string text) => Output.WriteLine(Printable(text));

    internal override void Line() => Output.WriteLine();

    internal override void Picture(IEnumerable<string> lines)
    {
        foreach (string line in lines) Output.WriteLine(line);
    }

    internal override void Write(Table table)
    {
        Table shown = table.For(Readers.Terminal);
        IReadOnlyList<Column> columns = shown.Columns;
        int[] beside = [.. Enumerable.Range(0, columns.Count).Where(k => columns[k].Below is null)], below = [.. Enumerable.Range(0, columns.Count).Except(beside)];
        string[][][] rows = [.. shown.Rows.Select(row => row.Select((cell, k) => Lines(columns[k], cell.Text)).ToArray())];
        string[] headings = [.. columns.Select(column => column.IsPlain ? "" : column.Heading)];
        int[] widths = [.. columns.Select((column, k) => WidthOf(column, rows.SelectMany(row => row[k]).Append(headings[k]).Max(line => line.Length)))];
        if (beside.Any(k => headings[k].Length > 0)) WriteLine(headings);
        foreach (string[][] row in rows)
        {
            for (int i = 0; i < beside.Max(k => row[k].Length); i++) WriteLine([.. row.Select(lines => lines.ElementAtOrDefault(i) ?? "")]);
            foreach (int k in below)
                foreach (string line in row[k]) Output.WriteLine($"{new string(' ', columns[k].Below!.Value)}{line}");
        }

        foreach (string remark in shown.Remarks) Line(remark);

        void WriteLine(string[] cells)
        {
            string line = "";
            foreach (int k in beside)
            {
                if (!columns[k].IsRight && line.Length > 0) line += new string(' ', Gap);
                line += columns[k].IsRight ? cells[k].PadLeft(widths[k]) : cells[k].PadRight(widths[k]);
            }

            Output.WriteLine(line.TrimEnd());
        }
    }

    // What comes from a file may have characters that a terminal obeys.
    private static string Printable(string text) => text.Any(char.IsControl) ? Failure.OneLine(text) : text;

    private static string[] Lines(Column column, string text)
    {
        string whole = column.Lead + Printable(text);
        return column.Wrap is int width ? [.. Wrapped(whole, width)] : [whole];
    }

    // A number that is wider than its column keeps one space before it.
    private static int WidthOf(Column column, int widest) => Math.Max(column.Width, column.IsRight ? widest + (column.Width > 0 ? 1 : Gap) : widest);
}
