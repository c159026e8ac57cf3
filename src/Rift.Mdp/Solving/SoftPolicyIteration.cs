namespace Rift.Mdp;

/// <summary>Soft policy iteration, which is Newton's method on the soft Bellman equation: V &lt;- V + (I - gamma P_pi)^-1 (T V - V) for the policy pi of V.</summary>
/// <remarks>
/// The step is the exact value of pi, so the iteration is policy iteration and converges from any start; near the solution the error squares. At
/// temperature 0 it is Howard's policy iteration. One linear solve an iteration: see <see cref="LinearMethod"/>. Written as a correction of V, so that the last
/// steps are small and the rounding of the solve does not matter.
/// </remarks>
public sealed record SoftPolicyIteration : SoftAlgorithm
{
    // How far an iterative solve reduces the residual: while the policy still moves, more would be for nothing.
    private const double Reduction = 1e-2;

    /// <summary>How the linear systems are solved.</summary>
    public LinearMethod Linear { get; init; }

    /// <inheritdoc/>
    public override string Name => Linear switch
    {
        LinearMethod.Elimination => "soft policy iteration (elimination)",
        LinearMethod.Lu => "soft policy iteration (LU)",
        LinearMethod.Krylov => "soft policy iteration (Krylov)",
        _ => "soft policy iteration",
    };

    private protected override void Improve(SoftIteration iteration)
    {
        MarkovDecisionProcess mdp = iteration.Problem.Mdp;
        double[] change = new double[mdp.States];
        for (int s = 0; s < change.Length; s++) change[s] = iteration.Next[s] - iteration.Values[s];
        DiscountedSolve solve = new(new PolicyKernel(mdp, iteration.LogPolicy()), Linear, iteration.Execution.Threads);
        (double[] step, int products) = solve.Correction(change, Reduction, iteration.Execution.Cancellation);
        iteration.Products += products;
        Span<double> values = iteration.Revise();
        for (int s = 0; s < step.Length; s++) values[s] += step[s];
    }
}
