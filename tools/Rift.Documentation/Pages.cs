namespace Rift.Documentation;

/// <summary>The pages of <c>docs</c> that follow from the code, wholly or in their tables.</summary>
internal static class Pages
{
    /// <summary>All of them by their paths below <c>docs</c>, with <c>/</c> between folders.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IReadOnlyDictionary<string, string> All(string root)
    {
        ApiReference reference = new(root);
        Glossary glossary = new(reference);
        AlgorithmCounts counts = new();
        string Written(string page) => File.ReadAllText(Path.Combine(root, "docs", page)).ReplaceLineEndings("\n");
        Dictionary<string, string> pages = reference.Pages().ToDictionary(StringComparer.Ordinal);
        pages["glossary.md"] = GeneratedTable.Insert(GeneratedTable.Insert(Written("glossary.md"), "symbols", glossary.Symbols()), "terms", glossary.Beyond());
        pages["which-algorithm.md"] = GeneratedTable.Insert(GeneratedTable.Insert(Written("which-algorithm.md"), "counts", counts.Counts()), "crossovers", counts.Crossovers());
        return pages;
    }
}
