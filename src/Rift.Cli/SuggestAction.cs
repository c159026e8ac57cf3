using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Rift.Cli;

/// <summary>Answers the shell's question what may come next: <c>rift "[suggest:9]" "solve --t"</c>.</summary>
/// <remarks>
/// The library's own answer is kept for all but one case: behind an option that may have a further value it offers values alone, also for a word that begins with a
/// dash. Such a word is an option here.
/// </remarks>
internal sealed class SuggestAction : SynchronousCommandLineAction
{
    /// <summary>Lets a command line answer in this way.</summary>
    internal static void ReplaceIn(RootCommand root) => root.Directives.OfType<SuggestDirective>().Single().Action = new SuggestAction();

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        Command root = parseResult.RootCommandResult.Command;
        string text = parseResult.Tokens.LastOrDefault(token => token.Type != TokenType.Directive)?.Value ?? "";
        text = text[..Math.Min(text.Length, Cursor(parseResult, text))];
        ParseResult typed = root.Parse(text);
        string word = text[(text.LastIndexOf(' ') + 1)..];
        IEnumerable<string> candidates = word.StartsWith('-')
            ? OptionsOf(typed.CommandResult.Command).Where(option => option.StartsWith(word, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            : typed.GetCompletions(text.Length).Select(item => item.Label);
        foreach (string candidate in candidates) parseResult.InvocationConfiguration.Output.WriteLine(candidate);
        return ExitCode.Done;
    }

    private static int Cursor(ParseResult parsed, string text)
    {
        string? position = parsed.Tokens.First(token => token.Type == TokenType.Directive).Value.Trim('[', ']').Split(':').ElementAtOrDefault(1);
        return int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out int cursor) ? cursor : text.Length;
    }

    private static IEnumerable<string> OptionsOf(Command command) => command.WithAncestors()
        .SelectMany(current => current.Options.Where(option => current == command || option.Recursive))
        .Select(option => option.Name);
}
