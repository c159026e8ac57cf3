using Rift.Mdp;

namespace Rift.Theory;

/// <summary>How often a policy is stopped, in two senses that need not move together.</summary>
public static class Interventions
{
    /// <summary>Whether minus a residual reward is a table of intervention probabilities: every entry from -1 to 0.</summary>
    public static bool AreProbabilities(StateActionTable residualReward)
    {
        ArgumentNullException.ThrowIfNull(residualReward);
        return residualReward.Entries.ToArray().All(x => x is >= -1 and <= 0);
    }

    /// <summary>
    /// The probability of at least one e-stop within so many steps, from the initial distribution: u_0 = 0,
    /// u_t(s) = sum_a pi(a|s) (phi(s,a) + (1 - phi(s,a)) (E u_t-1)(s,a)). What the paper plots (section 6.1). O(transitions) a step.
    /// </summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="phi">phi(s,a) from 0 to 1, S x A.</param>
    /// <param name="steps">Number of actions taken, at least 1.</param>
    /// <param name="logRadius">What |log pi| may be off by, in nats: the error is carried into the bound.</param>
    public static CertifiedNumber StopProbability(MarkovDecisionProcess mdp, Policy policy, StateActionTable phi, int steps, double logRadius = 0)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(phi);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        double[] stopped = new double[mdp.States];
        StateActionTable probabilities = policy.Probabilities;
        for (int t = 0; t < steps; t++)
        {
            StateActionTable later = mdp.Kernel.Expect(stopped);
            for (int s = 0; s < stopped.Length; s++)
            {
                double sum = 0;
                for (int a = 0; a < mdp.Actions; a++) sum += probabilities[s, a] * (phi[s, a] + ((1 - phi[s, a]) * later[s, a]));
                stopped[s] = sum;
            }
        }

        double probability = 0;
        for (int s = 0; s < stopped.Length; s++) probability += mdp.Initial[s] * stopped[s];
        // A step of the recursion does not enlarge errors, up to what the rows miss of one; each adds its rounding and the error of the policy's row.
        double perStep = (Rounding.Unit * (mdp.Kernel.LargestRow + mdp.Actions + 6 + RoundingOf.LargestLog(mdp, policy))) + (2 * mdp.Kernel.RowSumError) + (Math.Exp(logRadius) - 1);
        return new CertifiedNumber(probability, Rounding.SecondOrder * ((steps * perStep) + (Rounding.Unit * (mdp.States + 1))));
    }
}
