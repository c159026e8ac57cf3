namespace Rift.Models;

/// <summary>How a model file is read.</summary>
public sealed record ReadOptions
{
    /// <summary>Whether rows of probabilities, and the initial distribution, are divided by their sums; the report says by how much they were off. Default false: a row that does not sum to one within 1e-12 is refused.</summary>
    public bool Renormalise { get; init; }
}
