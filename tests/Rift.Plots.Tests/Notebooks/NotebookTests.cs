using System.Diagnostics;
using System.Text.RegularExpressions;
using Rift.Testing;

namespace Rift.Plots.Tests;

/// <summary>The course: every notebook runs, and its committed page is what it prints and draws.</summary>
/// <remarks>Text is compared exactly: a notebook prints only digits that its certificates leave meaning to. Figures are compared by their texts and, within a tenth of a pixel, by where their marks lie; nothing of it depends on the machine's fonts.</remarks>
public partial class NotebookTests
{
    private const int LeastCode = 10, MostCode = 80;
    private static readonly string _folder = Repository.PathOf("notebooks");
    private string _made = "";

    private static string[] Notebooks => [.. Directory.EnumerateFiles(_folder, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal)];

    [OneTimeSetUp]
    public void Run_all()
    {
        _made = Directory.CreateTempSubdirectory("rift-notebooks-").FullName;
        using Process process = Process.Start(new ProcessStartInfo("dotnet", ["run", Path.Combine(_folder, "render.cs"), "--", "--out", _made]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{output.Result}{error.Result}");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_made, recursive: true);

    [TestCaseSource(nameof(Notebooks))]
    public void The_committed_page_is_what_the_notebook_prints(string name) =>
        Assert.That(Page(_folder, name), Is.EqualTo(Page(_made, name)), $"to make it anew: dotnet run notebooks/render.cs {name[..2]}");

    [TestCaseSource(nameof(Notebooks))]
    public void The_committed_figure_is_what_the_notebook_draws(string name)
    {
        (string text, double[] numbers) = Drawn(_folder, name);
        (string madeText, double[] madeNumbers) = Drawn(_made, name);
        Assert.That(text, Is.EqualTo(madeText));
        Assert.That(numbers, Is.EqualTo(madeNumbers).Within(0.1));
        Assert.That(numbers, Has.Length.GreaterThan(100), "a figure without marks");
    }

    [TestCaseSource(nameof(Notebooks))]
    public void A_notebook_is_short_asks_a_question_draws_one_figure_and_sets_exercises(string name)
    {
        string page = Page(_folder, name);
        int code = CodeBlock().Matches(page).Sum(block => block.Groups[1].Value.Split('\n').Count(line => line.Trim().Length > 0));
        Assert.Multiple(() =>
        {
            Assert.That(page, Does.StartWith($"# {int.Parse(name[..2], System.Globalization.CultureInfo.InvariantCulture)}. "));
            Assert.That(page.Split("\n\n")[1], Does.Contain("?"), "the question, in plain words");
            Assert.That(code, Is.InRange(LeastCode, MostCode), "lines of code");
            Assert.That(ImageLine().Matches(page).Select(image => image.Groups[1].Value), Is.EqualTo(new[] { $"figures/{name}.svg" }));
            Assert.That(page, Does.Contain("\n## Exercises\n"));
            Assert.That(page.Split("\n## Exercises\n")[^1].Split("\n<details>")[0].Split('\n').Count(line => ExerciseLine().IsMatch(line)), Is.InRange(2, 4), "exercises");
            Assert.That(page, Does.Contain("\n<details><summary>Solution").And.Contain("\n</details>"));
        });
    }

    // Code-hosting sites read Markdown before mathematics: of a backslash before punctuation only the punctuation is left.
    [TestCaseSource(nameof(Notebooks))]
    public void Mathematics_survives_as_Markdown(string name)
    {
        string text = CodeBlock().Replace(Page(_folder, name), "");
        Assert.That(EscapedPunctuation().Matches(text).Select(match => match.Value), Is.Empty);
        Assert.That(text.Split('\n').Where(line => line.Contains("$$", StringComparison.Ordinal)), Has.All.EqualTo("$$"), "displayed mathematics stands between lines of its own");
    }

    [Test]
    public void No_page_and_no_figure_is_left_over_and_the_contents_name_every_notebook()
    {
        string[] Rendered(string pattern) => [.. Directory.EnumerateFiles(Path.Combine(_folder, "rendered"), pattern, SearchOption.AllDirectories).Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];
        string contents = File.ReadAllText(Path.Combine(_folder, "README.md"));
        Assert.Multiple(() =>
        {
            Assert.That(Rendered("*.md"), Is.EqualTo(Notebooks));
            Assert.That(Rendered("*.svg"), Is.EqualTo(Notebooks));
            foreach (string name in Notebooks) Assert.That(contents, Does.Contain($"(rendered/{name}.md)"));
        });
    }

    private static string Page(string folder, string name) => File.ReadAllText(Path.Combine(folder, "rendered", $"{name}.md")).ReplaceLineEndings("\n");

    /// <summary>A figure without the numbers that say where its marks lie, and those numbers. Identifiers are made of the content, to the last digit: they are left out.</summary>
    private static (string Text, double[] Numbers) Drawn(string folder, string name)
    {
        List<double> numbers = [];
        string svg = File.ReadAllText(Path.Combine(folder, "rendered", "figures", $"{name}.svg")).ReplaceLineEndings("\n");
        string text = Attribute().Replace(svg, attribute => Identifier().IsMatch(attribute.Value) ? "" : ColourOrNumber().Replace(attribute.Value, match =>
        {
            if (match.Value[0] == '#') return match.Value;
            numbers.Add(double.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture));
            return "0";
        }));
        return (text, [.. numbers]);
    }

    [GeneratedRegex(@"^```csharp\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\\[,;:!>{}\\|]")]
    private static partial Regex EscapedPunctuation();

    [GeneratedRegex(@"^!\[[^\]]+\]\(([^)]+)\)$", RegexOptions.Multiline)]
    private static partial Regex ImageLine();

    [GeneratedRegex(@"^\d\. ")]
    private static partial Regex ExerciseLine();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"f[0-9a-f]{8}-\d+")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"#[0-9A-Fa-f]+|-?\d+(\.\d+)?(e-?\d+)?")]
    private static partial Regex ColourOrNumber();
}
