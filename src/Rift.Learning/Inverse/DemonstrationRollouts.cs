using System.Globalization;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Demonstrations that are drawn from a policy.</summary>
public static class DemonstrationRollouts
{
    /// <summary>Plays a policy and writes down its decisions; they end at a terminal state or the horizon.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The demonstrator.</param>
    /// <param name="episodes">Number of demonstrations, at least 1.</param>
    /// <param name="horizon">The most decisions of each, at least 1.</param>
    /// <param name="seed">The seed: demonstration i has a stream of its own.</param>
    /// <exception cref="ArgumentException">No decision was taken: every start is terminal.</exception>
    public static Demonstrations Draw(MarkovDecisionProcess mdp, Policy policy, int episodes, int horizon, long seed)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        return Demonstrations.FromTrajectories(mdp.States, mdp.Actions, [.. Enumerable.Range(0, episodes).Select(i =>
            new Demonstration(i.ToString(CultureInfo.InvariantCulture), [.. Rollout.Decisions(mdp, policy, horizon, SplittableRandom.Stream(seed, i)).Select(d => new Decision(d.State, d.Action))]))]);
    }
}
