using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Where nothing is decided any more.</summary>
internal static class Ends
{
    /// <summary>Whether a state is terminal, or one that tables like Gymnasium's list though the episode ended on entering it: nothing to gain, and only ends beyond.</summary>
    internal static bool IsOver(MarkovDecisionProcess mdp, int state)
    {
        if (mdp.IsTerminal(state)) return true;
        for (int a = 0; a < mdp.Actions; a++)
            if (mdp.IsAvailable(state, a) && (mdp.Reward[state, a] != 0 || !mdp.Kernel.Successors(state, a).All(next => mdp.IsTerminal(next.State)))) return false;
        return true;
    }
}
