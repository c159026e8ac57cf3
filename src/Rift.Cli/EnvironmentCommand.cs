using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift env</c>: the built-in worlds, listed and written to files.</summary>
internal static class EnvironmentCommand
{
    internal static Command Create(Terminal terminal) => new("env", "List the built-in worlds, or write one to a file.") { List(terminal), Export(terminal) };

    private static Command List(Terminal terminal)
    {
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json();
        Command command = new("list", "List the built-in worlds with their options and defaults.") { json, format };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, WriteJson);
            else WriteText(style.Writer(terminal.Output));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export(Terminal terminal)
    {
        Argument<string> name = new("name") { Description = "A built-in world with its options, such as garnet:20,4,3,7.", HelpName = "NAME" };
        name.CompletionSources.Add(ModelArgument.Completions);
        Option<string?> file = Options.Out("Write the model (rift-model-1) to this file.");
        file.Required = true;
        Command command = new("export", "Write a built-in world to a model file.") { name, file };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file)!;
            OutputFile.Require(path);
            MarkovDecisionProcess world = WorldCatalog.Create(parsed.GetRequiredValue(name));
            RequireRoom(world);
            ModelFile.Write(world, path);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A kernel that computes its transitions may have more of them than anyone wants in a file.</summary>
    private static void RequireRoom(MarkovDecisionProcess world)
    {
        const long Most = 5_000_000;
        if (world.Kernel is not StoredKernel && world.Kernel.Transitions > Most)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{world.Description.Name}: found {world.Kernel.Transitions} transitions, which are computed and never stored, expected at most {Most} for a file"));
    }

    private static void WriteText(TableWriter output) => output.Write(new Table(
        [
            Column.Words("world") with { IsPlain = true }, Column.Words("what it is") with { IsPlain = true },
            Column.Words("options") with { Below = WorldCatalog.Entries.Max(entry => entry.Name.Length) + 2 },
        ],
        WorldCatalog.Entries.Select(entry => (Cell[])[entry.Name, entry.Summary, entry.Usage])));

    private static void WriteJson(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-worlds-1");
        json.WriteStartArray("worlds");
        foreach (WorldEntry entry in WorldCatalog.Entries)
        {
            json.WriteStartObject();
            json.WriteString("name", entry.Name);
            json.WriteString("summary", entry.Summary);
            json.WriteStartArray("options");
            foreach (WorldOption option in entry.Options)
            {
                json.WriteStartObject();
                json.WriteString("name", option.Name);
                json.WriteString("default", option.Default);
                json.WriteString("expected", option.Expected);
                json.WriteString("meaning", option.Meaning);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
