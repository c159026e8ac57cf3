namespace Rift.Mdp;

/// <summary>How a system with I - gamma P_pi is solved.</summary>
public enum LinearMethod
{
    /// <summary>Elimination up to <see cref="DiscountedSolve.DirectStates"/> states, Krylov above.</summary>
    Auto,

    /// <summary>Elimination without subtractions: O(S^3), small entries as accurate as large ones.</summary>
    Elimination,

    /// <summary>LU with partial pivoting by MathNet.Numerics: O(S^3), the yardstick for the others.</summary>
    Lu,

    /// <summary>Stabilised bi-conjugate gradients, preconditioned by a Gauss-Seidel sweep along the flow of the chain, with plain sweeps as the safeguard. O(transitions) a product.</summary>
    Krylov,
}

/// <summary>In which norm the error of a vector is bounded.</summary>
public enum ErrorNorm
{
    /// <summary>The largest absolute entry.</summary>
    Largest,

    /// <summary>The sum of absolute entries.</summary>
    Sum,
}

/// <summary>A computed vector and a proved bound of its error.</summary>
/// <param name="Values">The entries.</param>
/// <param name="ErrorBound">The error is at most this in the given norm.</param>
/// <param name="Norm">The norm of the bound.</param>
public sealed record CertifiedVector(double[] Values, double ErrorBound, ErrorNorm Norm)
{
    /// <summary>The products with the matrix that an iterative method has made; 0 for a direct one.</summary>
    public int Products { get; init; }
}

/// <summary>The one linear system of the toolkit: (I - gamma P_pi) x = b for values, and its transpose for visitations.</summary>
/// <remarks>
/// Certified by the residual: with r the residual, its own rounding included, the error is at most ||r|| / (1 - gamma) in the sup norm for values and in the
/// 1-norm for the transpose, because ||(I - gamma P)^-1|| is at most 1/(1 - gamma) there. The bound holds for the policy given, exactly, and for a kernel whose rows
/// are as stored or normalised. A system is factorised, or stored and ordered, once and serves any number of right-hand sides, also from several threads. Memory beyond the model: 8 S^2 bytes for
/// elimination; 12 a transition of the chain, twice that while it is built or serves many transposed systems, and 36 a state for Krylov, and ten S-vectors while it solves.
/// </remarks>
public sealed class DiscountedSolve
{
    /// <summary>The most states for which <see cref="LinearMethod.Auto"/> factorises.</summary>
    public const int DirectStates = 1000;

    private readonly PolicyKernel _chain;
    private readonly Elimination? _elimination;
    private readonly DenseLu? _lu;
    private readonly IterativeSolve? _iterative;

    /// <summary>The system of a policy in a process.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="method">How the system is solved.</param>
    /// <param name="threads">Number of threads that build the system and make its products, for which a stored chain uses two at most; at least 1. Results are bitwise the same for any number.</param>
    /// <exception cref="ArgumentException">The policy does not fit the process.</exception>
    public DiscountedSolve(MarkovDecisionProcess mdp, Policy policy, LinearMethod method = LinearMethod.Auto, int threads = 1)
        : this(new PolicyKernel(Require.NotNull(mdp), Require.NotNull(policy).RequireFits(mdp.Kernel).LogProbabilities.Entries, threads), method, threads)
    {
    }

    internal DiscountedSolve(PolicyKernel chain, LinearMethod method, int threads = 1)
    {
        Require.Positive(threads, nameof(threads));
        _chain = chain;
        int states = chain.Kernel.States;
        Method = method != LinearMethod.Auto ? method : states <= DirectStates ? LinearMethod.Elimination : LinearMethod.Krylov;
        if (Method == LinearMethod.Krylov)
        {
            _iterative = new IterativeSolve(OrderedSplitting.TryCreate(chain, threads) ?? (Splitting)new DiagonalSplitting(chain, threads));
            return;
        }

        double[] matrix = chain.Discounted();
        if (Method == LinearMethod.Lu)
        {
            _lu = new DenseLu(matrix, states);
            return;
        }

        double[] excess = new double[states];
        for (int s = 0; s < states; s++) excess[s] = chain.Excess(s);
        _elimination = new Elimination(matrix, excess);
    }

    /// <summary>The method in use.</summary>
    public LinearMethod Method { get; }

    /// <summary>
    /// How far, in the 1-norm of a row, the stored chain P_pi can be from that of the exact policy over rows that sum to one: rounding of the
    /// probabilities, and what the rows of policy and kernel miss of one.
    /// </summary>
    public double RowError => _chain.RowError;

