namespace Rift.Experiments;

/// <summary>What became of a claim of the paper.</summary>
public enum Finding
{
    /// <summary>The numbers show it.</summary>
    Shown,

    /// <summary>They show it where a stated condition is met, and not without it.</summary>
    ShownUnderCondition,

    /// <summary>They do not show it.</summary>
    NotShown,
}

/// <summary>A claim of the paper and the measurements that decide it.</summary>
/// <param name="Statement">The claim, in our words.</param>
/// <param name="Evidence">The claim is shown where all of these hold.</param>
public sealed record Claim(string Statement, params IReadOnlyList<Measurement> Evidence)
{
    /// <summary>The condition under which it may be shown instead; null where there is none.</summary>
    public string? Condition { get; init; }

    /// <summary>What has to hold under the condition.</summary>
    public IReadOnlyList<Measurement> ConditionalEvidence { get; init; } = [];

    /// <summary>What became of it.</summary>
    public Finding Finding => Evidence.All(measurement => measurement.Holds) ? Finding.Shown
        : Condition is not null && ConditionalEvidence.All(measurement => measurement.Holds) ? Finding.ShownUnderCondition
        : Finding.NotShown;

    /// <summary>The same in words.</summary>
    public string Verdict => Finding switch
    {
        Finding.Shown => "shown",
        Finding.ShownUnderCondition => $"shown {Condition}",
        _ => "not shown",
    };

    /// <summary>The number that decides: the first that breaks its limit where the claim is not shown, and otherwise the first that keeps it under the condition.</summary>
    public Measurement Deciding => Finding switch
    {
        Finding.Shown => Evidence[0],
        Finding.ShownUnderCondition => ConditionalEvidence[0],
        _ => Evidence.First(measurement => !measurement.Holds),
    };
}
