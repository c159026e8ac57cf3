using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>What a picture shows of a process: a colour for each state or for each pair, a policy, and what is pointed at.</summary>
public sealed record Scene
{
    /// <summary>The process.</summary>
    public required MarkovDecisionProcess Mdp { get; init; }

    /// <summary>What the picture is called.</summary>
    public required string Title { get; init; }

    /// <summary>What the colours tell, in symbols.</summary>
    public required string Legend { get; init; }

    /// <summary>Numbers of the states, S of them; null where the pairs are coloured.</summary>
    public IReadOnlyList<double>? States { get; init; }

    /// <summary>Numbers of the pairs, S x A; null where the states are coloured.</summary>
    public StateActionTable? Pairs { get; init; }

    /// <summary>How numbers become colours.</summary>
    public required ColourScale Scale { get; init; }

    /// <summary>The policy that is drawn.</summary>
    public required Policy Policy { get; init; }

    /// <summary>The place that is pointed at, a cell of the map or a state of the graph; null for none.</summary>
    public int? Selected { get; init; }

    /// <summary>Whether the picture is one of several: no scale, no numbers in it.</summary>
    public bool IsSmall { get; init; }
}
