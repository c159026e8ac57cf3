using Rift.Mdp;

namespace Rift.Models;

/// <summary>A bandit: one state, and each arm a reward.</summary>
/// <remarks>One state that every action leads back to, so that at discount gamma the optimum is the largest reward divided by 1 - gamma.</remarks>
public static class Bandit
{
    /// <summary>A bandit with the given expected rewards.</summary>
    /// <param name="rewards">The expected reward of each arm, at least one; finite.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <exception cref="ArgumentException">There is no arm, or the discount is out of range.</exception>
    public static MarkovDecisionProcess Create(IReadOnlyList<double> rewards, double discount = 0.9)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        if (rewards.Count == 0) throw new ArgumentException("found no arm, expected at least one", nameof(rewards));
        OutcomeTable table = new(1, rewards.Count);
        for (int a = 0; a < rewards.Count; a++) table.Add(0, a, 1, 0, rewards[a]);
        return table.Build([1], discount);
    }

    /// <summary>A bandit whose expected rewards are standard normal: the ten-armed test bed of Sutton and Barto (2018, section 2.3) where there are ten.</summary>
    /// <param name="arms">Number of arms, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    public static MarkovDecisionProcess Random(int arms, long seed, double discount = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(arms, 1);
        SplittableRandom random = new(seed);
        double[] rewards = new double[arms];
        for (int a = 0; a < arms; a++) rewards[a] = random.NextNormal();
        return Create(rewards, discount);
    }
}
