namespace Rift.Mdp;

/// <summary>Soft policy iteration, which is Newton's method on the soft Bellman equation: V &lt;- V + (I - gamma P_pi)^-1 (T V - V) for the policy pi of V.</summary>
/// <remarks>
/// The step is the exact value of pi, so the iteration is policy iteration and converges from any start; near the solution the error squares. At
/// temperature 0 it is Howard's policy iteration. One linear solve an iteration: see <see cref="LinearMethod"/>. Written as a correction of V, so that the last
/// steps are small and the rounding of the solve does not matter. Where the solve is iterative, several steps may share a chain (Newton's chord method).
/// </remarks>
public sealed record SoftPolicyIteration : SoftAlgorithm
{
    // How far an iterative solve reduces the residual: while the policy still moves, more would be for nothing.
    private const double Reduction = 1e-2;

    // A stored chain is kept for another step where the last one has narrowed the bracket to this share: to build one costs as much as ten to twenty products.
    private const double WellNarrowed = 0.2;

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

    private protected override string Run(SoftIteration iteration)
    {
        DiscountedSolve? system = null;
        double[] kept = [];
        double before = double.PositiveInfinity;
        while (!iteration.BackUp(MaxIterations))
        {
            double span = iteration.Bracket.Span;
            if (kept.Length > 0 && !(span < before))
            {
                // The policy has moved on further than the chain can follow: back to where that began, for a chain of its own.
                kept.CopyTo(iteration.Revise());
                (system, kept, before) = (null, [], double.PositiveInfinity);
                continue;
            }

            // The solve is not exact anyway: a stored chain serves on while it narrows the bracket, and the policy hardly moves.
            bool serves = system?.Method == LinearMethod.Krylov && span <= WellNarrowed * before && span <= iteration.Problem.Temperature;
            kept = serves ? iteration.Values.ToArray() : [];
            before = span;
            if (!serves) system = SystemOf(iteration);
            Step(iteration, system!);
        }

        return Name;
    }

    private protected override void Improve(SoftIteration iteration) => Step(iteration, SystemOf(iteration));

    private DiscountedSolve SystemOf(SoftIteration iteration) => new(new PolicyKernel(iteration.Problem.Mdp, iteration.LogPolicy()), Linear, iteration.Execution.Threads);

    private static void Step(SoftIteration iteration, DiscountedSolve system)
    {
        double[] change = new double[iteration.Values.Length];
        for (int s = 0; s < change.Length; s++) change[s] = iteration.Next[s] - iteration.Values[s];
        (double[] step, int products) = system.Correction(change, Reduction, iteration.Execution.Cancellation);
        iteration.Bracket.Products += products;
        Span<double> values = iteration.Revise();
        for (int s = 0; s < step.Length; s++) values[s] += step[s];
    }
}
