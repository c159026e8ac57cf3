using System.CommandLine;
using Rift.Learning;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift fit</c>: the reward that explains demonstrations, with its errors.</summary>
internal static class FitCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> model = ModelArgument.Create();
        Option<string?> demos = new("--demos") { Description = "Demonstrations as CSV: id,t,state,action or state,action,count.", HelpName = "FILE" };
        Option<string?> expert = new("--expert") { Description = "Policy file (rift-policy-1) of the demonstrator instead: as if watched for ever.", HelpName = "FILE" };
        Option<string?> features = new("--features") { Description = "Features of the reward as CSV: state,action and a column for each parameter; * stands for all.", HelpName = "FILE" };
        Option<string?> groups = new("--groups") { Description = "Of zurcher: the groups of buses. Default: 1,2,3,4.", HelpName = "LIST" };
        Option<string?> data = new("--data") { Description = "Of zurcher: count the published records in this folder instead of taking the counts that are built in.", HelpName = "DIR" };
        Option<double?> discount = Options.Number("--discount", "G", "Discount gamma instead of the model's own.", x => x is >= 0 and < 1, "a number of at least 0 and below 1");
        Option<double?> temperature = Options.Number("--temperature", "A", "Temperature alpha, which fixes the scale of the reward. Default: 1.", x => x > 0, "a positive finite number");
        Option<double?> ridge = Options.Number("--ridge", "L", "Penalty L/2 times the sum of the squared parameters of the reward. Default: 0, none.", x => x >= 0, "a finite number, 0 or more");
        Option<int?> bootstrap = Options.WholeNumber("--bootstrap", "N", "Fit N samples drawn with replacement as well. Default: 0.", 0);
        Option<string[]> set = new("--set") { Description = "What would be done if a parameter were another: may be given for several.", HelpName = "NAME=VALUE", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
        Option<string?> plot = new("--plot") { Description = "Draw the fitted probabilities, their 95 % bands and the data to a .png or .svg file.", HelpName = "FILE" };
        Option<string?> file = Options.Out("Write the result (rift-fit-1) to this file.");
        Option<int?> seed = Options.WholeNumber("--seed", "N", "Seed of the bootstrap. Default: 0.", 0);
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("fit", "Fit the reward that explains demonstrations: estimates, standard errors, and what the data cannot tell.")
        {
            model, demos, expert, features, groups, data, discount, temperature, ridge, bootstrap, set, plot, file, seed, json, format, quiet, threads,
        };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            FitRequest request = new()
            {
                Model = parsed.GetRequiredValue(model),
                Demonstrations = parsed.GetValue(demos),
                Expert = parsed.GetValue(expert),
                Features = parsed.GetValue(features),
                Groups = parsed.GetValue(groups),
                Data = parsed.GetValue(data),
                Discount = parsed.GetValue(discount),
                Fit = new MaximumLikelihood { Temperature = parsed.GetValue(temperature) ?? 1, Ridge = parsed.GetValue(ridge) ?? 0 },
                Bootstrap = parsed.GetValue(bootstrap) ?? 0,
                Changes = parsed.GetValue(set) ?? [],
                Seed = parsed.GetValue(seed) ?? 0,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Quiet = parsed.GetValue(quiet),
            };
            string? outPath = parsed.GetValue(file), plotPath = parsed.GetValue(plot);
            if (outPath is not null) OutputFile.Require(outPath);
            if (plotPath is not null) RequirePlot(plotPath);
            FitReport report = terminal.Abandonable(() => request.Run(terminal));
            if (outPath is not null) AtomicFile.WriteJson(outPath, document => FitJson.Write(document, report));
            if (plotPath is not null) FitFigure.Of(report).Save(plotPath);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => FitJson.Write(document, report));
            else FitText.Write(style.Writer(terminal.Output, request.Model, request.Demonstrations, request.Expert, request.Features), report);
            if (!request.Quiet)
                foreach (string complaint in report.Complaints) terminal.Note($"rift: {complaint}");
            return report.Complaints.Any() ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void RequirePlot(string path)
    {
        if (Path.GetExtension(path).ToUpperInvariant() is not (".PNG" or ".SVG")) throw new InputException($"--plot: found '{path}', expected a name that ends in .png or .svg");
        OutputFile.Require(path);
    }
}
