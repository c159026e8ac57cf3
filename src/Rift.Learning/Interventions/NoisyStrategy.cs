using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor with false alarms: what another strategy would not stop is stopped with probability q, on half of the pairs.</summary>
/// <remarks>phi' = phi + (1 - phi) q xi, with xi(s,a) a fair coin that is thrown once for each pair: the same pairs alarm for the whole life of the supervisor. The expert is stopped too, so fact F6 decides which KL weight is best.</remarks>
/// <param name="Clean">The strategy without false alarms.</param>
/// <param name="FalseAlarms">q, from 0 to 1.</param>
public sealed record NoisyStrategy(InterventionStrategy Clean, double FalseAlarms) : InterventionStrategy
{
    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    public override bool NeedsPrior => Clean.NeedsPrior;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) =>
        Clean.Table(expert, prior, random.Split()).Map(phi => random.NextInt(2) == 0 ? phi : phi + ((1 - phi) * FalseAlarms));
}
