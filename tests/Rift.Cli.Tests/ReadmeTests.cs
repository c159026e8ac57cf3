using System.Text.RegularExpressions;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>What the README shows is what the program prints. Dots stand for lines that are left out; a number in powers of ten depends on the machine's fused operations.</summary>
public partial class ReadmeTests
{
    private static IEnumerable<TestCaseData> Shown => Readme.Shown.Select(shown => new TestCaseData(shown.Command, shown.Output));

    [TestCaseSource(nameof(Shown))]
    public void The_output_of_a_command_is_what_it_prints(string command, string shown)
    {
        // Fewer cases than the main command takes have the same rows, and other numbers.
        bool isLedger = command.StartsWith("verify", StringComparison.Ordinal);
        string[] words = [.. command.Split(' '), .. isLedger ? (string[])["--cases", "3"] : []];
        string[] printed = [.. CommandRun.Of(words).Succeeds().Output.TrimEnd().Split('\n').Select(line => Comparable(line, isLedger))];
        int at = 0;
        foreach (string line in shown.Split('\n'))
        {
            if (line == "...") continue;
            at = Array.IndexOf(printed, Comparable(line, isLedger), at) + 1;
            Assert.That(at, Is.Positive, $"not printed, or not in this order: {line}");
        }
    }

    [Test]
    public void The_main_command_is_shown_with_the_number_of_cases_it_checks() =>
        Assert.That(Readme.Text, Does.Contain($" statements hold on {1000 + VerificationCases.Worlds.Count} cases\n"));

    [Test]
    public void The_first_two_commands_are_those_that_check_and_test()
    {
        Assert.That(Readme.Text, Does.Contain("<!-- the main command -->\n```sh\ndotnet run -c Release --project src/Rift.Cli -- verify\n```"));
        Assert.That(Readme.Text, Does.Contain("<!-- the test command -->\n```sh\ndotnet test RiftTabular.sln -c Release\n```"));
        Assert.That(File.Exists(Repository.PathOf("RiftTabular.sln")), Is.True);
    }

    // One space for many: with other numbers the columns are as wide as they are.
    private static string Comparable(string line, bool isLedger)
    {
        string unnumbered = PowerOfTen().Replace(line.TrimEnd(), "#");
        return isLedger ? Spaces().Replace(Count().Replace(unnumbered, "#"), " ") : unnumbered;
    }

    [GeneratedRegex(@"\d\.\de[-+]\d\d")]
    private static partial Regex PowerOfTen();

    [GeneratedRegex(@"(?<= )(\d\.\d{3}|\d+)(?= |$)")]
    private static partial Regex Count();

    [GeneratedRegex(" +")]
    private static partial Regex Spaces();
}
