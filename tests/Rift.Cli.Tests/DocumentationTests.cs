using System.Text.RegularExpressions;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>docs/command-line.md shows what the program says of itself.</summary>
public partial class DocumentationTests
{
    private static readonly string _page = File.ReadAllText(Repository.PathOf("docs", "command-line.md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> Commands => ["", "verify", "refute", "solve", "show", "certify", "analyze", "finetune", "reproduce", "sweep", "sweep merge", "fit", "explore", "env", "env list", "env export", "convert", "completion"];

    [TestCaseSource(nameof(Commands))]
    public void The_page_shows_the_help_of_every_command(string command)
    {
        using RiftProcess process = RiftProcess.Start([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);
        CommandRun run = process.Finished().Succeeds();
        string help = string.Join('\n', run.Output.ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(line => line.TrimEnd()));
        Assert.That(_page, Does.Contain($"```text\n{help}\n```"));
    }

    [Test]
    public void Every_command_that_the_help_lists_has_its_page()
    {
        using RiftProcess process = RiftProcess.Start("--help");
        IEnumerable<string> listed = CommandLine().Matches(process.Finished().Output.Split("Commands:")[1]).Select(match => match.Groups[1].Value);
        Assert.That(listed, Is.EqualTo(Commands.Where(command => command.Length > 0 && !command.Contains(' ', StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"^  (\w+)", RegexOptions.Multiline)]
    private static partial Regex CommandLine();
}