    internal PolicyKernel Chain => _chain;

    /// <summary>Solves (I - gamma P_pi) x = b: what is collected when b is received in each state on the way.</summary>
    /// <param name="b">S finite entries.</param>
    /// <param name="inputError">A bound of the error of b in the sup norm, carried into the result.</param>
    /// <param name="tolerance">An error bound that is small enough: an iterative method stops there. 0 goes as far as rounding allows. Whether it was reached is told by the bound.</param>
    /// <param name="cancellation">Ends an iterative method early; the bound still holds.</param>
    /// <returns>x, S entries, with a bound of its error in the sup norm.</returns>
    public CertifiedVector Solve(ReadOnlySpan<double> b, double inputError = 0, double tolerance = 0, CancellationToken cancellation = default) =>
        Certified(b, ErrorNorm.Largest, inputError, tolerance, cancellation);

    /// <summary>Solves x (I - gamma P_pi) = b: where a mass that starts as b spends its discounted time.</summary>
    /// <param name="b">S finite entries.</param>
    /// <param name="inputError">A bound of the error of b in the 1-norm, carried into the result.</param>
    /// <param name="tolerance">An error bound that is small enough: an iterative method stops there. 0 goes as far as rounding allows. Whether it was reached is told by the bound.</param>
    /// <param name="cancellation">Ends an iterative method early; the bound still holds.</param>
    /// <returns>x, S entries, with a bound of its error in the 1-norm.</returns>
    public CertifiedVector SolveTransposed(ReadOnlySpan<double> b, double inputError = 0, double tolerance = 0, CancellationToken cancellation = default) =>
        Certified(b, ErrorNorm.Sum, inputError, tolerance, cancellation);

    /// <summary>Solves (I - gamma P_pi) x = b for many b, eight in one pass over the chain: many rewards under one policy.</summary>
    /// <param name="b">The right-hand sides, S finite entries each.</param>
    /// <param name="inputError">A bound of the error of each b in the sup norm, carried into the results.</param>
    /// <param name="tolerance">An error bound that is small enough, as for <see cref="Solve"/>.</param>
    /// <param name="threads">Threads among which the eights are shared, at least 1.</param>
    /// <param name="cancellation">Ends an iterative method early; the bounds still hold.</param>
    /// <returns>The solutions in the order of the right-hand sides; what one is does not depend on the others, nor on the threads.</returns>
    public CertifiedVector[] SolveAll(IReadOnlyList<double[]> b, double inputError = 0, double tolerance = 0, int threads = 1, CancellationToken cancellation = default) =>
        Certified(b, ErrorNorm.Largest, _ => inputError, tolerance, threads, cancellation);

    /// <summary>Solves x (I - gamma P_pi) = b for many b, eight in one pass over the chain: many starts under one policy.</summary>
    /// <param name="b">The right-hand sides, S finite entries each.</param>
    /// <param name="inputError">A bound of the error of each b in the 1-norm, carried into the results.</param>
    /// <param name="tolerance">An error bound that is small enough, as for <see cref="SolveTransposed"/>.</param>
    /// <param name="threads">Threads among which the eights are shared, at least 1.</param>
    /// <param name="cancellation">Ends an iterative method early; the bounds still hold.</param>
    /// <returns>The solutions in the order of the right-hand sides; what one is does not depend on the others, nor on the threads.</returns>
    public CertifiedVector[] SolveAllTransposed(IReadOnlyList<double[]> b, double inputError = 0, double tolerance = 0, int threads = 1, CancellationToken cancellation = default) =>
        Certified(b, ErrorNorm.Sum, _ => inputError, tolerance, threads, cancellation);

    /// <summary><see cref="SolveAll(IReadOnlyList{double[]}, double, double, int, CancellationToken)"/> where each right-hand side has an error of its own.</summary>
    internal CertifiedVector[] SolveAll(IReadOnlyList<double[]> b, double[] inputErrors, int threads) => Certified(b, ErrorNorm.Largest, i => inputErrors[i], 0, threads, CancellationToken.None);

    /// <summary>A solution good to a factor, for use inside an iteration that measures its own error; and the products it took.</summary>
    internal (double[] X, int Products) Correction(ReadOnlySpan<double> b, double reduction, CancellationToken cancellation)
    {
        if (_iterative is not null)
        {
            (double[] found, _, int sweeps) = _iterative.Solve(b, ErrorNorm.Largest, reduction * ErrorNorm.Largest.Of(b), cancellation);
            return (found, sweeps);
        }

        double[] x = b.ToArray();
        SolveDirectly(x, transposed: false);
        return (x, 0);
    }

