using System.Text.RegularExpressions;

namespace Rift.Documentation.Tests;

/// <summary>
/// Formulas come out as they were meant even where Markdown is read before mathematics: a star, or an underscore between punctuation, may begin emphasis that another one ends, a backslash
/// before punctuation is taken for an escape, a bar ends a cell, an angle begins a tag.
/// </summary>
public partial class FormulaTests
{
    private static IEnumerable<string> Pages => Page.All.Where(page => page.Value.Text.Contains('$', StringComparison.Ordinal)).Select(page => page.Key);

    [TestCaseSource(nameof(Pages))]
    public void Markdown_leaves_formulas_alone(string path)
    {
        Page page = Page.All[path];
        string[] lines = page.Text.Split('\n');
        IEnumerable<string> mistakes = page.Formulas.SelectMany(formula => Trap().Matches(formula.Text).Select(trap => trap.Value)
            .Concat(Opener().Matches(formula.Text).Where(opener => Closer().IsMatch(formula.Text[(opener.Index + 1)..] + formula.After)).Select(opener => opener.Value))
            .Select(trap => $"line {formula.Line}: {trap} in {formula.Text}"));
        mistakes = mistakes.Concat(lines.Where(line => line.StartsWith('|') && Formula().Matches(line).Any(formula => formula.Value.Contains('|', StringComparison.Ordinal))).Select(line => $"a bar in a cell: {line}"));
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

    [GeneratedRegex(@"\*|\\[!-/:-@\[-`{-~]|<(?=[a-zA-Z/])")]
    private static partial Regex Trap();

    [GeneratedRegex(@"(?<=[^\p{L}\d])_(?!\s)")]
    private static partial Regex Opener();

    [GeneratedRegex(@"(?<=[\p{L}\d])_(?=[^\p{L}\d])")]
    private static partial Regex Closer();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]+`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex(@"\$\$.+?\$\$|\$[^$]+?\$", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"^\s*(\$\$|\$\$[^$]+\$\$)$")]
    private static partial Regex Displayed();
}
