namespace Rift.Cli;

/// <summary>Writes tables, and the lines that go with them, in one form.</summary>
/// <param name="output">Where to.</param>
internal abstract class TableWriter(TextWriter output)
{
    /// <summary>Where it is written.</summary>
    protected TextWriter Output { get; } = output;

    /// <summary>Writes a line that is part of no table: a comment where the form has only tables.</summary>
    internal abstract void Line(string text);

    /// <summary>Sets what follows apart, where the form does not do so by itself.</summary>
    internal virtual void Line()
    {
    }

    /// <summary>Writes a table.</summary>
    internal abstract void Write(Table table);

    /// <summary>Writes a picture made of characters, which only a terminal can show.</summary>
    internal virtual void Picture(IEnumerable<string> lines)
    {
    }

    /// <summary>A text in lines no wider than asked, broken between words.</summary>
    internal void Paragraph(string text, int width)
    {
        foreach (string line in Wrapped(text, width)) Line(line);
    }

    /// <summary>The text in lines no wider than asked, broken between words; a word that is wider has a line of its own.</summary>
    internal static IEnumerable<string> Wrapped(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : $" {word}";
        }

        yield return line;
    }
}
