using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The imitation objective Psi (9), its gradient (10) and its Hessian.</summary>
/// <remarks>
/// Psi(pihat) = sum_s rho*(s) KL(pi*(s) || pihat(s)), with rho* normalised by 1 - gamma. The comparison policy pi* may be any policy, optimal for something or not;
/// it is held fixed. pihat is the soft optimum of a reward rhat, and the derivatives are with respect to rhat.
/// </remarks>
public sealed class Imitation
{
    /// <summary>Prepares the comparison with a policy: one transposed solve for rho* and mu*.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="expert">The expert's policy pi*.</param>
    public Imitation(MarkovDecisionProcess mdp, Policy expert)
    {
        Mdp = mdp;
        Expert = expert;
        ExpertVisitation = Visitation.Of(mdp, expert);
    }

    /// <summary>The process; its reward does not matter.</summary>
    public MarkovDecisionProcess Mdp { get; }

    /// <summary>The comparison policy pi*.</summary>
    public Policy Expert { get; }

    /// <summary>Where the comparison policy goes: rho* and mu*.</summary>
    public Visitation ExpertVisitation { get; }

    /// <summary>Psi of a policy (9), in nats; positive infinity where the policy never does what the expert may do.</summary>
    /// <param name="policy">pihat.</param>
    /// <param name="logRadius">What |log pihat| may be off by, in nats: the error is carried into the bound, where it counts less the closer pihat is to the expert.</param>
    public CertifiedNumber Psi(Policy policy, double logRadius = 0) => Objective.Imitation(ExpertVisitation, Expert, policy, logRadius);

    /// <summary>The gradient of Psi with respect to the implicit reward (10): (mu^pihat - mu*) / alpha, S x A. Theorem 5.1 says that this is it.</summary>
    /// <param name="candidate">The visitation of pihat.</param>
    /// <param name="temperature">alpha, positive.</param>
    public StateActionTable Gradient(Visitation candidate, double temperature)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return (candidate.Pairs - ExpertVisitation.Pairs) / temperature;
    }

    /// <summary>The gradient of Psi with respect to Qhat (Lemma A.2): rho*(s) (pihat(a|s) - pi*(a|s)) / alpha, S x A.</summary>
    /// <param name="candidate">The policy pihat.</param>
    /// <param name="temperature">alpha, positive.</param>
    public StateActionTable GradientInQ(Policy candidate, double temperature)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return StateActionTable.Create(Mdp.States, Mdp.Actions, (s, a) =>
            ExpertVisitation.States.Values[s] * (candidate.Probability(s, a) - Expert.Probability(s, a)) / temperature);
    }

    /// <summary>
    /// The Hessian of Psi with respect to the implicit reward, SA x SA: (1/alpha^2) sum_s,a mu^pihat(s,a) A_i(s,a) A_j(s,a), with A_i the advantage of pihat for the
    /// reward that pays 1 at pair i alone. It is the Fisher information of pihat, does not depend on the expert, and costs two solves a pair.
    /// </summary>
    /// <param name="mdp">The process.</param>
    /// <param name="candidate">pihat.</param>
    /// <param name="temperature">alpha, positive.</param>
    public static double[,] Hessian(MarkovDecisionProcess mdp, Policy candidate, double temperature) => new PsiHessian(mdp, candidate, temperature).ToMatrix();

    /// <summary>The Hessian times a direction, S x A, by two linear solves; <see cref="PsiHessian"/> keeps the factorisation for more directions.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="candidate">pihat.</param>
    /// <param name="temperature">alpha, positive.</param>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public static StateActionTable HessianProduct(MarkovDecisionProcess mdp, Policy candidate, double temperature, StateActionTable direction) =>
        new PsiHessian(mdp, candidate, temperature).Apply(direction);
}
