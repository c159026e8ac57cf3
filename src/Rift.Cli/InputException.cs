using System.CommandLine;

namespace Rift.Cli;

/// <summary>What the user asks for cannot be done: an unknown option, a missing argument, options that exclude one another, a model that a format cannot say.</summary>
internal sealed class InputException(string message) : Exception(message)
{
    /// <summary>The first thing that the parser did not understand.</summary>
    internal static InputException From(ParseResult parsed)
    {
        // The root command is named after the running program, whatever that is.
        IEnumerable<string> path = parsed.CommandResult.Command.WithAncestors().Reverse().Skip(1).Select(command => command.Name).Prepend("rift");
        string complaint = parsed.UnmatchedTokens.Count > 0 ? $"found '{parsed.UnmatchedTokens[0]}', expected a command, an argument or an option" : parsed.Errors[0].Message.TrimEnd('.');
        return new InputException($"{complaint}; see {string.Join(' ', path)} --help");
    }
}
