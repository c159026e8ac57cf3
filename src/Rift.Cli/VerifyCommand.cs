using System.CommandLine;
using System.CommandLine.Completions;
using Rift.Mdp;
using Rift.Models;
using Rift.Plots;
using Rift.Theory;

namespace Rift.Cli;

/// <summary><c>rift verify</c>: the statements of the paper, checked on random and structured processes.</summary>
internal static class VerifyCommand
{
    private const int DefaultCases = 1000, DefaultExtended = 100;

    internal static Command Create(Terminal terminal)
    {
        Option<string[]> theorem = new("--theorem") { Description = "Check this statement only: 4.1, 5.1, A.1, 13, ... May be given several times.", HelpName = "ID" };
        theorem.CompletionSources.Add(_ => Statement.All.Select(statement => new CompletionItem(statement.Id)));
        Option<int?> cases = Options.WholeNumber("--cases", "N", "Number of random cases. Default: 1000 besides the built-in worlds; 1 on each --model.", 0);
        Option<int?> extended = Options.WholeNumber("--extended", "N", "Check the first N random cases, and the small worlds, in double-double as well; 0 for none. Default: 100.", 0);
        Option<string[]> model = new("--model") { Description = "Check on this model only: a file or a built-in name. May be given several times.", HelpName = "MODEL" };
        model.CompletionSources.Add(ModelArgument.Completions);
        Option<int?> seed = Options.Seed();
        Option<string?> folder = new("--out") { Description = "Write ledger.md, ledger.json and the figures into this directory.", HelpName = "DIR" };
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("verify", "Check the statements of the paper and print the ledger.") { theorem, cases, extended, model, seed, folder, json, format, quiet, threads };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            string? directory = parsed.GetValue(folder);
            if (directory is not null) OutputFolder.Create(directory);
            bool isQuiet = parsed.GetValue(quiet);
            Statement[] statements = Chosen(parsed.GetValue(theorem) ?? []);
            LedgerCase[] all = [.. Cases(parsed.GetValue(model) ?? [], parsed.GetValue(cases), parsed.GetValue(extended) ?? DefaultExtended, parsed.GetValue(seed) ?? 0, terminal, isQuiet)];
            if (all.Length == 0) throw new InputException("--cases: found 0 on each model, expected at least 1");
            Ledger ledger = Run(statements, all, parsed.GetValue(seed) ?? 0, parsed.GetValue(threads) ?? Environment.ProcessorCount, terminal, isQuiet);
            if (directory is not null) WriteFiles(directory, ledger);
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, ledger.WriteJson);
            else LedgerText.Write(style.Writer(terminal.Output, parsed.GetValue(model) ?? []), ledger);
            return ExitCodeOf(ledger);
        });
        return command;
    }

    /// <summary>What the command returns for a ledger.</summary>
    internal static int ExitCodeOf(Ledger ledger) => ledger.Cancelled ? ExitCode.Cancelled : ledger.Holds ? ExitCode.Done : ExitCode.Failed;

    private static Ledger Run(Statement[] statements, LedgerCase[] cases, long seed, int threads, Terminal terminal, bool isQuiet)
    {
        using ConsoleProgress progress = new(terminal);
        return Ledger.Run(statements, cases, seed, threads, isQuiet ? null : progress.OfLedger(), terminal.Cancellation);
    }

    private static Statement[] Chosen(string[] ids)
    {
        foreach (string id in ids)
            if (!Statement.All.Any(statement => Same(statement.Id, id)))
                throw new InputException($"--theorem: found '{id}', expected one of {string.Join(", ", Statement.All.Select(statement => statement.Id))}");
        return [.. Statement.All.Where(statement => ids.Length == 0 || ids.Any(id => Same(statement.Id, id)))];
    }

    private static bool Same(string id, string asked) => string.Equals(id, asked, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<LedgerCase> Cases(string[] models, int? count, int extended, long seed, Terminal terminal, bool isQuiet) => models.Length > 0
        ? models.SelectMany(name => Extended(VerificationCases.On(name, ModelArgument.Read(name, terminal, isQuiet), count ?? 1, seed), extended))
        : Extended(VerificationCases.Random(count ?? DefaultCases, seed), extended)
            .Concat(VerificationCases.Worlds.SelectMany(name => Extended(VerificationCases.On(name, ModelArgument.Read(name, terminal, isQuiet: true), 1, seed), extended)));

    /// <summary>The cases, the first few of them for double-double too.</summary>
    private static IEnumerable<LedgerCase> Extended(IEnumerable<LedgerCase> cases, int count) => cases.Select((item, i) => item with { Extended = i < count });

    private static void WriteFiles(string directory, Ledger ledger)
    {
        AtomicFile.WriteText(Path.Combine(directory, "ledger.md"), ledger.ToMarkdown());
        AtomicFile.WriteJson(Path.Combine(directory, "ledger.json"), ledger.WriteJson);
        Save(directory, "ledger", LedgerFigure.Of(ledger.Rows));
        Save(directory, "gaps", GapFigure.Of(ledger.Rows));
        Save(directory, "differences", Differences(DifferenceStudy.Of(VerificationCases.Differentiated, new SplittableRandom(0))));
    }

    private static void Save(string directory, string name, Figure figure)
    {
        figure.Save(Path.Combine(directory, $"{name}.svg"));
        figure.Save(Path.Combine(directory, $"{name}.png"));
    }

    private static Figure Differences(DifferenceStudy study)
    {
        DifferenceSeries Series(string name, Func<DifferenceStudyPoint, double> error) => new(name, [.. study.Points.Select(point => new DifferenceError(point.Step, error(point)))]);
        return DifferenceFigure.Of(
            "Central differences of Ψ against its derivative by dual numbers",
            FormattableString.Invariant($"Theorem 5.1 along one direction of the reward; {study.Scenario.Id}, γ = {study.Scenario.Mdp.Discount}, α = {study.Scenario.Temperature}"),
            [Series("double", x => x.Error), Series("double-double", x => x.ErrorExtended), Series("double-double, sixth order", x => x.ErrorSixthOrder)],
            [
                new DifferenceGuide("truncation |Ψ‴| h² / 6", Math.Abs(study.ThirdDerivative) / 6, 2),
                new DifferenceGuide("rounding of Q/α, over h", study.Rounding, -1), new DifferenceGuide("rounding of Q/α, over h", study.RoundingExtended, -1),
            ]);
    }
}
