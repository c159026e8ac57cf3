namespace Rift.Documentation;

/// <summary>Tables that follow from the code, on pages that people write: each stands between a comment that names it and one that ends it.</summary>
internal static class GeneratedTable
{
    private const string End = "<!-- end of the generated table -->";

    /// <summary>The page with a table in its place.</summary>
    /// <param name="page">The text of the page.</param>
    /// <param name="name">The name in <c>&lt;!-- generated table: NAME --&gt;</c>.</param>
    /// <param name="table">The table.</param>
    public static string Insert(string page, string name, string table)
    {
        string begin = $"<!-- generated table: {name} -->";
        int from = page.IndexOf(begin, StringComparison.Ordinal), to = from < 0 ? -1 : page.IndexOf(End, from, StringComparison.Ordinal);
        if (to < 0) throw new InvalidOperationException($"found no {begin} that ends with {End}");
        return $"{page[..(from + begin.Length)]}\n\n{table}\n\n{page[to..]}";
    }
}
