using System.Text.RegularExpressions;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>What the README says and shows.</summary>
internal static partial class Readme
{
    internal static string Text { get; } = File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n");

    /// <summary>The sentence about the packages without native code.</summary>
    internal static string PurelyManaged { get; } = Text.Split("**Purely managed:**", 2)[1].Split("\n\n", 2)[0].Split("Native code", 2)[0];

    /// <summary>The commands that are shown with what they print.</summary>
    internal static IEnumerable<(string Command, string Output)> Shown => ShownOutput().Matches(Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex(@"```sh\ndotnet run -c Release --project src/Rift\.Cli -- ([^\n]*)\n```\n\n```text\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex ShownOutput();
}
