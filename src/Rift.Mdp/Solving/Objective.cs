namespace Rift.Mdp;

/// <summary>The objectives of the paper, evaluated at any policy: J_ME (1), J_FT (6) and J_INT (7).</summary>
/// <remarks>Plain discounted sums from the initial distribution: no factor 1 - gamma. Each is one linear solve.</remarks>
public static class Objective
{
    /// <summary>J_ME(pi | r) = E sum_t gamma^t (r + alpha H(pi(s_t))) (1).</summary>
    public static CertifiedNumber MaximumEntropy(MarkovDecisionProcess mdp, Policy policy, double temperature) =>
        PolicyValue.Of(new SoftProblem(mdp, temperature), policy).Objective;

    /// <summary>J_FT(pi | r) = E sum_t gamma^t (r - omega KL(pi(s_t) || pi0(s_t))) (6), with omega the KL weight; negative infinity where the divergence is infinite.</summary>
    public static CertifiedNumber FineTuning(MarkovDecisionProcess mdp, Policy policy, Policy prior, StateActionTable reward, double klWeight) =>
        PolicyValue.Of(SoftProblem.FineTuning(mdp, prior, reward, klWeight), policy).Objective;

    /// <summary>J_INT(pi) = J_FT(pi | -phi) (7): what interventions cost, with phi(s,a) the probability of one, in [0, 1].</summary>
    public static CertifiedNumber Intervention(MarkovDecisionProcess mdp, Policy policy, Policy prior, StateActionTable intervention, double klWeight) =>
        FineTuning(mdp, policy, prior, -Require.NotNull(intervention), klWeight);
}
