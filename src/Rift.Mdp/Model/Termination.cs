using System.Globalization;

namespace Rift.Mdp;

/// <summary>The process in which an e-stop ends the episode instead of truncating it: what section 6.5 warns of, and what counts the episodes with a stop.</summary>
public static class Termination
{
    /// <summary>The process whose every pair ends with probability phi in one added absorbing state, numbered last, with a single action; the reward is 0 there.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="intervention">phi(s,a) from 0 to 1, S x A; not looked at where the action is not available.</param>
    /// <returns>A process of S + 1 states, without a description. O(transitions).</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidModelException">An entry of phi is not a number from 0 to 1.</exception>
    public static MarkovDecisionProcess Of(MarkovDecisionProcess mdp, StateActionTable intervention)
    {
        Require.Shape(Require.NotNull(intervention), Require.NotNull(mdp).States, mdp.Actions, nameof(intervention));
        TransitionKernelBuilder kernel = new(mdp.States + 1, mdp.Actions);
        for (int s = 0; s < mdp.States; s++)
        {
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (!mdp.IsAvailable(s, a)) continue;
                double stopped = intervention[s, a];
                if (!(stopped is >= 0 and <= 1))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the intervention probability {stopped:R}"), "a number from 0 to 1", s, a);
                if (stopped > 0) kernel.Add(s, a, mdp.States, stopped);
                if (stopped == 1) continue;
                foreach (Successor next in mdp.Kernel.Successors(s, a)) kernel.Add(s, a, next.State, (1 - stopped) * next.Probability);
            }
        }

        kernel.Add(mdp.States, 0, mdp.States, 1);
        return new MarkovDecisionProcess(kernel.Build(), Extended(mdp.Reward, 0), [.. mdp.Initial, 0], mdp.Discount);
    }

    /// <summary>The policy with a row for the added state.</summary>
    /// <param name="policy">The policy.</param>
    public static Policy Extended(Policy policy) => Policy.FromLogProbabilities(Extended(Require.NotNull(policy).LogProbabilities, double.NegativeInfinity));

    /// <summary>The table with a row for the added state: 0 at its one action, and a filling at the others.</summary>
    /// <param name="table">The table, S x A.</param>
    /// <param name="elsewhere">The entry at the actions that the added state does not have.</param>
    public static StateActionTable Extended(StateActionTable table, double elsewhere) =>
        StateActionTable.Create(Require.NotNull(table).States + 1, table.Actions, (s, a) => s < table.States ? table[s, a] : a == 0 ? 0 : elsewhere);
}
