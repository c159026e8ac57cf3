using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A scenario with what most statements ask of it, computed on first use: to the rounding floor, by the direct methods where the size allows.</summary>
/// <remarks>Not safe to share between threads.</remarks>
public sealed class SolvedScenario
{
    private static readonly Auto _solver = new() { Tolerance = Tolerance.RoundingFloor };

    /// <summary>Nothing is solved yet.</summary>
    /// <param name="scenario">The scenario.</param>
    public SolvedScenario(Scenario scenario)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        Scenario = scenario.Validated();
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>The process with the candidate's reward.</summary>
    public MarkovDecisionProcess Mdp => Scenario.Mdp;

    /// <summary>The temperature alpha.</summary>
    public double Temperature => Scenario.Temperature;

    /// <summary>The soft optimum for the expert's reward r*: V*, Q*, pi*.</summary>
    public SoftSolution Expert => field ??= Solve(Scenario.Expert);

    /// <summary>The soft optimum for the candidate's reward r: Vhat, Qhat, pihat.</summary>
    public SoftSolution Candidate => field ??= Solve(Scenario.Candidate);

    /// <summary>Psi against the expert's policy, with rho* and mu*.</summary>
    public Imitation Imitation => field ??= new Imitation(Mdp, Expert.Policy);

    /// <summary>rho and mu of pihat.</summary>
    public Visitation CandidateVisitation => field ??= Visitation.Of(Mdp, Candidate.Policy);

    /// <summary>J at pihat.</summary>
    public Jacobian Jacobian => field ??= new Jacobian(Mdp, Candidate.Policy);

    /// <summary>Psi of pihat, with the error of pihat as an optimum carried into the bound.</summary>
    public CertifiedNumber Psi => Imitation.Psi(Candidate.Policy, Candidate.Certificate.LogPolicyRadius);

    /// <summary>The gradient of Psi by (10).</summary>
    public StateActionTable Gradient => field ??= Imitation.Gradient(CandidateVisitation, Temperature);

    /// <summary>
    /// A bound of the error of every entry of <see cref="Gradient"/>, as the gradient at the exact pihat. If |log pihat| is off by e in every pair, each row of pihat is off
    /// by at most e^e - 1 in the 1-norm, and the occupancy by at most that over 1 - gamma.
    /// </summary>
    public double GradientErrorBound => Rounding.SecondOrder / Temperature * (CandidateVisitation.PairsErrorBound + Imitation.ExpertVisitation.PairsErrorBound
        + RoundingOf.OccupancyDrift(Mdp, Candidate.Certificate.LogPolicyRadius) + (2 * Rounding.Unit));

    /// <summary>Solves a problem to the rounding floor.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="near">V of a problem nearby to start from; empty for 0.</param>
    /// <returns>The solution.</returns>
    public static SoftSolution Solve(SoftProblem problem, ReadOnlySpan<double> near = default) => _solver.Solve(problem, start: near);
}
