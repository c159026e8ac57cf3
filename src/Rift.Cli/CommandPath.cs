using System.CommandLine;

namespace Rift.Cli;

/// <summary>The way from a command up to the root.</summary>
internal static class CommandPath
{
    /// <summary>The command, its parent, and so on to the root.</summary>
    internal static IEnumerable<Command> WithAncestors(this Command command)
    {
        for (Command? current = command; current is not null; current = current.Parents.OfType<Command>().FirstOrDefault()) yield return current;
    }
}
