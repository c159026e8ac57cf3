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
    /// <returns>The decisions, episode by episode.</returns>
    /// <exception cref="ArgumentException">No decision was taken: every start is terminal.</exception>
    public static Demonstrations Draw(MarkovDecisionProcess mdp, Policy policy, int episodes, int horizon, long seed)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        IReadOnlyList<Episode> played = new Simulator(mdp).Collect(policy, new EpisodeRules { MostSteps = horizon }, episodes, new SplittableRandom(seed));
        return Demonstrations.FromTrajectories(mdp.States, mdp.Actions, [.. played.Select((episode, i) =>
            new Demonstration(i.ToString(CultureInfo.InvariantCulture), [.. episode.Transitions.Select(step => new Decision(step.State, step.Action))]))]);
    }
}
