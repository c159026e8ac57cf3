using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rift.Documentation;

/// <summary>Documentation comments as Markdown: each paragraph is one line, and what Markdown would take for markup is escaped.</summary>
/// <param name="link">The address of the page of a type or member by its identifier; null for what is not ours.</param>
internal sealed partial class CommentMarkdown(Func<string, string?> link)
{
    /// <summary>The paragraphs of an element such as a summary, with blank lines between them.</summary>
    public string Paragraphs(XElement? element) => element is null ? "" : string.Join("\n\n", ParagraphsOf(element).Where(paragraph => paragraph.Length > 0));

    /// <summary>An element as one line.</summary>
    public string Line(XElement? element) => element is null ? "" : string.Join(" ", ParagraphsOf(element).Where(paragraph => paragraph.Length > 0));

    /// <summary>The first sentence of an element, for lists.</summary>
    public string FirstSentence(XElement? element) => SentenceEnd().Split(Line(element))[0];

    private IEnumerable<string> ParagraphsOf(XElement element)
    {
        StringBuilder current = new();
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" } paragraph)
            {
                yield return Closed(current);
                foreach (string inner in ParagraphsOf(paragraph)) yield return inner;
            }
            else if (node is XElement { Name.LocalName: "code" } code)
            {
                yield return Closed(current);
                yield return $"```csharp\n{Unindented(code.Value)}\n```";
            }
            else
                current.Append(Inline(node));
        }

        yield return Closed(current);
    }

    private string Inline(XNode node) => node switch
    {
        XText text => Escaped(Space().Replace(text.Value, " ")),
        XElement { Name.LocalName: "c" } code => Code(code.Value),
        XElement { Name.LocalName: "paramref" or "typeparamref" } parameter => Code(parameter.Attribute("name")!.Value),
        XElement { Name.LocalName: "see" } see => Reference(see),
        XElement { Name.LocalName: "br" } => "<br>",
        _ => throw new NotSupportedException($"found {node} in a documentation comment, expected text, c, code, see, paramref, typeparamref, para or br"),
    };

    private string Reference(XElement see)
    {
        if (see.Attribute("langword")?.Value is string word) return Code(word);
        if (see.Attribute("href")?.Value is string address) return $"[{(see.Value.Length > 0 ? Escaped(see.Value) : address)}]({address})";
        string id = see.Attribute("cref")!.Value;
        return Link(id, see.Value.Length > 0 ? see.Value : ShortName(id));
    }

    /// <summary>The name of a type, with a link where it has a page.</summary>
    public string TypeLink(string id) => Link(id, ShortName(id));

    private string Link(string id, string name) => link(id) is string page ? $"[{Code(name)}]({page})" : Code(name);

    /// <summary>The name that a reader needs of an identifier: <c>Type</c> or <c>Type.Member</c>.</summary>
    public static string ShortName(string id)
    {
        string[] parts = Arity().Replace(id[2..].Split('(')[0], "").Split('.');
        if (id[0] is 'T') return parts[^1];
        return parts[^1] == "#ctor" ? parts[^2] : $"{parts[^2]}.{parts[^1]}";
    }

    private static string Closed(StringBuilder current)
    {
        string paragraph = LineStart().Replace(current.ToString().Trim(), @"$1\$2");
        current.Clear();
        return paragraph;
    }

    private static string Code(string text) => $"`{Space().Replace(text.Trim(), " ")}`";

    /// <summary>Text in which nothing is markup: stars, underscores at the border of a word, brackets before a parenthesis, angles, dollars.</summary>
    public static string Escaped(string text) => Markup().Replace(text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal), @"\$&");

    private static string Unindented(string code)
    {
        string[] lines = code.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        int indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..].TrimEnd() : "")).Trim('\n');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"[*`$~]|(?<![\p{L}\d])_|_(?![\p{L}\d])|\](?=\()|\[(?=[^\]]*\]\()")]
    private static partial Regex Markup();

    [GeneratedRegex(@"^(\d*)([-+#>.])(?=\s)")]
    private static partial Regex LineStart();

    [GeneratedRegex(@"(?<=[.])\s(?=[A-Z])")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"`+\d+")]
    private static partial Regex Arity();
}
