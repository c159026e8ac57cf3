namespace Rift.Documentation.Tests;

/// <summary>
/// The C# that the pages show compiles, runs, and prints what the pages say: the blocks of a page are one program, and a text block that follows one of them is what it prints. Declarations in the API reference are no samples.
/// </summary>
public class SampleTests
{
    private const string Given = "docs/theorems/README.md";

    private static IEnumerable<string> Pages => Page.All.Values.Where(page => !page.Path.StartsWith("docs/api/", StringComparison.Ordinal) && !page.Path.StartsWith("notebooks/", StringComparison.Ordinal) && Blocks(page).Any()).Select(page => page.Path);

    [TestCaseSource(nameof(Pages))]
    public void The_samples_of_the_page_run(string path)
    {
        Page page = Page.All[path];
        PageProgram program = new([.. path.StartsWith("docs/theorems/", StringComparison.Ordinal) && path != Given ? Blocks(Page.All[Given]) : [], .. Blocks(page), .. path == Given ? ["_ = Given.Phi;"] : Array.Empty<string>()]);
        Assert.That(string.Join('\n', program.Errors), Is.Empty);
        using TemporaryFolder folder = new();
        string output = program.Run(folder.Path);
        foreach (string expected in Outputs(page)) Assert.That(output, Does.Contain(expected));
    }

    private static IEnumerable<string> Blocks(Page page) => page.Fences.Where(fence => fence.Language == "csharp").Select(fence => fence.Text);

    private static IEnumerable<string> Outputs(Page page)
    {
        string before = "";
        foreach ((string language, string text, _) in page.Fences)
        {
            if (language == "text" && before == "csharp" && !text.StartsWith("$ ", StringComparison.Ordinal)) yield return text.TrimEnd();
            before = language;
        }
    }
}
