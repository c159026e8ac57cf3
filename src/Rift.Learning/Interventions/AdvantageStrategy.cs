using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The advantage difference (section 5.1), clipped to a probability: stop what the prior does more often than the expert, the more the larger the ratio.</summary>
/// <remarks>
/// phi = log(pi0/pi*') from 0 to 1, with pi*' = (1 - floor) pi* + floor times uniform. Unclipped it would be the exact residual from the prior to pi*'; clipped it can mislead (CE1). Which of several
/// best actions the expert takes matters: here each with equal probability.
/// </remarks>
public sealed record AdvantageStrategy : InterventionStrategy
{
    /// <summary>The share of the uniform policy in pi*', so that it is positive everywhere.</summary>
    public const double Floor = 0.001;

    /// <inheritdoc/>
    public override bool NeedsPrior => true;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random)
    {
        StateActionTable smoothed = Prior.Mixed(expert.Policy, Floor, expert.Mdp.Kernel).LogProbabilities;
        // An action that neither may take has two infinities here, and is cleared behind.
        return prior!.LogProbabilities.Zip(smoothed, (mine, theirs) => mine == double.NegativeInfinity ? 0 : Math.Clamp(mine - theirs, 0, 1));
    }
}
