namespace Rift.Documentation.Tests;

/// <summary>Pages that follow from the code are those that the code gives now.</summary>
public class GeneratedPagesTests
{
    private const string Remedy = "dotnet run -c Release --project tools/Rift.Documentation";

    private static readonly IReadOnlyDictionary<string, string> _pages = Pages.All(Repository.Root);

    private static IEnumerable<string> Folders => _pages.Keys.Select(path => path.Contains('/', StringComparison.Ordinal) ? path[..path.LastIndexOf('/')] : ".").Distinct();

    [TestCaseSource(nameof(Folders))]
    public void The_pages_are_those_that_the_code_gives(string folder) => Assert.Multiple(() =>
    {
        foreach ((string path, string text) in _pages.Where(page => (page.Key.Contains('/', StringComparison.Ordinal) ? page.Key[..page.Key.LastIndexOf('/')] : ".") == folder))
        {
            string file = Repository.PathOf(["docs", .. path.Split('/')]);
            Assert.That(File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "", Is.EqualTo(text), $"docs/{path}: {Remedy}");
        }
    });

    [Test]
    public void There_are_no_pages_of_types_that_are_gone() =>
        Assert.That(Page.All.Keys.Where(path => path.StartsWith("docs/api/", StringComparison.Ordinal)).Select(path => path["docs/".Length..]), Is.SubsetOf(_pages.Keys));
}
