using System.Numerics;

namespace Rift.Mdp;

/// <summary>
/// Gaussian elimination of I - gamma P without a single subtraction (Grassmann, Taksar and Heyman 1985; O'Cinneide 1996; Alfa, Xue and Ye 2002).
/// </summary>
/// <remarks>
/// The matrix is diagonally dominant with positive diagonal, non-negative P and row excess 1 - gamma. A pivot is the excess of its row plus the row's
/// remaining off-diagonal entries, so all of elimination and both triangular solves add and multiply non-negative numbers: for a non-negative right-hand side
/// every entry of the solution, however small, comes out with a relative error of order S roundoffs, whatever the condition number. That is what keeps a visitation
/// of 1e-200 right. O(S^3 / 3) multiply-adds, O(S^2) memory; zero multipliers are skipped.
/// </remarks>
internal sealed class Elimination
{
    private readonly int _n;
    private readonly double[] _factors; // row i: multipliers left of the diagonal, the eliminated row of U (negated) right of it
    private readonly double[] _pivots;

    /// <summary>Factorises in place.</summary>
    /// <param name="offDiagonal">gamma P, n x n row by row; the diagonal is not read. Taken over.</param>
    /// <param name="excess">The row sums of I - gamma P, n positive numbers. Taken over.</param>
    internal Elimination(double[] offDiagonal, double[] excess)
    {
        _n = excess.Length;
        _factors = offDiagonal;
        _pivots = new double[_n];
        for (int k = 0; k < _n; k++)
        {
            ReadOnlySpan<double> right = Row(k)[(k + 1)..];
            double pivot = excess[k];
            foreach (double x in right) pivot += x;
            _pivots[k] = pivot;
            for (int i = k + 1; i < _n; i++)
            {
                Span<double> row = Row(i);
                if (row[k] == 0) continue;
                double factor = row[k] / pivot;
                row[k] = factor;
                excess[i] += factor * excess[k];
                AddMultiple(factor, right, row[(k + 1)..]);
            }
        }
    }

    /// <summary>Solves (I - gamma P) x = b in place.</summary>
    internal void Solve(Span<double> x)
    {
        for (int i = 0; i < _n; i++)
        {
            ReadOnlySpan<double> left = Row(i)[..i];
            for (int k = 0; k < left.Length; k++) x[i] += left[k] * x[k];
        }

        for (int i = _n - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = Row(i);
            for (int k = i + 1; k < _n; k++) x[i] += row[k] * x[k];
            x[i] /= _pivots[i];
        }
    }

    /// <summary>Solves x (I - gamma P) = b in place: the transposed system.</summary>
    internal void SolveTransposed(Span<double> x)
    {
        for (int i = 0; i < _n; i++)
        {
            x[i] /= _pivots[i];
            AddMultiple(x[i], Row(i)[(i + 1)..], x[(i + 1)..]);
        }

        for (int i = _n - 1; i >= 0; i--) AddMultiple(x[i], Row(i)[..i], x[..i]);
    }

    private Span<double> Row(int i) => _factors.AsSpan(i * _n, _n);

    private static void AddMultiple(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0, width = Vector<double>.Count;
        Vector<double> factors = new(factor);
        for (; i <= x.Length - width; i += width)
            Vector.FusedMultiplyAdd(factors, new Vector<double>(x[i..]), new Vector<double>(y[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
    }
}
