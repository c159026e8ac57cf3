namespace Rift.Documentation.Tests;

/// <summary>Links lead somewhere, and pictures are there.</summary>
public class LinkTests
{
    private static IEnumerable<string> Pages => Page.All.Keys;

    [TestCaseSource(nameof(Pages))]
    public void Links_within_the_repository_lead_somewhere(string path)
    {
        Page page = Page.All[path];
        string folder = Path.GetDirectoryName(path) ?? "";
        Assert.That(string.Join('\n', page.Links.Where(link => !Leads(page, folder, link))), Is.Empty);
    }

    private static bool Leads(Page page, string folder, string link)
    {
        if (link.StartsWith("https://", StringComparison.Ordinal) || link.StartsWith("mailto:", StringComparison.Ordinal)) return true;
        string[] parts = link.Split('#', 2);
        string target = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, Uri.UnescapeDataString(parts[0])))).Replace('\\', '/');
        if (parts[0].Length == 0) target = page.Path;
        if (parts.Length == 2 && target.EndsWith(".md", StringComparison.Ordinal)) return Page.All.TryGetValue(target, out Page? other) && other.Anchors.Contains(parts[1]);
        return File.Exists(Repository.PathOf(target.Split('/'))) || Directory.Exists(Repository.PathOf(target.Split('/')));
    }
}
