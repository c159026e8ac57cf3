using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rift.Models;
using Rift.Theory;

namespace Rift.Cli;

/// <summary><c>rift analyze</c>: every quantity of the paper for one problem file.</summary>
internal static class AnalyzeCommand
{
    private const int ShownEntries = 4, NameWidth = 18, NumbersWidth = 72;

    internal static Command Create(Terminal terminal)
    {
        Argument<string> problem = new("problem") { Description = "Problem file (rifttabular-oracle-1).", HelpName = "PROBLEM.json" };
        Option<string?> file = Options.Out("Write the quantities (rift-quantities-1) to this file.");
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet("No table on standard output: only the file.");
        Command command = new("analyze", "Compute every quantity of the paper for one problem, with error bounds.") { problem, file, json, format, quiet };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            string input = parsed.GetRequiredValue(problem);
            string? path = parsed.GetValue(file);
            InputFile.Require(input, "a problem file");
            if (path is not null) OutputFile.Require(path);
            AnalysisResult result = terminal.Abandonable(() => Quantities.Of(ProblemFile.Read(input)));
            if (path is not null) AtomicFile.WriteJson(path, document => WriteJson(document, result));
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => WriteJson(document, result));
            else if (path is null || !parsed.GetValue(quiet)) WriteText(style.Writer(terminal.Output, input), result);
            return ExitCode.Done;
        });
        return command;
    }

    private static void WriteJson(Utf8JsonWriter json, AnalysisResult result)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-quantities-1");
        json.WriteString("id", result.Id);
        json.WriteStartObject("fields");
        foreach ((string name, double[] values) in result.Fields) json.WriteNumbers(name, values);
        json.WriteEndObject();
        json.WriteStartObject("certificates");
        foreach ((string name, double errorBound) in result.Certificates) json.WriteNumberOrNull(name, errorBound);
        json.WriteEndObject();
        json.WriteStartArray("ofComputedPolicies");
        foreach (string name in AnalysisResult.OfComputedPolicies) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteText(TableWriter output, AnalysisResult result)
    {
        Dictionary<string, double> bounds = result.Certificates.ToDictionary(x => x.Name, x => x.ErrorBound);
        output.Line(string.Create(CultureInfo.InvariantCulture, $"{result.Id}: {result.Fields.Count} quantities"));
        output.Write(new Table(
            [Column.Words("quantity") with { Width = NameWidth }, Column.Words("first entries") with { Width = NumbersWidth, Readers = Readers.People }, Column.Words("entries") with { Readers = Readers.Programs }, Column.Words("error at most")],
            result.Fields.Select(field => (Cell[])
            [
                field.Name, FirstOf(field.Values), string.Join(' ', field.Values.Select(x => x.ToString("R", CultureInfo.InvariantCulture))),
                Cell.In("G2", bounds.TryGetValue(field.Name, out double errorBound) ? errorBound : null),
            ])));
    }

    private static string FirstOf(double[] values)
    {
        string numbers = string.Join("  ", values.Take(ShownEntries).Select(x => x.ToString("G10", CultureInfo.InvariantCulture)));
        return values.Length <= ShownEntries ? numbers : string.Create(CultureInfo.InvariantCulture, $"{numbers}  ... ({values.Length})");
    }
}
