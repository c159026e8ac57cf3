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

    /// <summary>Matrix-free: stabilised bi-conjugate gradients with fixed-point sweeps as the safeguard. O(transitions) a product.</summary>
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
public sealed record CertifiedVector(double[] Values, double ErrorBound, ErrorNorm Norm);

/// <summary>The one linear system of the toolkit: (I - gamma P_pi) x = b for values, and its transpose for visitations.</summary>
/// <remarks>
/// Certified by the residual: with r the residual, its own rounding included, the error is at most ||r|| / (1 - gamma) in the sup norm for values and in the
/// 1-norm for the transpose, because ||(I - gamma P)^-1|| is at most 1/(1 - gamma) there. The bound holds for the policy given, exactly, and for a kernel whose rows
/// are as stored or normalised. A factorisation is made once and serves any number of right-hand sides, also from several threads.
/// </remarks>
public sealed class DiscountedSolve
{
    /// <summary>The most states for which <see cref="LinearMethod.Auto"/> factorises.</summary>
    public const int DirectStates = 1000;

    private const int KrylovRestarts = 12;
    private const int MostSafeguardSweeps = 3000;

    private readonly PolicyKernel _chain;
    private readonly Elimination? _elimination;
    private readonly DenseLu? _lu;
    private readonly double[] _inverseDiagonal = [];

    /// <summary>The system of a policy in a process.</summary>
    /// <exception cref="ArgumentException">The policy does not fit the process.</exception>
    public DiscountedSolve(MarkovDecisionProcess mdp, Policy policy, LinearMethod method = LinearMethod.Auto)
        : this(new PolicyKernel(Require.NotNull(mdp), Require.NotNull(policy).RequireFits(mdp.Kernel).LogProbabilities.Entries), method)
    {
    }

