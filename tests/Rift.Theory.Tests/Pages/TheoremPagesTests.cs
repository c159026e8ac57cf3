using System.Text.RegularExpressions;
using Rift.Testing;

namespace Rift.Theory.Tests;

public partial class TheoremPagesTests
{
    private static readonly string[] _ids = ["4.1", "5.1", "A.1", "A.2", "A.3", .. Enumerable.Range(1, 15).Select(i => $"F{i}")];

    private static readonly string _compiled = string.Join(
        '\n', Directory.EnumerateFiles(Repository.PathOf("tests", "Rift.Theory.Tests", "Pages"), "*.cs").Select(File.ReadAllText));

    public static IEnumerable<string> Pages => _ids.Append("README");

    [TestCaseSource(nameof(Pages))]
    public void The_code_of_a_page_is_compiled_and_run_line_for_line(string page)
    {
        string code = CodeBlock().Matches(Text(page)).Single().Groups[1].Value;
        string indented = string.Join('\n', code.TrimEnd('\n').Split('\n').Select(line => line.Length > 0 && page != "README" ? new string(' ', 8) + line : line));
        Assert.Multiple(() =>
        {
            Assert.That(_compiled.Contains(indented, StringComparison.Ordinal), Is.True, code);
            Assert.That(code.Split('\n'), Has.Length.InRange(5, 30));
        });
    }

    [TestCaseSource(nameof(_ids))]
    public void A_page_names_its_row_of_the_ledger_and_the_index_leads_to_it(string id) => Assert.Multiple(() =>
    {
        Assert.That(Statement.All.Select(x => x.Id), Does.Contain(id));
        Assert.That(Text(id), Does.Contain($"`rift verify --theorem {id}`").And.Contain("**Statement.**").And.Contain("**Hypotheses.**").And.Contain("**Proof").And.Contain(@"\blacksquare"));
        Assert.That(Text("README"), Does.Contain($"[{id}]({id}.md)"));
    });

    [TestCaseSource(nameof(Pages))]
    public void Formulas_survive_the_Markdown_of_GitHub(string page)
    {
        // Markdown takes a backslash before punctuation for an escape, also inside a formula, and an asterisk for emphasis.
        string[] formulas = [.. Formula().Matches(CodeBlock().Replace(Text(page), "")).Select(x => x.Value)];
        Assert.Multiple(() =>
        {
            Assert.That(formulas, Is.Not.Empty);
            Assert.That(formulas.Where(x => EscapedPunctuation().IsMatch(x) || x.Contains('*', StringComparison.Ordinal)), Is.Empty);
        });
    }

    [TestCaseSource(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        foreach (Match link in Link().Matches(Text(page)))
            Assert.That(File.Exists(Repository.PathOf("docs", "theorems", link.Groups[1].Value)), Is.True, link.Value);
    }

    [Test]
    public void Every_erratum_names_rows_of_the_ledger_or_says_why_there_are_none()
    {
        string errata = File.ReadAllText(Repository.PathOf("docs", "errata.md"));
        MatchCollection verdicts = LedgerRows().Matches(errata);
        Assert.Multiple(() =>
        {
            Assert.That(verdicts, Has.Count.EqualTo(Heading().Count(errata)));
            foreach (Match verdict in verdicts)
            {
                string[] rows = [.. RowId().Matches(verdict.Value).Select(id => id.Groups[1].Value)];
                Assert.That(rows, Is.SubsetOf(Statement.All.Select(x => x.Id)));
                Assert.That(rows.Length > 0 || verdict.Value.Contains("not checkable, for", StringComparison.Ordinal), Is.True, verdict.Value);
            }
        });
    }

    private static string Text(string page) => File.ReadAllText(Repository.PathOf("docs", "theorems", page + ".md"));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlock();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$]+\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\\[^A-Za-z\s]")]
    private static partial Regex EscapedPunctuation();

    [GeneratedRegex(@"\]\(([^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^## ", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"Ledger: .*?(?=Test: |\n)")]
    private static partial Regex LedgerRows();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex RowId();
}
