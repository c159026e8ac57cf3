using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The rule (11): stop what the expert values more than B below what it would do itself. It needs an expert who knows Q*.</summary>
/// <remarks>
/// With an expert who takes best actions only, its own rate of interventions is 0, so Psi of RIFT never rises as the KL weight falls (fact F5); success may fall all the same (CE2).
/// Gaps of at most <see cref="Negligible"/> are rounding and count as 0.
/// </remarks>
/// <param name="Threshold">B, in the units of the reward, at least 0.</param>
public sealed record QGapStrategy(double Threshold) : InterventionStrategy
{
    /// <summary>Gaps below this count as 0.</summary>
    public const double Negligible = 1e-10;

    /// <summary>How the expert's value is read where the expert is stochastic; the two agree for an expert who takes best actions only.</summary>
    public ExpertReading Reading { get; init; }

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) =>
        QGapRule.Interventions(QGapRule.Gap(expert.Solution, Reading).Map(gap => Math.Abs(gap) < Negligible ? 0 : gap), Threshold);
}
