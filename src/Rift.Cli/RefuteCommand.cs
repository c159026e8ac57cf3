using System.CommandLine;
using System.CommandLine.Completions;
using System.Text.Json;
using Rift.Mdp;
using Rift.Models;
using Rift.Theory;

namespace Rift.Cli;

/// <summary><c>rift refute</c>: looks for a model on which a claim fails.</summary>
internal static class RefuteCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string?> claim = new("CLAIM") { Description = "The name of a claim that ships (see --list), a statement of rift verify (4.1, 5.1, F4, ...), or CE1 to CE5 for a known counterexample.", Arity = ArgumentArity.ZeroOrOne, HelpName = "CLAIM" };
        claim.CompletionSources.Add(_ => Known.Select(statement => new CompletionItem(statement.Id)));
        Option<bool> list = new("--list") { Description = "List the claims that ship, each with what holds instead." };
        Option<int?> seed = Options.WholeNumber("--seed", "N", "Seed of the search. Default: 0.", 0);
        Option<int?> cases = Options.WholeNumber("--cases", "N", "The most scenarios to look at. Default: 100000.", 1);
        Option<string?> model = Options.Out("Write the counterexample's process as a model file (rift-model-1).");
        Option<string?> problem = new("--problem") { Description = "Write the whole counterexample, rewards and policies included, as a problem file for rift analyze.", HelpName = "PATH" };
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("refute", "Look for a model on which a claim fails, and make it as small as possible.") { claim, list, seed, cases, model, problem, json, format, quiet, threads };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            if (parsed.GetValue(list))
            {
                RefutationText.WriteClaims(style.Writer(terminal.Output));
                return ExitCode.Done;
            }

            Statement statement = Named(parsed.GetValue(claim));
            string? modelPath = parsed.GetValue(model), problemPath = parsed.GetValue(problem);
            if (modelPath is not null) OutputFile.Require(modelPath);
            if (problemPath is not null) OutputFile.Require(problemPath);
            if (statement is Counterexample example)
            {
                Save(example.Subject, example, modelPath, problemPath);
                if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, writer => WriteJson(writer, example));
                else RefutationText.Write(style.Writer(terminal.Output), example);
                return example.Numbers.All(number => number.Identity.Holds) ? ExitCode.Done : ExitCode.Failed;
            }

            CounterexampleSearch search = new() { Seed = parsed.GetValue(seed) ?? 0, Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount };
            if (parsed.GetValue(cases) is int most) search = search with { Cases = most };
            SearchReport report = Run(search, statement, terminal, parsed.GetValue(quiet));
            if (report.Counterexample is Scenario found) Save(found, statement, modelPath, problemPath);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, writer => WriteJson(writer, report));
            else RefutationText.Write(style.Writer(terminal.Output), report);
            return report.Counterexample is not null ? ExitCode.Done : report.Cancelled ? ExitCode.Cancelled : ExitCode.Failed;
        });
        return command;
    }

    private static IEnumerable<Statement> Known => Claim.All.Select(claim => claim.Said).Concat(Statement.All);

    private static Statement Named(string? name) => name is null
        ? throw new InputException("found no claim, expected one; rift refute --list names those that ship")
        : Known.FirstOrDefault(statement => string.Equals(statement.Id, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new InputException($"found no claim '{name}', expected one of {string.Join(", ", Known.Select(statement => statement.Id))}");

    private static SearchReport Run(CounterexampleSearch search, Statement statement, Terminal terminal, bool isQuiet)
    {
        using ConsoleProgress progress = new(terminal);
        return search.Run(statement, isQuiet ? null : progress.OfSearch(), terminal.Cancellation);
    }

    private static void Save(Scenario found, Statement statement, string? modelPath, string? problemPath)
    {
        string notes = $"A counterexample. {statement.Title}. The rewards are those of the candidate; the other parts of the scenario are in its problem file.";
        if (modelPath is not null) ModelFile.Write(found.Mdp.WithDescription(found.Mdp.Description with { Name = statement.Id, Notes = notes }), modelPath);
        if (problemPath is not null) ProblemFile.Write(found, problemPath);
    }

    private static void WriteJson(Utf8JsonWriter json, Counterexample example)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-counterexample-1");
        json.WriteString("id", example.Id);
        json.WriteString("title", example.Title);
        json.WriteStartArray("numbers");
        foreach (PublishedNumber number in example.Numbers)
        {
            json.WriteStartObject();
            json.WriteString("name", number.Name);
            json.WriteNumber("computed", number.Computed.Value);
            json.WriteNumber("errorBound", number.Computed.ErrorBound);
            json.WriteNumber("printed", number.Printed);
            json.WriteBoolean("agrees", number.Identity.Holds);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("problem");
        ProblemFile.Write(json, example.Subject);
        json.WriteEndObject();
    }

    private static void WriteJson(Utf8JsonWriter json, SearchReport report)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-refutation-1");
        json.WriteString("claim", report.Statement.Id);
        json.WriteString("title", report.Statement.Title);
        json.WriteBoolean("found", report.Counterexample is not null);
        json.WriteNumber("drawn", report.Drawn);
        json.WriteNumber("checked", report.Checked);
        json.WriteNumberOrNull("worstRatio", report.WorstRatio);
        json.WriteBoolean("cancelled", report.Cancelled);
        if (report is { Counterexample: Scenario found, Violation: Identity violation })
        {
            json.WriteNumber("shrinks", report.Shrinks);
            json.WriteString("relation", violation.Relation == Relation.Equal ? "=" : "<=");
            json.WriteNumbers("left", violation.Left);
            json.WriteNumbers("right", violation.Right);
            json.WriteNumberOrNull("gap", violation.Gap);
            json.WriteNumberOrNull("bound", violation.Bound);
            json.WritePropertyName("problem");
            ProblemFile.Write(json, found);
        }

        json.WriteEndObject();
    }
}
