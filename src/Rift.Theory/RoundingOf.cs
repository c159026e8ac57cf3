using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Rounding bounds that several statements share.</summary>
internal static class RoundingOf
{
    /// <summary>Of r + gamma E x or r - gamma E x, with |x| and |r| at most the sizes given, row sums included.</summary>
    internal static double Expectation(MarkovDecisionProcess mdp, double valueSize, double rewardSize) =>
        Rounding.SecondOrder * ((Rounding.Unit * (((mdp.Kernel.LargestRow + 2) * mdp.Discount * valueSize) + (2 * rewardSize))) + (mdp.Discount * mdp.Kernel.RowSumError * valueSize));

    /// <summary>Of a reward alpha (log pi - log pi') + V - gamma E V: three operations on each term, then the expectation.</summary>
    internal static double ShapedReward(MarkovDecisionProcess mdp, double scaledLog, double potential) =>
        Expectation(mdp, potential, potential + scaledLog) + (Rounding.SecondOrder * Rounding.Unit * ((3 * scaledLog) + potential));

    /// <summary>The largest |log pi(a|s)| over available pairs.</summary>
    internal static double LargestLog(MarkovDecisionProcess mdp, Policy policy)
    {
        double largest = 0;
        for (int s = 0; s < mdp.States; s++)
            for (int a = 0; a < mdp.Actions; a++)
                if (mdp.IsAvailable(s, a)) largest = Math.Max(largest, Math.Abs(policy.LogProbability(s, a)));
        return largest;
    }

    internal static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);

    /// <summary>The entries of a table at available pairs, in index order.</summary>
    internal static double[] Available(MarkovDecisionProcess mdp, StateActionTable table) =>
        [.. Enumerable.Range(0, mdp.States * mdp.Actions).Where(i => mdp.IsAvailable(i / mdp.Actions, i % mdp.Actions)).Select(i => table[i])];
}
