using System.Text.RegularExpressions;

namespace Rift.Cli;

/// <summary>Tables in the Markdown of code-hosting sites. What is no table is a comment, which is not rendered.</summary>
internal sealed partial class MarkdownTables(TextWriter output) : TableWriter(output)
{
    private bool _isTable;

    internal override void Line(string text)
    {
        // Without the empty line the comment would be a row.
        if (_isTable) Output.WriteLine();
        _isTable = false;
        Output.WriteLine($"<!-- {CommentEnd().Replace(Failure.OneLine(text), "--&gt;")} -->");
    }

    internal override void Write(Table table)
    {
        Table shown = table.For(Readers.People);
        Output.WriteLine();
        WriteRow(shown.Columns.Select(column => Escaped(column.Heading)));
        WriteRow(shown.Columns.Select(column => column.IsRight ? "---:" : "---"));
        foreach (Cell[] row in shown.Rows) WriteRow(row.Select(cell => cell.IsNumber ? cell.Text : Escaped(cell.Text)));
        _isTable = true;
        foreach (string remark in shown.Remarks) Line(remark);
    }

    private void WriteRow(IEnumerable<string> cells) => Output.WriteLine($"| {string.Join(" | ", cells)} |");

    private static string Escaped(string text) => Special().Replace(Failure.OneLine(text), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>|~$#&]")]
    private static partial Regex Special();

    [GeneratedRegex("--!?>")]
    private static partial Regex CommentEnd();
}
