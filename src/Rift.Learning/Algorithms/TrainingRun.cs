using Rift.Mdp;

namespace Rift.Learning;

/// <summary>What a training came to.</summary>
/// <remarks>Immutable.</remarks>
public sealed class TrainingRun
{
    internal TrainingRun(Policy policy, IReadOnlyList<TrainingRound> rounds, bool metStoppingRule)
    {
        Policy = policy;
        Rounds = rounds;
        MetStoppingRule = metStoppingRule;
    }

    /// <summary>The policy of the last round; the prior where there was none.</summary>
    public Policy Policy { get; }

    /// <summary>The rounds in order.</summary>
    public IReadOnlyList<TrainingRound> Rounds { get; }

    /// <summary>Whether the last policy meets the stopping rule; otherwise the rounds were used up.</summary>
    public bool MetStoppingRule { get; }
}

/// <summary>One round of a training.</summary>
public sealed record TrainingRound
{
    /// <summary>The policy that the round made.</summary>
    public required Policy Policy { get; init; }

    /// <summary>Episodes that the round collected; 0 where it was solved exactly.</summary>
    public int Episodes { get; init; }

    /// <summary>Decisions in them.</summary>
    public long Steps { get; init; }

    /// <summary>Episodes in which the emergency stop was pressed.</summary>
    public int StoppedEpisodes { get; init; }

    /// <summary>The share of the pairs that the data of an offline round have seen; null for others.</summary>
    public double? Coverage { get; init; }
}
