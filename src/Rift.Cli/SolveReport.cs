using Rift.Mdp;

namespace Rift.Cli;

/// <summary>What <c>rift solve</c> reports, of a stationary problem or of one with a horizon.</summary>
internal sealed record SolveReport
{
    /// <summary>The problem; of a single step where there is a horizon.</summary>
    public required SoftProblem Problem { get; init; }

    /// <summary>V, S entries; V_0 where there is a horizon.</summary>
    public required double[] Values { get; init; }

    /// <summary>Q, S x A; Q_0 where there is a horizon.</summary>
    public required StateActionTable Q { get; init; }

    /// <summary>The optimal policy; that of the first step where there is a horizon.</summary>
    public required Policy Policy { get; init; }

    /// <summary>rho of the policy, S entries that sum to one.</summary>
    public required double[] StateVisitation { get; init; }

    /// <summary>V* is at least this, S entries.</summary>
    public required double[] Lower { get; init; }

    /// <summary>V* is at most this, S entries.</summary>
    public required double[] Upper { get; init; }

    /// <summary>|V - V*| is at most this in every state.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>The half-width that was asked for, or null where none was.</summary>
    public required double? Asked { get; init; }

    /// <summary>How the computation ended.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The algorithm and, where it was chosen automatically, why.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Number of iterations, or of steps.</summary>
    public required int Iterations { get; init; }

    /// <summary>The solution, or null where there is a horizon.</summary>
    public SoftSolution? Stationary { get; init; }

    /// <summary>The solution of every step, or null where there is no horizon.</summary>
    public FiniteHorizonSolution? Steps { get; init; }

    /// <summary>rho_t for t = 0 .. H, or null where there is no horizon.</summary>
    public IReadOnlyList<double[]>? PerStep { get; init; }

    /// <summary>|log pi - log pi*| is at most this (see <see cref="Certificate.LogPolicyRadius"/>); null where there is a horizon.</summary>
    public double? LogPolicyRadius { get; init; }

    /// <summary>sum_s d(s) V(s): the value at the start, within <see cref="HalfWidth"/>.</summary>
    public required double Objective { get; init; }

    /// <summary>The report of a stationary problem.</summary>
    internal static SolveReport Of(SoftSolution solution) => new()
    {
        Problem = solution.Problem,
        Stationary = solution,
        Values = solution.Values.ToArray(),
        Q = solution.Q,
        Policy = solution.Policy,
        StateVisitation = Visitation.Of(solution.Problem.Mdp, solution.Policy).States.Values,
        Lower = solution.Certificate.Lower,
        Upper = solution.Certificate.Upper,
        HalfWidth = solution.Certificate.HalfWidth,
        Asked = solution.Certificate.Target,
        LogPolicyRadius = solution.Certificate.LogPolicyRadius,
        Outcome = solution.Outcome,
        Algorithm = solution.Algorithm,
        Iterations = solution.Iterations,
        Objective = solution.Objective,
    };

    /// <summary>The report of a problem with a horizon.</summary>
    /// <param name="solution">Its solution.</param>
    /// <param name="asked">The half-width that was asked for, or null.</param>
    internal static SolveReport Of(FiniteHorizonSolution solution, double? asked)
    {
        double[][] perStep = solution.PerStep();
        double[] values = solution.Values(0).ToArray();
        return new SolveReport
        {
            Problem = solution.Problem,
            Values = values,
            Q = solution.Q(0),
            Policy = solution.Policy(0),
            StateVisitation = solution.DiscountedVisitation(perStep),
            Lower = Array.ConvertAll(values, v => double.BitDecrement(v - solution.ErrorBound)),
            Upper = Array.ConvertAll(values, v => double.BitIncrement(v + solution.ErrorBound)),
            HalfWidth = solution.ErrorBound,
            Asked = asked,
            Outcome = solution.ErrorBound <= (asked ?? double.PositiveInfinity) ? Outcome.Converged : Outcome.ToleranceNotReached,
            Algorithm = "backward induction",
            Iterations = solution.Horizon,
            Objective = solution.Objective,
            Steps = solution,
            PerStep = perStep,
        };
    }
}
