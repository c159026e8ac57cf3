using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor who overlooks things: what another strategy would stop is let pass with probability q.</summary>
/// <remarks>
/// <para>With <see cref="Persistent"/> the misses are blind spots, drawn once for each pair and never noticed: phi' = phi (1 - xi), with xi(s,a) one with probability q. Without, every visit has its own luck: phi' = phi (1 - q).</para>
/// <para>Neither stops the expert more than the clean strategy does, so for a clean rule (11) fact F5 still holds. Misses by visit only make a stop cheaper: RIFT is that of the clean supervisor at the KL weight divided by 1 - q.
/// Blind spots take information away for good.</para>
/// </remarks>
/// <param name="Clean">The strategy without misses.</param>
/// <param name="Misses">q, from 0 to 1.</param>
/// <param name="Persistent">Whether the same pairs are missed for the whole life of the supervisor.</param>
public sealed record MissingStopsStrategy(InterventionStrategy Clean, double Misses, bool Persistent) : InterventionStrategy
{
    /// <summary>q: the probability of a miss.</summary>
    public double Misses { get; } = Misses is >= 0 and <= 1 ? Misses : throw new ArgumentOutOfRangeException(nameof(Misses), Misses, "expected a number from 0 to 1");

    /// <inheritdoc/>
    public override bool NeedsPrior => Clean.NeedsPrior;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random)
    {
        StateActionTable clean = Clean.Table(expert, prior, random.Split());
        return Persistent ? clean.Map(phi => random.NextDouble() < Misses ? 0 : phi) : (1 - Misses) * clean;
    }
}
