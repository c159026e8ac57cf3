using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using Rift.Experiments;
using Rift.Models;
using Rift.Plots;

namespace Rift.Cli;

/// <summary><c>rift reproduce</c>: the tabular counterparts of the paper's figures, and what became of its claims.</summary>
internal static class ReproduceCommand
{
    private const string All = "all";

    internal static Command Create(Terminal terminal)
    {
        Argument<string[]> figures = new("figures") { Description = $"Which figures: {string.Join(", ", Names)}, or all.", HelpName = "FIGURE", Arity = ArgumentArity.OneOrMore };
        figures.CompletionSources.Add(_ => Names.Append(All).Select(name => new CompletionItem(name)));
        Option<string?> folder = new("--out") { Description = "Write the page, the pictures and the results as CSV into this directory, and keep what is finished there: a run that was interrupted goes on.", HelpName = "DIR" };
        Option<int?> seeds = Options.WholeNumber("--seeds", "N", "Draws of each random prior and supervisor. Default: what each experiment says, mostly 20.", 1);
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("reproduce", "Compute the counterparts of the paper's figures and decide its claims.") { figures, folder, seeds, json, format, quiet, threads };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            Reproduction[] chosen = Chosen(parsed.GetRequiredValue(figures));
            string? directory = parsed.GetValue(folder);
            if (directory is not null) OutputFolder.Create(directory);
            using ConsoleProgress progress = new(terminal);
            ExperimentRun run = new()
            {
                Store = new CellStore(directory),
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Cancellation = terminal.Cancellation,
                Progress = parsed.GetValue(quiet) ? null : progress.OfExperiment(),
            };
            IReadOnlyList<ReproductionResult> results = ReproductionResult.Of(chosen, run, parsed.GetValue(seeds));
            if (directory is not null) WriteFiles(directory, results);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => WriteJson(document, results));
            else ReproductionText.Write(style.Writer(terminal.Output), results);
            return results.All(result => result.Holds) ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static IEnumerable<string> Names => Reproduction.All.SelectMany(reproduction => reproduction.AlsoCalled.Prepend(reproduction.Figure));

    private static Reproduction[] Chosen(string[] names)
    {
        foreach (string name in names)
            if (name != All && !Names.Contains(name)) throw new InputException($"found the figure '{name}', expected one of {string.Join(", ", Names)}, or all");
        return [.. Reproduction.All.Where(reproduction => names.Any(name => name == All || name == reproduction.Figure || reproduction.AlsoCalled.Contains(name)))];
    }

    private static void WriteFiles(string directory, IReadOnlyList<ReproductionResult> results)
    {
        string figures = Path.Combine(directory, "figures"), tables = Path.Combine(directory, "results");
        Directory.CreateDirectory(figures);
        Directory.CreateDirectory(tables);
        foreach (string experiment in results.SelectMany(result => result.Reproduction.Experiments).Distinct())
            AtomicFile.WriteText(Path.Combine(tables, $"{experiment}.csv"), results[0].Data[experiment].ToCsv($"{experiment} {ExperimentFile.ReadBuiltIn(experiment).Hash}"));
        foreach (Chart chart in results.SelectMany(result => result.Charts))
        {
            Figure figure = ChartFigure.Of(chart);
            figure.Save(Path.Combine(figures, $"{chart.Name}.png"), scale: 1.5);
            figure.Save(Path.Combine(figures, $"{chart.Name}.svg"));
        }

        AtomicFile.WriteText(Path.Combine(directory, "experiments.md"), ReproductionReport.Markdown(results));
    }

    private static void WriteJson(Utf8JsonWriter json, IReadOnlyList<ReproductionResult> results)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-reproduction-1");
        json.WriteStartArray("figures");
        foreach (ReproductionResult result in results)
        {
            json.WriteStartObject();
            json.WriteString("figure", result.Reproduction.Figure);
            json.WriteStartArray("claims");
            foreach (Claim claim in result.Claims)
            {
                json.WriteStartObject();
                json.WriteString("claim", claim.Statement);
                json.WriteString("finding", claim.Finding switch { Finding.Shown => "shown", Finding.ShownUnderCondition => "shown-under-condition", _ => "not-shown" });
                if (claim.Finding == Finding.ShownUnderCondition) json.WriteString("condition", claim.Condition);
                json.WritePropertyName("decidedBy");
                Write(json, claim.Deciding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("criteria");
            foreach (Measurement criterion in result.Criteria) Write(json, criterion);
            json.WriteEndArray();
            json.WriteNumber("compared", result.Comparisons.Count);
            json.WriteNumber("agree", result.Comparisons.Count(comparison => comparison.Agrees));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Measurement measurement)
    {
        json.WriteStartObject();
        json.WriteString("what", measurement.What);
        json.WriteNumberOrNull("value", measurement.Value);
        json.WriteNumberOrNull("spread", measurement.Spread);
        json.WriteNumberOrNull(measurement.IsAtLeast ? "atLeast" : "atMost", measurement.Limit);
        json.WriteBoolean("holds", measurement.Holds);
        json.WriteEndObject();
    }
}
