using System.Runtime.CompilerServices;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Where nothing is decided any more.</summary>
internal static class Ends
{
    // By the reward, which processes that differ in their discount share.
    private static readonly ConditionalWeakTable<StateActionTable, Tuple<TransitionKernel, bool[]>> _known = [];

    /// <summary>Whether a state is terminal, or one that tables like Gymnasium's list though the episode ended on entering it: nothing to gain, and only ends beyond.</summary>
    internal static bool IsOver(MarkovDecisionProcess mdp, int state) => Of(mdp)[state];

    /// <summary>The same for all states: asked in every picture, and looked for once.</summary>
    internal static bool[] Of(MarkovDecisionProcess mdp)
    {
        if (_known.TryGetValue(mdp.Reward, out Tuple<TransitionKernel, bool[]>? known) && ReferenceEquals(known.Item1, mdp.Kernel)) return known.Item2;
        bool[] over = [.. Enumerable.Range(0, mdp.States).Select(state => LookedFor(mdp, state))];
        _known.AddOrUpdate(mdp.Reward, Tuple.Create(mdp.Kernel, over));
        return over;
    }

    private static bool LookedFor(MarkovDecisionProcess mdp, int state)
    {
        if (mdp.IsTerminal(state)) return true;
        for (int a = 0; a < mdp.Actions; a++)
            if (mdp.IsAvailable(state, a) && (mdp.Reward[state, a] != 0 || !mdp.Kernel.Successors(state, a).All(next => mdp.IsTerminal(next.State)))) return false;
        return true;
    }
}
