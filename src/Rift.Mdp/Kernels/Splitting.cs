namespace Rift.Mdp;

/// <summary>The system (I - gamma P_pi) x = b and its transpose, split as A = M - N into a part that is easily solved with and a non-negative rest (Varga 1962).</summary>
/// <remarks>
/// Every iterative method here is written against one move, the sweep: <c>y = M^-1 r</c>, which leaves <c>r - A y = N y</c>. Repeated, it is the stationary iteration of the splitting, which
/// always converges: I - gamma P is an M-matrix and N non-negative. Inside a Krylov method it is one product with A M^-1. Vectors are in the splitting's own order of the states.
/// </remarks>
internal abstract class Splitting
{
    private protected Splitting(PolicyKernel chain, int threads) => (Chain, Threads) = (chain, threads);

    internal PolicyKernel Chain { get; }

    /// <summary>Threads for a solve, of which two are used.</summary>
    internal int Threads { get; }

    /// <summary>One sweep.</summary>
    /// <param name="residual">r.</param>
    /// <param name="step">Receives y = M^-1 r.</param>
    /// <param name="rest">Receives N y.</param>
    /// <param name="transposed">Which of the two systems.</param>
    /// <param name="crew">Two who may share the work, or null; the bits do not depend on them.</param>
    internal abstract void Sweep(double[] residual, double[] step, double[] rest, bool transposed, WorkCrew? crew);

    /// <summary>Writes b - A x.</summary>
    internal abstract void Residual(double[] b, double[] x, double[] residual, bool transposed, WorkCrew? crew);

    /// <summary>A bound of the roundings that an entry of P x has gone through in <see cref="Residual"/>, those of the entries of P included.</summary>
    internal abstract int Roundings(bool transposed);

    /// <summary>From the states' order into the splitting's own.</summary>
    internal abstract void Arrange(ReadOnlySpan<double> states, Span<double> arranged);

    /// <summary>Back into the order of the states.</summary>
    internal abstract void Restore(ReadOnlySpan<double> arranged, Span<double> states);
}
