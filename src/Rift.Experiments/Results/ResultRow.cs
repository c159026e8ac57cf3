using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>One policy of one cell, measured.</summary>
public sealed record ResultRow
{
    /// <summary>The world's name.</summary>
    public required string World { get; init; }

    /// <summary>The prior's name in the specification; empty where there is none.</summary>
    public required string Prior { get; init; }

    /// <summary>The supervisor's name in the specification.</summary>
    public required string Intervention { get; init; }

    /// <summary>The number of the draw, from 0; null where nothing is random.</summary>
    public required int? Seed { get; init; }

    /// <summary>A name of <see cref="FixedPolicy"/>, or that of the tuning.</summary>
    public required string Policy { get; init; }

    /// <summary>omega, or null where it has no meaning.</summary>
    public double? KlWeight { get; init; }

    /// <summary>The prior's scale, where it is not 1.</summary>
    public double? PriorScale { get; init; }

    /// <summary>C, where it is not 0.</summary>
    public double? Offset { get; init; }

    /// <summary>The number of rounds, where there are several.</summary>
    public int? Round { get; init; }

    /// <summary>Episodes in each round, where policies are learned from episodes.</summary>
    public int? Episodes { get; init; }

    /// <summary>A number for each metric of the specification, in its order; null where it has no meaning.</summary>
    public required IReadOnlyList<CertifiedNumber?> Metrics { get; init; }
}
