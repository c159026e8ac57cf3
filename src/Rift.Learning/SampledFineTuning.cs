using Rift.Mdp;

namespace Rift.Learning;

/// <summary>What RIFT and RLIF learn of a supervisor from episodes alone, evaluated exactly and by episodes.</summary>
/// <remarks>The learner sees states, actions and stops, never phi; the exact numbers of its policies are for the reader, not for the learner. Immutable.</remarks>
public sealed class SampledFineTuning
{
    private SampledFineTuning(SampledPolicy rift, SampledPolicy rlif)
    {
        Rift = rift;
        Rlif = rlif;
    }

    /// <summary>RIFT from episodes, at the KL weight of the algorithm.</summary>
    public SampledPolicy Rift { get; }

    /// <summary>RLIF with uniform ties from as many episodes, by the same inner solve: the algorithm at KL weight 0.</summary>
    public SampledPolicy Rlif { get; }

    /// <summary>Tunes a prior, by RIFT and by RLIF, and evaluates both.</summary>
    /// <param name="algorithm">Rounds, inner solve and stopping rule; its KL weight must be positive.</param>
    /// <param name="expert">The expert, and the process with the reward of the task.</param>
    /// <param name="prior">pi0.</param>
    /// <param name="supervisor">Who presses the emergency stop.</param>
    /// <param name="intervention">phi by which policies are evaluated exactly, S x A: the supervisor's own, or what it comes to as a table where it reacts late.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="evaluationEpisodes">Episodes of the evaluation of each final policy, at least 0.</param>
    /// <param name="random">The stream of the training and the evaluation.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>Both learners, evaluated.</returns>
    /// <exception cref="ArgumentException">The parts do not fit one another, or the KL weight is 0.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static SampledFineTuning Of(
        ResidualInterventionFineTuning algorithm, Expert expert, Policy prior, Supervisor supervisor, StateActionTable intervention, int horizon, int evaluationEpisodes, SplittableRandom random, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(random);
        if (algorithm.KlWeight == 0) throw new ArgumentException("found a KL weight of 0, expected a positive one, for at 0 RIFT from episodes is RLIF", nameof(algorithm));
        Simulator world = new(expert.Mdp);
        return new SampledFineTuning(Trained(algorithm), Trained(algorithm with { KlWeight = 0 }));

        SampledPolicy Trained(ResidualInterventionFineTuning trained)
        {
            TrainingRun run = trained.Run(expert, world, prior, supervisor, horizon, random.Split(), execution);
            return new SampledPolicy
            {
                Run = run,
                Curve = [.. run.Rounds.Select(round => Evaluated(round.Policy))],
                Final = Evaluated(run.Policy),
                Estimates = SampledEvaluation.Of(world, run.Policy, supervisor, TimeLimit.FixedHorizon, horizon, evaluationEpisodes, random.Split(), execution: execution),
            };
        }

        EvaluatedPolicy Evaluated(Policy policy)
        {
            execution?.Cancellation.ThrowIfCancellationRequested();
            return EvaluatedPolicy.Of(expert, policy, intervention, horizon);
        }
    }
}

/// <summary>A policy learned from episodes: how it came about, what it is, and what episodes say of it.</summary>
public sealed record SampledPolicy
{
    /// <summary>The rounds.</summary>
    public required TrainingRun Run { get; init; }

    /// <summary>The exact evaluation of the policy after each round.</summary>
    public required IReadOnlyList<EvaluatedPolicy> Curve { get; init; }

    /// <summary>The exact evaluation of the last policy.</summary>
    public required EvaluatedPolicy Final { get; init; }

    /// <summary>The evaluation of the last policy from episodes of at most H steps.</summary>
    public required SampledEvaluation Estimates { get; init; }
}