    internal DiscountedSolve(PolicyKernel chain, LinearMethod method)
    {
        _chain = chain;
        int states = chain.Kernel.States;
        Method = method != LinearMethod.Auto ? method : states <= DirectStates ? LinearMethod.Elimination : LinearMethod.Krylov;
        if (Method == LinearMethod.Krylov)
        {
            _inverseDiagonal = InverseDiagonal(chain);
            return;
        }

        double[] matrix = chain.Discounted();
        if (Method == LinearMethod.Lu)
        {
            _lu = new DenseLu(matrix, states);
            return;
        }

        double[] excess = new double[states];
        Array.Fill(excess, 1 - chain.Discount);
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
    /// <param name="cancellation">Ends an iterative method early; the bound still holds.</param>
    public CertifiedVector Solve(ReadOnlySpan<double> b, double inputError = 0, CancellationToken cancellation = default) =>
        Certified(b, transposed: false, inputError, cancellation);

    /// <summary>Solves x (I - gamma P_pi) = b: where a mass that starts as b spends its discounted time.</summary>
    /// <param name="b">S finite entries.</param>
    /// <param name="inputError">A bound of the error of b in the 1-norm, carried into the result.</param>
    /// <param name="cancellation">Ends an iterative method early; the bound still holds.</param>
    public CertifiedVector SolveTransposed(ReadOnlySpan<double> b, double inputError = 0, CancellationToken cancellation = default) =>
        Certified(b, transposed: true, inputError, cancellation);

    /// <summary>A solution good to a factor, for use inside an iteration that measures its own error.</summary>
    internal double[] Correction(ReadOnlySpan<double> b, double reduction, CancellationToken cancellation)
    {
        double[] x = b.ToArray();
        if (_elimination is not null) _elimination.Solve(x);
        else if (_lu is not null) _lu.Solve(x);
        else
        {
            double start = Norm(b, ErrorNorm.Largest);
            x.AsSpan().Clear();
            Krylov(b, x, transposed: false, reduction * start, cancellation);
        }

        return x;
    }

    private CertifiedVector Certified(ReadOnlySpan<double> b, bool transposed, double inputError, CancellationToken cancellation)
    {
        Require.Length(b.Length, _chain.Kernel.States, nameof(b));
        foreach (double entry in b) Require.Finite(entry, nameof(b));
        Require.NotNegative(inputError, nameof(inputError));
        ErrorNorm norm = transposed ? ErrorNorm.Sum : ErrorNorm.Largest;
        double[] x = b.ToArray(), residual = new double[x.Length];
        if (Method == LinearMethod.Krylov)
        {
            x.AsSpan().Clear();
            Krylov(b, x, transposed, 0, cancellation);
        }
        else
        {
            SolveDirectly(x, transposed);
        }

        Residual(b, x, residual, transposed);
        if (Method == LinearMethod.Lu)
        {
            // One step of iterative refinement: pivoting alone can leave a residual of S roundoffs.
            SolveDirectly(residual, transposed);
            for (int s = 0; s < x.Length; s++) x[s] += residual[s];
            Residual(b, x, residual, transposed);
        }

        double size = Norm(x, norm);
        double error = Norm(residual, norm) + ResidualRounding(b, x, norm) + inputError + (_chain.Discount * _chain.RowError * size);
        return new CertifiedVector(x, Rounding.SecondOrder * Rounding.Accumulated(error, _chain.Discount, _chain.RowError), norm);
    }

    private void SolveDirectly(double[] x, bool transposed)
    {
        if (_elimination is not null && transposed) _elimination.SolveTransposed(x);
        else if (_elimination is not null) _elimination.Solve(x);
        else if (transposed) _lu!.SolveTransposed(x);
        else _lu!.Solve(x);
    }

    /// <summary>Improves x until the residual is at most the target, or as small as rounding leaves it.</summary>
    private void Krylov(ReadOnlySpan<double> b, double[] x, bool transposed, double target, CancellationToken cancellation)
    {
        ErrorNorm norm = transposed ? ErrorNorm.Sum : ErrorNorm.Largest;
        int n = x.Length;
        double[] residual = new double[n], best = [.. x], step = new double[n];
        Residual(b, x, residual, transposed);
        double smallest = Norm(residual, norm);
        // Enough that a safeguard shrinks the residual by e^2, where the discount lets that be affordable.
        int safeguardSweeps = (int)Math.Min(200 + (2 / (1 - _chain.Discount)), MostSafeguardSweeps);
        for (int restart = 0; restart < KrylovRestarts && !cancellation.IsCancellationRequested; restart++)
        {
            double floor = ResidualRounding(b, best, norm);
            if (smallest <= Math.Max(target, floor / 4)) break;
            step.AsSpan().Clear();
            double euclidean = Math.Sqrt(residual.Sum(r => r * r));
            BiCgStab.Improve((v, result) => Apply(v, result, transposed), _inverseDiagonal, residual, step, Math.Max(1e-10 * euclidean, target / 4), 2 * (n + 50), cancellation);
            for (int s = 0; s < n; s++) x[s] = best[s] + step[s];
            Residual(b, x, residual, transposed);
            double found = Norm(residual, norm);
            if (!(found < 0.5 * smallest))
            {
                // Krylov has broken down or stagnates: the fixed-point sweep x <- b + gamma P x shrinks the residual by the discount, always.
                if (found < smallest) x.CopyTo(best, 0);
                Residual(b, best, residual, transposed);
                found = found < smallest ? found : smallest;
                double before = found;
                for (int sweep = 0; sweep < safeguardSweeps && found > Math.Max(target, floor / 4) && !cancellation.IsCancellationRequested; sweep++)
                {
                    for (int s = 0; s < n; s++) best[s] += residual[s];
                    Residual(b, best, residual, transposed);
                    found = Norm(residual, norm);
                }

                smallest = found;
                if (found > 0.9 * before && found <= 4 * floor) break;
                continue;
            }

            smallest = found;
            x.CopyTo(best, 0);
        }

        best.CopyTo(x, 0);
    }

    private void Apply(ReadOnlySpan<double> x, Span<double> result, bool transposed)
    {
        if (transposed) _chain.Push(x, result);
        else _chain.Expect(x, result);
        for (int s = 0; s < result.Length; s++) result[s] = x[s] - (_chain.Discount * result[s]);
    }

    private void Residual(ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> residual, bool transposed)
    {
        if (transposed) _chain.Push(x, residual);
        else _chain.Expect(x, residual);
        for (int s = 0; s < residual.Length; s++) residual[s] = b[s] - (x[s] - (_chain.Discount * residual[s]));
    }

    /// <summary>A bound of the rounding error of a computed residual: one roundoff for each term of its sums, counted for the longest.</summary>
    private double ResidualRounding(ReadOnlySpan<double> b, ReadOnlySpan<double> x, ErrorNorm norm)
    {
        int terms = (norm == ErrorNorm.Largest ? _chain.Kernel.LargestRow : _chain.Kernel.LargestColumn) + _chain.Kernel.Actions + 4;
        return Rounding.SecondOrder * Rounding.Unit * ((terms * _chain.Discount * Norm(x, norm)) + (2 * Norm(x, norm)) + Norm(b, norm));
    }

    private static double Norm(ReadOnlySpan<double> x, ErrorNorm norm)
    {
        double result = 0;
        foreach (double entry in x) result = norm == ErrorNorm.Sum ? result + Math.Abs(entry) : Math.Max(result, Math.Abs(entry));
        return result;
    }

    private static double[] InverseDiagonal(PolicyKernel chain)
    {
        double[] diagonal = new double[chain.Kernel.States];
        for (int s = 0; s < diagonal.Length; s++)
        {
            double stay = 0;
            ReadOnlySpan<double> probabilities = chain.Probabilities(s);
            for (int a = 0; a < probabilities.Length; a++)
                if (probabilities[a] > 0)
                    foreach (Successor next in chain.Kernel.Successors(s, a))
                        if (next.State == s) stay += probabilities[a] * next.Probability;
            diagonal[s] = 1 / (1 - (chain.Discount * stay));
        }

        return diagonal;
    }
}
