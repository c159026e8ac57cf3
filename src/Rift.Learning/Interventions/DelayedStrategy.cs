using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor with a reaction delay: the stop comes d steps after the pair that offended, if the episode lasts that long.</summary>
/// <remarks>
/// <para>What is stopped is then not what was wrong. As a table, which depends on the policy, this is <see cref="Supervisor.SeenUnder"/> for the prior: the share of the visits to a pair that are stopped. Given the state, the
/// action of today says nothing of d steps ago: for d of at least 1 the table is the same for all actions of a state, and the supervisor has become one who judges states (section 5.3), with what is known of that.</para>
/// <para>Rollouts keep the delay itself: <see cref="Supervise"/>.</para>
/// </remarks>
/// <param name="Clean">The strategy that decides what offends.</param>
/// <param name="Delay">d, from 0 to <see cref="Supervisor.LongestDelay"/> steps.</param>
public sealed record DelayedStrategy(InterventionStrategy Clean, int Delay) : InterventionStrategy
{
    /// <inheritdoc/>
    public override bool NeedsPrior => true;

    /// <inheritdoc/>
    public override Supervisor Supervise(Expert expert, Policy? prior, SplittableRandom random) => new(Clean.Table(expert, prior, random), Delay);

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) => Supervise(expert, prior, random).SeenUnder(expert.Mdp, prior!);
}
