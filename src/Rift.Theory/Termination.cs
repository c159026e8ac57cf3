using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The process in which an e-stop ends the episode instead of truncating it: what section 6.5 warns of.</summary>
internal static class Termination
{
    /// <summary>Every pair ends with probability phi in one added absorbing state, numbered last, with a single action; the reward is 0 there.</summary>
    internal static MarkovDecisionProcess Of(MarkovDecisionProcess mdp, StateActionTable intervention)
    {
        TransitionKernelBuilder kernel = new(mdp.States + 1, mdp.Actions);
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (!mdp.IsAvailable(s, a)) continue;
                double stopped = intervention[s, a];
                if (stopped > 0) kernel.Add(s, a, mdp.States, stopped);
                if (stopped == 1) continue;
                foreach (Successor next in mdp.Kernel.Successors(s, a)) kernel.Add(s, a, next.State, (1 - stopped) * next.Probability);
            }
        }

        kernel.Add(mdp.States, 0, mdp.States, 1);
        return new MarkovDecisionProcess(kernel.Build(), Extended(mdp.Reward, 0), [.. mdp.Initial, 0], mdp.Discount);
    }

    /// <summary>The policy with a row for the added state.</summary>
    internal static Policy Extended(Policy policy) => Policy.FromLogProbabilities(Extended(policy.LogProbabilities, double.NegativeInfinity));

    /// <summary>The table with a row for the added state: 0 at its one action, and a filling at the others.</summary>
    internal static StateActionTable Extended(StateActionTable table, double elsewhere) =>
        StateActionTable.Create(table.States + 1, table.Actions, (s, a) => s < table.States ? table[s, a] : a == 0 ? 0 : elsewhere);
}
