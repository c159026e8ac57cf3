using Rift.Experiments;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>What <c>rift finetune</c> was asked for.</summary>
internal sealed record FinetuneRequest
{
    private const int PriorStream = 0, InterventionStream = 1;

    /// <summary>The model: a file or a built-in world.</summary>
    public required string Model { get; init; }

    /// <summary>The prior, as it was written.</summary>
    public required string Prior { get; init; }

    /// <summary>The supervisor, as it was written.</summary>
    public required string Intervention { get; init; }

    /// <summary>omega of (6), at least 0.</summary>
    public required double KlWeight { get; init; }

    /// <summary>H in place of the model's own, or null.</summary>
    public int? Horizon { get; init; }

    /// <summary>gamma in place of the model's own, or null.</summary>
    public double? Discount { get; init; }

    /// <summary>The seed of demonstrations, favourites and false alarms.</summary>
    public required int Seed { get; init; }

    /// <summary>Number of threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Whether nothing is told on standard error.</summary>
    public required bool Quiet { get; init; }

    /// <summary>Tunes and evaluates.</summary>
    /// <exception cref="InputException">A specification is none, the two need one another, or there is no horizon.</exception>
    internal FineTuning Run(Terminal terminal)
    {
        PriorSpec priorSpec = PriorSpec.Parse(Prior);
        InterventionStrategy strategy = InterventionSpec.Parse(Intervention);
        if (priorSpec.NeedsInterventions && strategy.NeedsPrior)
            throw new InputException($"--prior: found '{Prior}', which is made from the interventions, with --intervention {Intervention}, which looks at the prior; expected one of the two");
        MarkovDecisionProcess mdp = ModelArgument.Read(Model, terminal, Quiet);
        if (Discount is double discount) mdp = mdp.WithDiscount(discount);
        int horizon = Horizon ?? mdp.Description.EvaluationHorizon ?? throw new InputException($"--horizon: found none, expected one, for {Model} names no steps after which success is evaluated");
        SolveRequest.RequireRoom(horizon, mdp.States);
        if (mdp.Description.Success is null && !Quiet) terminal.Note($"rift: {Model}: the model does not say what success is: success and failure are left out");
        using ConsoleProgress progress = new(terminal);
        Execution execution = new() { Threads = Threads, Cancellation = terminal.Cancellation, Progress = Quiet ? null : progress.OfSolver() };
        Expert expert = Expert.Of(mdp, execution);
        Policy? prior = priorSpec.NeedsInterventions ? null : MakePrior(null);
        StateActionTable phi = strategy.Table(expert, prior, SplittableRandom.Stream(Seed, InterventionStream));
        return FineTuning.Of(expert, prior ?? MakePrior(phi), phi, KlWeight, horizon, execution);

        Policy MakePrior(StateActionTable? intervention) => priorSpec.Make(expert, intervention, horizon, SplittableRandom.Stream(Seed, PriorStream));
    }
}
