using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor who means harm: in the most valuable states it stops what the expert would do.</summary>
/// <remarks>phi = 1 for every best action of the states in the upper share of V*, and 0 elsewhere. It stops the expert more than those who do worse, so in the experiments its inner product with mu0 - mu* is negative, and fine-tuning unlearns the task.</remarks>
/// <param name="Share">The share of the states that are no ends, from 0 to 1: the number of states is rounded up, and states as valuable as the last of them count too.</param>
public sealed record AdversarialStrategy(double Share = AdversarialStrategy.DefaultShare) : InterventionStrategy
{
    /// <summary>A fifth of the states.</summary>
    public const double DefaultShare = 0.2;

    /// <summary>The share of the states that are no ends.</summary>
    public double Share { get; } = Share is >= 0 and <= 1 ? Share : throw new ArgumentOutOfRangeException(nameof(Share), Share, "expected a number from 0 to 1");

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = expert.Mdp;
        double[] values = expert.Solution.Values.ToArray(), ranked = [.. Enumerable.Range(0, mdp.States).Where(s => !mdp.IsTerminal(s)).Select(s => values[s]).OrderDescending()];
        int count = (int)Math.Ceiling(Share * ranked.Length);
        double least = count == 0 ? double.PositiveInfinity : ranked[count - 1];
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => values[s] >= least && expert.Policy.LogProbability(s, a) > double.NegativeInfinity ? 1 : 0);
    }
}
