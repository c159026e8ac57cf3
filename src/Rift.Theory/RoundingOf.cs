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

    /// <summary>
    /// How far an occupancy moves in the 1-norm when every |log pi| moves by at most e: a row of the policy moves by at most e^e - 1, and so does each step on the way.
    /// </summary>
    internal static double OccupancyDrift(MarkovDecisionProcess mdp, double logRadius) => (Math.Exp(logRadius) - 1) / (1 - mdp.Discount);

    /// <summary>sum_s d(s) V(s) at the exact V: the half-width, and the rounding of the sum.</summary>
    internal static CertifiedNumber Objective(SoftSolution solution)
    {
        double size = Largest(solution.Values.ToArray());
        return new CertifiedNumber(solution.Objective, Rounding.SecondOrder * (solution.Certificate.HalfWidth + (Rounding.Unit * (solution.Problem.Mdp.States + 2) * size)));
    }

    /// <summary>pi(a|s) at the exact optimum.</summary>
    internal static CertifiedNumber Probability(SoftSolution solution, int state, int action)
    {
        double log = solution.Policy.LogProbability(state, action), p = Math.Exp(log);
        return new CertifiedNumber(p, Rounding.SecondOrder * p * (Math.Exp(solution.Certificate.LogPolicyRadius) - 1 + (Rounding.Unit * (Math.Abs(log) + 3))));
    }

    internal static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);

    /// <summary>The entries of a table at available pairs, in index order.</summary>
    internal static double[] Available(MarkovDecisionProcess mdp, StateActionTable table) =>
        [.. Enumerable.Range(0, mdp.States * mdp.Actions).Where(i => mdp.IsAvailable(i / mdp.Actions, i % mdp.Actions)).Select(i => table[i])];

    /// <summary>How far the probabilities of any row are from summing to one, and the rounding of finding out.</summary>
    internal static double RowSumError(Policy policy)
    {
        double worst = 0;
        for (int s = 0; s < policy.States; s++)
        {
            double sum = 0, rounding = 0;
            for (int a = 0; a < policy.Actions; a++)
            {
                if (policy.Probability(s, a) is not (double p and > 0)) continue;
                sum += p;
                rounding += p * (Math.Abs(policy.LogProbability(s, a)) + 2 + policy.Actions);
            }

            worst = Math.Max(worst, Math.Abs(sum - 1) + (Rounding.SecondOrder * Rounding.Unit * rounding));
        }

        return worst;
    }
}
