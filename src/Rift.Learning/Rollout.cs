using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Episodes drawn from a process.</summary>
public static class Rollout
{
    /// <summary>The decisions of one episode, from the initial distribution to a terminal state or the horizon: state and action of each step.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="horizon">The most steps, at least 1.</param>
    /// <param name="random">The stream; read as the episode is enumerated.</param>
    public static IEnumerable<(int State, int Action)> Decisions(MarkovDecisionProcess mdp, Policy policy, int horizon, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(random);
        policy.RequireFits(mdp.Kernel);
        return Steps();

        IEnumerable<(int State, int Action)> Steps()
        {
            int state = random.NextIndex(mdp.Initial);
            for (int t = 0; t < horizon && !mdp.IsTerminal(state); t++)
            {
                int action = policy.Sample(state, random);
                yield return (state, action);
                state = Next(mdp, state, action, random);
            }
        }
    }

    private static int Next(MarkovDecisionProcess mdp, int state, int action, SplittableRandom random)
    {
        Successor[] successors = [.. mdp.Kernel.Successors(state, action)];
        return successors[random.NextIndex(Array.ConvertAll(successors, next => next.Probability))].State;
    }
}
