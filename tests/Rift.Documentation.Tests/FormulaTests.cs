using System.Text.RegularExpressions;

namespace Rift.Documentation.Tests;

/// <summary>
/// Formulas that come out as they were meant where Markdown is read before mathematics, as code-hosting sites do: a star or an underscore after punctuation may open emphasis, a backslash
/// before punctuation is taken for an escape, a bar ends a cell, an angle begins a tag.
/// </summary>
public partial class FormulaTests
{
    private static IEnumerable<string> Pages => Page.All.Where(page => page.Value.Text.Contains('$', StringComparison.Ordinal)).Select(page => page.Key);

    [TestCaseSource(nameof(Pages))]
    public void Markdown_leaves_formulas_alone(string path)
    {
        IEnumerable<string> mistakes = Page.All[path].Formulas.SelectMany(formula => Trap().Matches(formula.Text).Select(trap => $"line {formula.Line}: {trap.Value} in {formula.Text}"));
        Assert.That(string.Join('\n', mistakes), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Dollars_pair_up(string path)
    {
        // What is left of a paragraph without its formulas and its code has no dollar.
        string rest = Code().Replace(Page.All[path].Text, "");
        rest = Formula().Replace(rest, "");
        Assert.That(string.Join('\n', rest.Split('\n').Where(line => line.Contains('$', StringComparison.Ordinal))), Is.Empty);
    }

    [TestCaseSource(nameof(Pages))]
    public void Displayed_formulas_stand_alone(string path) =>
        Assert.That(string.Join('\n', Code().Replace(Page.All[path].Text, "").Split('\n').Where(line => line.Contains("$$", StringComparison.Ordinal) && !Displayed().IsMatch(line))), Is.Empty);

    [GeneratedRegex(@"\*|(?<=[^\p{L}\d\s])_|\\[!-/:-@\[-`{-~]|\||<(?=[a-zA-Z/])")]
    private static partial Regex Trap();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$]+?\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"^\s*(\$\$|\$\$[^$]+\$\$)$")]
    private static partial Regex Displayed();
}
