using System.CommandLine;
using System.CommandLine.Invocation;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Rift.Bench;

/// <summary>The program as a function: arguments in, exit code out. 0 done; 1 a check failed or a tolerance was not reached; 2 bad input or usage.</summary>
internal static class BenchCommandLine
{
    internal const int Done = 0, Failed = 1, BadInput = 2;

    /// <summary>Runs one mode.</summary>
    internal static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            ParseResult parsed = Create(output, error).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Action is ParseErrorAction) return Refuse(error, Complaint(parsed));
            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        catch (DisagreementException exception)
        {
            error.WriteLine($"rift-bench: error: {exception.Message}");
            return Failed;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or IOException or UnauthorizedAccessException or OutOfMemoryException)
        {
            return Refuse(error, exception.Message.ReplaceLineEndings(" "));
        }
    }

    private static RootCommand Create(TextWriter output, TextWriter error)
    {
        // The benchmark library reads what follows by itself.
        Command benchmark = new("benchmark", "Run the BenchmarkDotNet classes; what follows is for BenchmarkDotNet, such as --filter '*Sweep*'.") { TreatUnmatchedTokensAsErrors = false };
        benchmark.SetAction(parsed =>
        {
            IEnumerable<Summary> summaries = BenchmarkSwitcher.FromAssembly(typeof(BenchCommandLine).Assembly).Run([.. parsed.UnmatchedTokens]);
            return summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? Done : Failed;
        });
        return new RootCommand("How fast the core is, on the workloads that other programs are measured on too.")
        {
            MinuteMode.Create(output),
            SweepMode.Create(output),
            CertifyMode.Create(output, error),
            VisitMode.Create(output),
            BatchMode.Create(output),
            WorkloadsMode.Create(output),
            benchmark,
        };
    }

    private static string Complaint(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 ? $"found '{parsed.UnmatchedTokens[0]}', expected a mode or an option; see --help" : $"{parsed.Errors[0].Message.TrimEnd('.')}; see --help";

    private static int Refuse(TextWriter error, string message)
    {
        error.WriteLine($"rift-bench: error: {message}");
        return BadInput;
    }
}