    private CertifiedVector Certified(ReadOnlySpan<double> b, ErrorNorm norm, double inputError, double tolerance, CancellationToken cancellation)
    {
        Check(b, inputError, tolerance, nameof(b));
        return Certified(
            _iterative is null ? Directly(b, norm) : _iterative.Solve(b, norm, SufficientResidual(tolerance, inputError, norm.Of(b)), cancellation), norm, inputError);
    }

    private CertifiedVector[] Certified(IReadOnlyList<double[]> b, ErrorNorm norm, Func<int, double> inputError, double tolerance, int threads, CancellationToken cancellation)
    {
        Require.Positive(threads, nameof(threads));
        for (int i = 0; i < Require.NotNull(b).Count; i++) Check(Require.NotNull(b[i], $"b[{i}]"), inputError(i), tolerance, $"b[{i}]");
        CertifiedVector[] solved = new CertifiedVector[b.Count];
        double[][] all = [.. b];
        OrderedSplitting? system = _iterative?.SystemForMany(norm);
        Parallel.For(0, (all.Length + 7) / 8, new ParallelOptions { MaxDegreeOfParallelism = threads }, () => system is null ? null : new ColumnBiCgStab(system, norm), (eight, _, columns) =>
        {
            int first = 8 * eight;
            double[][] some = all[first..Math.Min(all.Length, first + 8)];
            double[] targets = [.. some.Select((one, c) => SufficientResidual(tolerance, inputError(first + c), norm.Of(one)))];
            (double[] X, double Residual, int Sweeps)[] found = _iterative is null ? Array.ConvertAll(some, one => Directly(one, norm)) : _iterative.SolveEight(columns, some, norm, targets, cancellation);
            for (int c = 0; c < found.Length; c++) solved[first + c] = Certified(found[c], norm, inputError(first + c));
            return columns;
        }, _ => { });
        return solved;
    }

    private void Check(ReadOnlySpan<double> b, double inputError, double tolerance, string name)
    {
        Require.Length(b.Length, _chain.Kernel.States, name);
        foreach (double entry in b) Require.Finite(entry, name);
        Require.NotNegative(inputError, nameof(inputError));
        Require.NotNegative(tolerance, nameof(tolerance));
    }

    private CertifiedVector Certified((double[] X, double Residual, int Sweeps) found, ErrorNorm norm, double inputError)
    {
        double error = found.Residual + inputError + (_chain.Discount * _chain.RowError * norm.Of(found.X));
        return new CertifiedVector(found.X, Rounding.SecondOrder * Rounding.Accumulated(error, _chain.Discount, _chain.RowError), norm) { Products = found.Sweeps };
    }

    /// <summary>The residual, rounding included, from which the tolerance follows, as ||x|| is at most ||b|| / (1 - gamma) or close to it; 0 or less where none does.</summary>
    private double SufficientResidual(double tolerance, double inputError, double b)
    {
        double contraction = 1 - (_chain.Discount * (1 + _chain.RowError));
        return (tolerance * contraction / (Rounding.SecondOrder * Rounding.SecondOrder)) - inputError - (_chain.Discount * _chain.RowError * Rounding.Accumulated(b, _chain.Discount, _chain.RowError));
    }

    private (double[] X, double Residual, int Sweeps) Directly(ReadOnlySpan<double> b, ErrorNorm norm)
    {
        bool transposed = norm == ErrorNorm.Sum;
        double[] x = b.ToArray(), residual = new double[x.Length];
        SolveDirectly(x, transposed);
        _chain.Residual(b, x, residual, transposed);
        if (_lu is not null)
        {
            // One step of iterative refinement: pivoting alone can leave a residual of S roundoffs.
            SolveDirectly(residual, transposed);
            for (int s = 0; s < x.Length; s++) x[s] += residual[s];
            _chain.Residual(b, x, residual, transposed);
        }

        return (x, norm.Of(residual) + Rounding.OfResidual(_chain.Roundings(transposed), _chain.Discount, norm.Of(x), norm.Of(b)), 0);
    }

    private void SolveDirectly(double[] x, bool transposed)
    {
        if (_elimination is not null && transposed) _elimination.SolveTransposed(x);
        else if (_elimination is not null) _elimination.Solve(x);
        else if (transposed) _lu!.SolveTransposed(x);
        else _lu!.Solve(x);
    }
}
