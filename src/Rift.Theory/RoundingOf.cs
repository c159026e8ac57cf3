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

    /// <summary>
    /// J of a policy of which only a neighbour was evaluated: |log pi' - log pi| is at most e in every pair. By the performance difference lemma
    /// J(pi') - J(pi) = 1/(1 - gamma) sum_s rho'(s) (sum_a (pi' - pi)(a|s) G(s,a) - alpha KL(pi' || pi)) with G = Q - alpha (log pi - l) - V, and |pi' - pi| is at most (e^e - 1) pi.
    /// </summary>
    internal static CertifiedNumber ObjectiveNear(PolicyValue value, double logRadius)
    {
        SoftProblem problem = value.Problem;
        double change = 0;
        for (int s = 0; s < problem.Mdp.States; s++)
        {
            double mean = 0;
            for (int a = 0; a < problem.Mdp.Actions; a++)
                if (value.Policy.Probability(s, a) is double p and > 0)
                    mean += p * (Math.Abs(value.Advantage[s, a]) + (problem.Temperature == 0 ? 0 : problem.Temperature * Math.Abs(value.Policy.LogProbability(s, a) - problem.Base(s, a))));
            change = Math.Max(change, (Math.Exp(logRadius) - 1) * mean);
        }

        CertifiedNumber near = value.Objective;
        return near with { ErrorBound = Rounding.SecondOrder * (near.ErrorBound + ((change + (problem.Temperature * logRadius)) / (1 - problem.Mdp.Discount))) };
    }

    internal static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);

    /// <summary>The entries of a table at available pairs, in index order.</summary>
    internal static double[] Available(MarkovDecisionProcess mdp, StateActionTable table) =>
        [.. Enumerable.Range(0, mdp.States * mdp.Actions).Where(i => mdp.IsAvailable(i / mdp.Actions, i % mdp.Actions)).Select(i => table[i])];
}
