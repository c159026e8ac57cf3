using System.Globalization;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary>What <c>rift fit</c> was asked for.</summary>
internal sealed record FitRequest
{
    private const string BusEngines = "zurcher";

    /// <summary>The model: a file or a built-in world.</summary>
    public required string Model { get; init; }

    /// <summary>The file of demonstrations, or null.</summary>
    public required string? Demonstrations { get; init; }

    /// <summary>The file of the demonstrator's policy, or null.</summary>
    public required string? Expert { get; init; }

    /// <summary>The file of features, or null.</summary>
    public required string? Features { get; init; }

    /// <summary>Of the bus engines: groups, as they were written, or null for all.</summary>
    public required string? Groups { get; init; }

    /// <summary>Of the bus engines: the folder of the records, or null for the counts that are built in.</summary>
    public required string? Data { get; init; }

    /// <summary>gamma in place of the model's own, or null.</summary>
    public required double? Discount { get; init; }

    /// <summary>Temperature and penalty.</summary>
    public required MaximumLikelihood Fit { get; init; }

    /// <summary>Number of bootstrap fits, 0 for none.</summary>
    public required int Bootstrap { get; init; }

    /// <summary>The parameters of the counterfactual as they were written, <c>NAME=VALUE</c>.</summary>
    public required string[] Changes { get; init; }

    /// <summary>The seed of the bootstrap.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether nothing is told on standard error.</summary>
    public required bool Quiet { get; init; }

    private bool IsBusEngines => Model == BusEngines && Demonstrations is null && Expert is null && Features is null;

    /// <summary>Fits.</summary>
    /// <exception cref="InputException">Options exclude or need one another.</exception>
    internal FitReport Run(Terminal terminal)
    {
        Dictionary<string, double> changes = [];
        foreach ((string name, double value) in Changes.Select(Change))
            if (!changes.TryAdd(name, value)) throw new InputException($"--set: found {name} a second time, expected it once");
        FitReport report = IsBusEngines ? OfBusEngines(terminal) : OfFiles(terminal);
        RequireNames(changes.Keys, report.Estimate.Process.Names);
        Execution execution = new() { Threads = Threads, Cancellation = terminal.Cancellation };
        if (Bootstrap > 0 && report.Estimate.Data.IsPopulation) throw new InputException("--bootstrap: found --expert, a policy that leaves nothing to chance; expected --demos with it");
        return report with
        {
            Bootstrap = Bootstrap > 0 && report.Estimate.Outcome == FitOutcome.Converged ? new Bootstrap { Replications = Bootstrap, Seed = Seed }.Run(report.Estimate, execution) : null,
            Counterfactual = changes.Count > 0 ? report.Estimate.If(changes) : null,
        };
    }

    private FitReport OfBusEngines(Terminal terminal)
    {
        int[] groups = GroupNumbers();
        if (Data is not null)
            foreach (int group in groups) InputFile.Require(Path.Combine(Data, BusEngineRecords.FileOf(group)), "the records of a group of buses");
        BusEngineCounts counts = Data is null ? BusEngineCounts.Load(groups) : BusEngineCounts.Read(Data, groups);
        double discount = Discount ?? BusEngineModel.Discount;
        return new FitReport
        {
            Title = $"{BusEngines}, {(groups.Length == 1 ? "group" : "groups")} {string.Join(',', groups)} (Rust 1987)",
            Request = this,
            Estimate = Fit.Fit(BusEngineModel.Unknown(counts.LargestIncrement, discount), counts.Demonstrations, cancellation: terminal.Cancellation),
            Published = PublishedEstimates.Of(groups, discount),
            BusEngines = counts,
        };
    }

    private FitReport OfFiles(Terminal terminal)
    {
        if (Groups is not null || Data is not null) throw new InputException($"{(Groups is not null ? "--groups" : "--data")}: found a model or files of your own, expected rift fit {BusEngines} alone with it");
        if (Demonstrations is null == Expert is null) throw new InputException(Demonstrations is null ? "--demos: found none, expected --demos FILE or --expert FILE" : "--demos: found --expert as well, expected one of the two");
        if (Features is null) throw new InputException("--features: found none, expected --features FILE");
        MarkovDecisionProcess mdp = ModelArgument.Read(Model, terminal, Quiet);
        if (Discount is double discount) mdp = mdp.WithDiscount(discount);
        InputFile.Require(Features, "a file of features");
        if (Demonstrations is not null) InputFile.Require(Demonstrations, "a file of demonstrations");
        if (Expert is not null) InputFile.Require(Expert, "a policy file");
        Demonstrations data = Demonstrations is not null ? DemonstrationFile.Read(Demonstrations, mdp) : Mdp.Demonstrations.OfPolicy(Visitation.Of(mdp, PolicyFile.Read(Expert!, mdp)));
        return new FitReport
        {
            Title = mdp.Description.Name ?? Model,
            Request = this,
            Estimate = Fit.Fit(new LinearProcess(mdp, FeatureFile.Read(Features, mdp)), data, cancellation: terminal.Cancellation),
        };
    }

    private int[] GroupNumbers()
    {
        if (Groups is null) return [.. BusEngineRecords.Groups];
        string[] parts = Groups.Split(',');
        int[] groups = [.. parts.Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int group) ? group : 0)];
        return groups.All(BusEngineRecords.Groups.Contains) && groups.Distinct().Count() == groups.Length
            ? groups
            : throw new InputException($"--groups: found '{Groups}', expected some of {string.Join(',', BusEngineRecords.Groups)}, each once");
    }

    private static KeyValuePair<string, double> Change(string text)
    {
        int equals = text.LastIndexOf('=');
        return equals > 0 && double.TryParse(text.AsSpan(equals + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? new(text[..equals], value)
            : throw new InputException($"--set: found '{text}', expected NAME=VALUE with a finite number");
    }

    private static void RequireNames(IEnumerable<string> names, IReadOnlyList<string> known)
    {
        foreach (string name in names)
            if (!known.Contains(name)) throw new InputException($"--set: found no parameter '{name}', expected one of {string.Join(", ", known)}");
    }
}
