namespace Rift.Mdp;

/// <summary>The objectives of the paper, evaluated at any policy: J_ME (1), J_FT (6), J_INT (7) and Psi (9).</summary>
/// <remarks>The first three are plain discounted sums from the initial distribution, without a factor 1 - gamma, and cost one linear solve each. Psi is normalised by 1 - gamma, as visitations are.</remarks>
public static class Objective
{
    /// <summary>J_ME(pi | r) = E sum_t gamma^t (r + alpha H(pi(s_t))) (1).</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="temperature">alpha, at least 0.</param>
    public static CertifiedNumber MaximumEntropy(MarkovDecisionProcess mdp, Policy policy, double temperature) =>
        PolicyValue.Of(new SoftProblem(mdp, temperature), policy).Objective;

    /// <summary>J_FT(pi | r) = E sum_t gamma^t (r - omega KL(pi(s_t) || pi0(s_t))) (6), with omega the KL weight; negative infinity where the divergence is infinite.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="prior">The prior policy pi0.</param>
    /// <param name="reward">r, S x A.</param>
    /// <param name="klWeight">omega of (6), at least 0, in the units of the reward per nat.</param>
    public static CertifiedNumber FineTuning(MarkovDecisionProcess mdp, Policy policy, Policy prior, StateActionTable reward, double klWeight) =>
        PolicyValue.Of(SoftProblem.FineTuning(mdp, prior, reward, klWeight), policy).Objective;

    /// <summary>J_INT(pi) = J_FT(pi | -phi) (7): what interventions cost, with phi(s,a) the probability of one, in [0, 1].</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="prior">The prior policy pi0.</param>
    /// <param name="intervention">phi, S x A, from 0 to 1.</param>
    /// <param name="klWeight">omega of (6), at least 0, in the units of the reward per nat.</param>
    public static CertifiedNumber Intervention(MarkovDecisionProcess mdp, Policy policy, Policy prior, StateActionTable intervention, double klWeight) =>
        FineTuning(mdp, policy, prior, -Require.NotNull(intervention), klWeight);

    /// <summary>Psi(pihat) = sum_s rho*(s) KL(pi*(s) || pihat(s)) (9), in nats; positive infinity where the policy never does what the expert may do.</summary>
    /// <param name="expertVisitation">rho* and mu* of the expert.</param>
    /// <param name="expert">pi*.</param>
    /// <param name="policy">pihat.</param>
    /// <param name="logRadius">What |log pihat| may be off by, in nats: the error is carried into the bound, where it counts less the closer pihat is to the expert.</param>
    /// <remarks>
    /// With p the computed row and p' the exact one, sum_a pi* (log p - log p') = sum_a (pi* - p)(log p - log p') + KL(p || p'): the first is at most the radius e times the 1-norm of
    /// pi* - p, and the second at most e (e^e - 1), up to what the computed row misses of one.
    /// </remarks>
    public static CertifiedNumber Imitation(Visitation expertVisitation, Policy expert, Policy policy, double logRadius = 0)
    {
        CertifiedVector rho = Require.NotNull(expertVisitation).States;
        Require.Shape(Require.NotNull(expert).LogProbabilities, rho.Values.Length, expert.Actions, nameof(expert));
        Require.SameShape(Require.NotNull(policy).LogProbabilities, expert.LogProbabilities, nameof(policy));
        int states = expert.States, actions = expert.Actions;
        double sum = 0, rounding = 0, largest = 0, moved = 0;
        for (int s = 0; s < states; s++)
        {
            if (rho.Values[s] == 0) continue;
            double divergence = expert.Divergence(policy, s), error = 0, distance = 0;
            for (int a = 0; a < actions; a++)
            {
                double logP = expert.LogProbability(s, a);
                distance += Math.Abs(Math.Exp(logP) - policy.Probability(s, a));
                if (Math.Exp(logP) is double p and > 0)
                    error += p * (Math.Abs(logP) + Math.Abs(policy.LogProbability(s, a))) * (actions + 4 + Math.Abs(logP));
            }

            sum += rho.Values[s] * divergence;
            moved += Math.Abs(rho.Values[s]) * ((distance * logRadius) + (logRadius * (Math.Exp(logRadius) - 1)));
            largest = Math.Max(largest, Math.Abs(divergence));
            rounding += Math.Abs(rho.Values[s]) * (error + ((states + 1) * Math.Abs(divergence)));
        }

        if (!double.IsFinite(sum)) return new CertifiedNumber(sum, 0);
        if (logRadius > 0) rounding += (2 * actions) + 8;
        double carried = double.IsFinite(moved) ? Math.Min(moved, logRadius) : logRadius;
        return new CertifiedNumber(sum, Rounding.SecondOrder * ((rho.ErrorBound * (largest + carried)) + (Rounding.Unit * rounding) + carried));
    }
}
