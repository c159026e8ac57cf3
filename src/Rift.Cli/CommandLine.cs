using System.CommandLine;
using System.CommandLine.Invocation;

namespace Rift.Cli;

/// <summary>The command line as a function: arguments in, exit code out.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <param name="arguments">What the user typed after <c>rift</c>.</param>
    /// <param name="terminal">Where the command prints and how it is cancelled.</param>
    /// <returns>The exit code: see <see cref="ExitCode"/>.</returns>
    internal static int Run(IReadOnlyList<string> arguments, Terminal terminal)
    {
        try
        {
            int code = Invoke(arguments, terminal);
            terminal.TellNotes();
            terminal.Output.Flush();
            return code;
        }
        catch (OperationCanceledException) when (terminal.Cancellation.IsCancellationRequested)
        {
            terminal.TellNotes();
            terminal.Error.WriteLine("rift: cancelled");
            return ExitCode.Cancelled;
        }
        catch (Exception exception) when (Failure.IsBadInput(exception))
        {
            terminal.Error.WriteLine($"rift: error: {Failure.Line(exception)}");
            return ExitCode.BadInput;
        }
#pragma warning disable CA1031 // The border of the program: whatever else arrives here is our mistake, and is told as such.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Exception cause = exception.GetBaseException();
            terminal.Error.WriteLine($"rift: internal error: {cause.GetType().Name}: {Failure.OneLine(cause.Message)}; please report this with the command and its input");
            return ExitCode.Failed;
        }
    }

    /// <summary>The command and all its subcommands.</summary>
    internal static RootCommand Create(Terminal terminal)
    {
        RootCommand root = new("Finite maximum-entropy Markov decision processes: certified solutions, and the statements of the RIFT paper checked.")
        {
            VerifyCommand.Create(terminal),
            RefuteCommand.Create(terminal),
            SolveCommand.Create(terminal),
            ShowCommand.Create(terminal),
            CertifyCommand.Create(terminal),
            AnalyzeCommand.Create(terminal),
            FinetuneCommand.Create(terminal),
            ReproduceCommand.Create(terminal),
            SweepCommand.Create(terminal),
            FitCommand.Create(terminal),
            ExploreCommand.Create(terminal),
            EnvironmentCommand.Create(terminal),
            ConvertCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };
        SuggestAction.ReplaceIn(root);
        AcceptCommonOptions(root);
        return root;
    }

    /// <summary>
    /// A script may pass the common options to every command. Where nothing is random, runs in threads or is told on the way they change nothing, and help leaves them out.
    /// </summary>
    private static void AcceptCommonOptions(Command command)
    {
        foreach (Command subcommand in command.Subcommands) AcceptCommonOptions(subcommand);
        if (command.Subcommands.Count > 0) return;
        foreach (Option option in new Option[] { Options.Seed(), Options.Threads(), Options.Quiet() })
        {
            if (command.Options.Any(own => own.Name == option.Name)) continue;
            option.Hidden = true;
            command.Add(option);
        }
    }

    private static int Invoke(IReadOnlyList<string> arguments, Terminal terminal)
    {
        // No response files: a name that begins with @ is a name.
        ParseResult parsed = Create(terminal).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction) throw InputException.From(parsed);
        return parsed.Invoke(new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false });
    }
}
