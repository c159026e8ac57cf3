using System.Text.RegularExpressions;
using Rift.Cli;

namespace Rift.Documentation.Tests;

/// <summary>
/// The commands that the pages show work and print what the pages say. Those of a page run in order in one folder, in which the repository's files lie at their places, and which has
/// the files that the pages call one's own. What takes minutes, or runs until it is stopped, need only be understood.
/// </summary>
public partial class CommandTests
{
    private static readonly string[] _long = ["verify", "verify --threads 2", "reproduce all --out results", "reproduce all --out DIR"];

    private static readonly string[] _fromTheSources = ["samples", "tests", "tools", "docs"];

    private static IEnumerable<string> Pages => Page.All.Values.Where(page => !page.Path.StartsWith("docs/api/", StringComparison.Ordinal) && !page.Path.StartsWith("notebooks/", StringComparison.Ordinal) && CommandsOf(page).Any()).Select(page => page.Path);

    [TestCaseSource(nameof(Pages))]
    public void The_commands_of_the_page_work(string path)
    {
        using TemporaryFolder folder = new();
        foreach (string name in _fromTheSources) Directory.CreateSymbolicLink(Path.Combine(folder.Path, name), Repository.PathOf(name));
        File.Copy(Repository.Sample("machine.json"), Path.Combine(folder.Path, "model.json"));
        File.Copy(Repository.PathOf("tests", "data", "oracle", "p02-bandit.json"), Path.Combine(folder.Path, "problem.json"));
        File.WriteAllText(Path.Combine(folder.Path, "prior.json"), """{"format": "rift-policy-1", "probabilities": [[0.9, 0.1], [0.9, 0.1], [0.8, 0.2], [0.5, 0.5], [0.1, 0.9]]}""");
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(folder.Path);
            Assert.Multiple(() =>
            {
                foreach ((string command, string expected) in CommandsOf(Page.All[path])) Works(command, expected);
            });
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private static void Works(string command, string expected)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new();
        Terminal terminal = new() { Output = output, Error = error };
        string[] arguments = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (_long.Contains(command) || arguments[0] == "explore")
        {
            Assert.That(CommandLine.Create(terminal).Parse(arguments).Errors.Select(mistake => mistake.Message), Is.Empty, command);
            return;
        }

        Assert.That(CommandLine.Run(arguments, terminal), Is.Zero, $"{command}: {error}");
        foreach (string part in Elision().Split(expected).Select(part => part.Trim('\n')).Where(part => part.Length > 0)) Assert.That(output.ToString(), Does.Contain(part), command);
    }

    /// <summary>What follows <c>rift</c> in each command of a page, and the lines below it up to the next.</summary>
    private static IEnumerable<(string Command, string Output)> CommandsOf(Page page)
    {
        foreach ((string language, string text, _) in page.Fences)
        {
            string? command = null;
            List<string> output = [];
            foreach (string line in text.Split('\n'))
            {
                Match match = (language is "sh" or "bash" ? ShellLine() : PromptLine()).Match(line);
                if (!match.Success)
                {
                    if (language == "text") output.Add(line);
                    continue;
                }

                if (command is not null) yield return (command, string.Join('\n', output));
                command = Remark().Replace(match.Groups[1].Value, "").Trim();
                output.Clear();
            }

            if (command is not null) yield return (command, string.Join('\n', output));
        }
    }

    [GeneratedRegex(@"^\$ rift (.+)$")]
    private static partial Regex PromptLine();

    [GeneratedRegex(@"^(?:\$ )?(?:rift|dotnet run -c Release --project src/Rift\.Cli --) (.+)$")]
    private static partial Regex ShellLine();

    [GeneratedRegex(@"^\.\.\.$", RegexOptions.Multiline)]
    private static partial Regex Elision();

    [GeneratedRegex(@"\s#.*$")]
    private static partial Regex Remark();
}
