using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The least and the largest probability of success among all policies that RLIF may end with: how much a supervisor's interventions say of the task.</summary>
/// <remarks>
/// A policy minimises discounted interventions if and only if, wherever it goes, it takes actions that are best for -phi; where every state has an action that is never stopped, these are the
/// actions with phi = 0 (fact F7). The range is over all such policies, also those that change with time, by backward induction over the H steps of an episode; its upper end can exceed the success
/// of the best stationary policy.
/// </remarks>
/// <param name="Least">The least probability of success within H steps.</param>
/// <param name="Most">The largest.</param>
public sealed record SuccessRange(CertifiedNumber Least, CertifiedNumber Most)
{
    /// <summary>The range for a model that says what success is.</summary>
    /// <param name="mdp">The process; neither its reward nor its discount matters.</param>
    /// <param name="optimal">A policy that takes every action that is best for -phi: RLIF with uniform ties.</param>
    /// <param name="horizon">H, at least 1. Time O(H transitions), memory O(S A).</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <returns>The range, or null where the model does not say what success is.</returns>
    public static SuccessRange? Of(MarkovDecisionProcess mdp, Policy optimal, int horizon, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(optimal);
        if (mdp.Description.Success is not { } success) return null;
        optimal.RequireFits(mdp.Kernel);
        StateActionTable allowed = optimal.LogProbabilities.Map(logP => logP == double.NegativeInfinity ? logP : 0);
        CertifiedNumber least = Largest(-success);
        return new SuccessRange(least with { Value = Math.Max(0, -least.Value) }, Largest(success));

        // A sum of H terms without discount is the one at the largest discount below one, up to H roundoffs of terms that sum to at most one.
        CertifiedNumber Largest(StateActionTable reward)
        {
            SoftProblem problem = new(mdp.WithReward(reward).WithDiscount(Math.BitDecrement(1.0)), 0, allowed);
            CertifiedNumber objective = BackwardInduction.Objective(problem, horizon, execution);
            return objective with { ErrorBound = Rounding.SecondOrder * (objective.ErrorBound + (Rounding.Unit * horizon)) };
        }
    }
}
