using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor who knows nothing: each pair is stopped always with probability p, and otherwise never.</summary>
/// <remarks>It is not harmless: the pairs stay the same, and a small KL weight follows them (section 5.3 calls it no improvement on average).</remarks>
/// <param name="Share">p, from 0 to 1.</param>
public sealed record RandomStrategy(double Share) : InterventionStrategy
{
    /// <inheritdoc/>
    public override bool IsRandom => true;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) =>
        StateActionTable.Create(expert.Mdp.States, expert.Mdp.Actions, (_, _) => random.NextDouble() < Share ? 1 : 0);
}

/// <summary>No supervisor: phi = 0. Fine-tuning then leaves the prior as it is (fact F8).</summary>
public sealed record NoInterventions : InterventionStrategy
{
    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) => StateActionTable.Constant(expert.Mdp.States, expert.Mdp.Actions, 0);
}
