using Rift.Mdp;

namespace Rift.Learning;

/// <summary>What is done now beside what would be done in a changed process.</summary>
public sealed class Counterfactual
{
    private Counterfactual(SoftSolution before, SoftSolution after)
    {
        (Before, After) = (before, after);
        VisitationBefore = Visitation.Of(before.Problem.Mdp, before.Policy);
        VisitationAfter = Visitation.Of(after.Problem.Mdp, after.Policy);
    }

    /// <summary>The soft optimum of the process as it is.</summary>
    public SoftSolution Before { get; }

    /// <summary>The soft optimum of the changed process.</summary>
    public SoftSolution After { get; }

    /// <summary>Where one goes now.</summary>
    public Visitation VisitationBefore { get; }

    /// <summary>Where one would go.</summary>
    public Visitation VisitationAfter { get; }

    /// <summary>How far the two occupancies are apart: half the sum of the differences of mu, from 0 to 1.</summary>
    public double Distance => (VisitationAfter.Pairs - VisitationBefore.Pairs).Map(Math.Abs).Sum() / 2;

    /// <summary>The discounted share of steps that take an action, before and after, for the two policies as computed; see <see cref="Certificate.LogPolicyRadius"/> for how far these may be from the optimal ones.</summary>
    /// <param name="action">The action.</param>
    public (CertifiedNumber Before, CertifiedNumber After) Rate(int action)
    {
        MarkovDecisionProcess mdp = Before.Problem.Mdp;
        StateActionTable taken = StateActionTable.Create(mdp.States, mdp.Actions, (_, a) => a == action ? 1 : 0);
        return (VisitationBefore.Average(taken), VisitationAfter.Average(taken));
    }

    /// <summary>Solves the changed process at the temperature of the first.</summary>
    /// <param name="before">The solution as things are.</param>
    /// <param name="changed">The changed process, with as many states and actions.</param>
    /// <returns>Both solutions with their visitations.</returns>
    /// <exception cref="ArgumentException">It has another shape.</exception>
    public static Counterfactual Of(SoftSolution before, MarkovDecisionProcess changed)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(changed);
        if (changed.States != before.Problem.Mdp.States || changed.Actions != before.Problem.Mdp.Actions)
            throw new ArgumentException($"found {changed.States} states and {changed.Actions} actions, expected {before.Problem.Mdp.States} and {before.Problem.Mdp.Actions}", nameof(changed));
        return new Counterfactual(before, new Auto().Solve(new SoftProblem(changed, before.Problem.Temperature), null, before.Values));
    }
}
