namespace Rift.Experiments;

/// <summary>The policies that are compared beside the tuned ones, by the names that specifications and results have.</summary>
public static class FixedPolicy
{
    /// <summary>The expert.</summary>
    public const string Expert = "expert";

    /// <summary>The uniform policy.</summary>
    public const string Uniform = "uniform";

    /// <summary>The prior.</summary>
    public const string Prior = "prior";

    /// <summary>RLIF with uniform ties.</summary>
    public const string RlifUniform = "rlif-uniform";

    /// <summary>RLIF in the limit of maximum entropy.</summary>
    public const string RlifMaximumEntropy = "rlif-maxent";

    /// <summary>The least success of all optima of RLIF; it has no other metric.</summary>
    public const string RlifLeast = "rlif-least";

    /// <summary>The largest success of all optima of RLIF; it has no other metric.</summary>
    public const string RlifMost = "rlif-most";

    /// <summary>The limit of RIFT as the KL weight falls to 0.</summary>
    public const string Lexicographic = "lexicographic";

    /// <summary>Those that need no prior.</summary>
    public static IReadOnlyList<string> References { get; } = [Expert, Uniform, RlifUniform, RlifMaximumEntropy, RlifLeast, RlifMost];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. References, Prior, Lexicographic];
}
