using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rift.Documentation.Tests;

/// <summary>A page of the repository as readers of a code-hosting site see it.</summary>
internal sealed class Page
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).UsePipeTables().UseMathematics().UsePreciseSourceLocation().Build();

    private readonly MarkdownDocument _document;

    private Page(string path)
    {
        Path = path;
        Text = File.ReadAllText(Repository.PathOf(path.Split('/'))).ReplaceLineEndings("\n");
        _document = Markdig.Markdown.Parse(Text, _pipeline);
    }

    /// <summary>All of them by path: what the repository holds, without what builds leave behind.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "artifacts" or "TestResults" or "node_modules" or ".git"))
        .Order(StringComparer.Ordinal).ToDictionary(path => path, path => new Page(path), StringComparer.Ordinal);

    /// <summary>The path from the repository's folder, with <c>/</c> between folders.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <summary>What stands between fences, in order: the language that is named, and the text.</summary>
    public IEnumerable<(string Language, string Text, int Line)> Fences =>
        _document.Descendants<FencedCodeBlock>().Where(block => block is not MathBlock).Select(block => (block.Info ?? "", block.Lines.ToString().ReplaceLineEndings("\n"), block.Line + 1));

    /// <summary>The addresses of links and pictures.</summary>
    public IEnumerable<string> Links => _document.Descendants<LinkInline>().Select(link => link.Url ?? "");

    /// <summary>The names that a link can lead to within the page.</summary>
    public IReadOnlySet<string> Anchors => field ??= _document.Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id ?? "").ToHashSet(StringComparer.Ordinal);

    /// <summary>Formulas, and what follows them in their paragraph or cell.</summary>
    public IEnumerable<(string Text, string After, int Line)> Formulas => _document.Descendants<LeafBlock>().Where(block => block.Inline is not null).SelectMany(block =>
        block.Inline!.Descendants<MathInline>().Select(formula => (formula.Content.ToString(), Text[(formula.Span.End + 1)..Math.Max(block.Span.End + 1, formula.Span.End + 1)], formula.Line + 1)));

    public override string ToString() => Path;
}
