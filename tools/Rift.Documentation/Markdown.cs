using System.Text;

namespace Rift.Documentation;

/// <summary>Pages in Markdown.</summary>
internal static class Markdown
{
    /// <summary>Blocks with blank lines between them; empty ones are left out.</summary>
    public static string Page(params IEnumerable<string> blocks) => string.Join("\n\n", blocks.Where(block => block.Length > 0)) + "\n";

    /// <summary>A table.</summary>
    /// <param name="header">The cells of its head.</param>
    /// <param name="rows">The cells of each row, as many.</param>
    public static string Table(string[] header, IEnumerable<string[]> rows)
    {
        StringBuilder text = new();
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n| ").AppendJoin(" | ", header.Select(_ => "---")).Append(" |");
        foreach (string[] row in rows) text.Append("\n| ").AppendJoin(" | ", row).Append(" |");
        return text.ToString();
    }

    /// <summary>The name under which code-hosting sites file a heading: small letters, without punctuation, spaces as hyphens.</summary>
    public static string Anchor(string heading)
    {
        StringBuilder anchor = new();
        foreach (char c in heading.Trim().ToLowerInvariant())
            if (char.IsLetterOrDigit(c) || c is '-' or '_') anchor.Append(c);
            else if (c == ' ') anchor.Append('-');
        return anchor.ToString();
    }
}
