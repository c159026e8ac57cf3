using System.Globalization;
using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>What <c>rift finetune</c> was asked for.</summary>
internal sealed record FinetuneRequest
{
    private const int PriorStream = 0, InterventionStream = 1, EpisodeStream = 2, DefaultEpisodes = 1000, EvaluationEpisodes = 10_000;

    /// <summary>The model: a file or a built-in world.</summary>
    public required string Model { get; init; }

    /// <summary>The prior, as it was written.</summary>
    public required string Prior { get; init; }

    /// <summary>The file that the prior is read from, or null where it is made.</summary>
    public string? PriorFile => Prior.StartsWith("file:", StringComparison.Ordinal) ? Prior["file:".Length..] : null;

    /// <summary>The supervisor, as it was written.</summary>
    public required string Intervention { get; init; }

    /// <summary>omega of (6), at least 0.</summary>
    public required double KlWeight { get; init; }

    /// <summary>K, at least 1.</summary>
    public required int Rounds { get; init; }

    /// <summary>Whether to learn from episodes too.</summary>
    public required bool Sampled { get; init; }

    /// <summary>Episodes of each round, or null where it was not said.</summary>
    public int? Episodes { get; init; }

    /// <summary>Episodes of each round.</summary>
    public int EpisodesPerRound => Episodes ?? DefaultEpisodes;

    /// <summary>How to learn from episodes, or null where it was not said.</summary>
    public string? Learner { get; init; }

    /// <summary>When rounds end early, as it was written, or null.</summary>
    public string? Until { get; init; }

    /// <summary>H in place of the model's own, or null.</summary>
    public int? Horizon { get; init; }

    /// <summary>gamma in place of the model's own, or null.</summary>
    public double? Discount { get; init; }

    /// <summary>The seed of demonstrations, favourites, false alarms and episodes.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether nothing is told on standard error.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Tunes and evaluates.</summary>
    /// <exception cref="InputException">A specification is none, the two need one another, or there is no horizon.</exception>
    internal FinetuneReport Run(Terminal terminal)
    {
        ResidualInterventionFineTuning? algorithm = Algorithm();
        PriorSpec priorSpec = PriorSpec.Parse(Prior);
        InterventionStrategy strategy = InterventionSpec.Parse(Intervention);
        if (priorSpec.NeedsInterventions && strategy.NeedsPrior)
            throw new InputException($"--prior: found '{Prior}', which is made from the interventions, with --intervention {Intervention}, which looks at the prior; expected one of the two");
        MarkovDecisionProcess mdp = ModelArgument.Read(Model, terminal, Quiet);
        if (Discount is double discount) mdp = mdp.WithDiscount(discount);
        int horizon = Horizon ?? mdp.Description.EvaluationHorizon ?? throw new InputException($"--horizon: found none, expected one, for {Model} names no steps after which success is evaluated");
        if (mdp.Description.Success is null && !Quiet) terminal.Note($"rift: {Model}: the model does not say what success is: success and failure are left out");
        using ConsoleProgress progress = new(terminal);
        Execution execution = new() { Threads = Threads, Cancellation = terminal.Cancellation, Progress = Quiet ? null : progress.OfSolver() };
        Expert expert = Expert.Of(mdp, execution);
        Policy? prior = priorSpec.NeedsInterventions ? null : MakePrior(null);
        StateActionTable phi = strategy.Table(expert, prior, SplittableRandom.Stream(Seed, InterventionStream));
        prior ??= MakePrior(phi);
        // Fact F9: exactly, K rounds at the KL weight are one at its K-th part.
        FineTuning exact = FineTuning.Of(expert, prior, phi, KlWeight / Rounds, horizon, execution);
        if (algorithm is null) return new FinetuneReport(exact, null);
        Supervisor supervisor = strategy.Supervise(expert, prior, SplittableRandom.Stream(Seed, InterventionStream));
        return new FinetuneReport(exact, SampledFineTuning.Of(algorithm, expert, prior, supervisor, phi, horizon, EvaluationEpisodes, SplittableRandom.Stream(Seed, EpisodeStream), execution));

        Policy MakePrior(StateActionTable? intervention) => priorSpec.Make(expert, intervention, horizon, SplittableRandom.Stream(Seed, PriorStream));
    }

    private ResidualInterventionFineTuning? Algorithm()
    {
        if (!Sampled)
        {
            foreach ((string name, object? given) in new (string, object?)[] { ("--episodes", Episodes), ("--learner", Learner), ("--until", Until) })
                if (given is not null) throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{name}: found {given} without --sampled, expected both or neither"));
            return null;
        }

        if (KlWeight == 0) throw new InputException("--kl-weight: found 0 with --sampled, expected a positive number, for from episodes a weight of 0 is RLIF");
        return new ResidualInterventionFineTuning { KlWeight = KlWeight, Rounds = Rounds, Inner = LearnerSpec.Parse(Learner, EpisodesPerRound), Stopping = UntilSpec.Parse(Until, EpisodesPerRound) };
    }
}

/// <summary>What <c>rift finetune</c> found.</summary>
/// <param name="Exact">What follows from phi and the dynamics.</param>
/// <param name="Sampled">What was learned from episodes, where that was asked for.</param>
internal sealed record FinetuneReport(FineTuning Exact, SampledFineTuning? Sampled);
