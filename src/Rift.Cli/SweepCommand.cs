using System.CommandLine;
using System.Globalization;
using Rift.Experiments;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift sweep</c>: an experiment of one's own, in one piece or in shards that are merged.</summary>
internal static class SweepCommand
{
    private const string Kept = "experiment.json";

    internal static Command Create(Terminal terminal)
    {
        Argument<string?> file = new("spec") { Description = "The experiment: a file of the format rift-experiment-1.", HelpName = "SPEC.json", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> folder = new("--out") { Description = "Write the results as CSV into this directory, and keep what is finished there: a run that was interrupted goes on.", HelpName = "DIR" };
        Option<string?> shard = new("--shard") { Description = "Compute the i-th of n parts only, counted from 1; rift sweep merge joins them.", HelpName = "i/n" };
        Option<string?> format = Format();
        Option<bool> quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("sweep", "Run an experiment: worlds, priors, supervisors and ways to tune, all combined.") { file, folder, shard, format, quiet, threads, Merge(terminal) };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format);
            string path = parsed.GetValue(file) ?? throw new InputException("found no experiment, expected a file SPEC.json, or merge; see rift sweep --help");
            string directory = parsed.GetValue(folder) ?? throw new InputException("--out: found none, expected a directory");
            (int part, int parts) = Shard(parsed.GetValue(shard));
            InputFile.Require(path, "an experiment");
            ExperimentSpecification specification = ExperimentFile.Read(path);
            OutputFolder.Create(directory);
            AtomicFile.Write(Path.Combine(directory, Kept), stream => stream.Write(File.ReadAllBytes(path)));
            using ConsoleProgress progress = new(terminal);
            ResultTable results = Run(directory, parsed.GetValue(threads), parsed.GetValue(quiet) ? null : progress, terminal).Of(specification, part - 1, parts);
            string what = parts == 1 ? Finish(directory, specification, results) : string.Create(CultureInfo.InvariantCulture, $"part {part} of {parts}");
            Write(style, terminal, path, what, specification, results);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Merge(Terminal terminal)
    {
        Argument<string> folder = new("dir") { Description = "The directory that the shards wrote into, or that their files were copied to.", HelpName = "DIR" };
        Option<string?> format = Format();
        Option<bool> quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("merge", "Join the parts of a sweep; what is missing is computed.") { folder, format, quiet, threads };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format);
            string directory = parsed.GetRequiredValue(folder), path = Path.Combine(directory, Kept);
            InputFile.Require(path, "the experiment that rift sweep --out left there");
            ExperimentSpecification specification = ExperimentFile.Read(path);
            using ConsoleProgress progress = new(terminal);
            ResultTable results = Run(directory, parsed.GetValue(threads), parsed.GetValue(quiet) ? null : progress, terminal).Of(specification);
            Write(style, terminal, path, Finish(directory, specification, results), specification, results);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> Format() => TableStyle.Option("Print the results as a table as well: as text, latex, markdown or csv. Default: how many rows there are, and where.");

    private static void Write(TableStyle style, Terminal terminal, string path, string what, ExperimentSpecification specification, ResultTable results) =>
        SweepText.Write(style.Writer(terminal.Output, path), string.Create(CultureInfo.InvariantCulture, $"{specification.Name}: {results.Rows.Count} rows, {what}"), style.IsAsked ? results : null);

    private static ExperimentRun Run(string directory, int? threads, ConsoleProgress? progress, Terminal terminal) => new()
    {
        Store = new CellStore(directory),
        Threads = threads ?? Environment.ProcessorCount,
        Cancellation = terminal.Cancellation,
        Progress = progress?.OfExperiment(),
    };

    private static string Finish(string directory, ExperimentSpecification specification, ResultTable results)
    {
        string path = Path.Combine(directory, $"{specification.Name}.csv");
        AtomicFile.WriteText(path, results.ToCsv($"{specification.Name} {specification.Hash}"));
        return path;
    }

    private static (int Part, int Parts) Shard(string? text)
    {
        if (text is null) return (1, 1);
        return text.Split('/') is [string i, string n] && int.TryParse(i, NumberStyles.None, CultureInfo.InvariantCulture, out int part) && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out int parts) && part >= 1 && part <= parts
            ? (part, parts)
            : throw new InputException($"--shard: found '{text}', expected i/n with i from 1 to n");
    }
}
