using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>
/// Gaussian elimination of I - gamma P without a single subtraction (Grassmann, Taksar and Heyman 1985; O'Cinneide 1996; Alfa, Xue and Ye 2002).
/// </summary>
/// <remarks>
/// The matrix is diagonally dominant with positive diagonal, non-negative P and row excess 1 - gamma. A pivot is the excess of its row plus the row's
/// remaining off-diagonal entries, so all of elimination and both triangular solves add and multiply non-negative numbers: for a non-negative right-hand side
/// every entry of the solution, however small, comes out with a relative error of order S roundoffs, whatever the condition number. That is what keeps a visitation
/// of 1e-200 right. O(S^3 / 3) multiply-adds, O(S^2) memory. Eight pivots at a time: a row takes the multiples of eight rows in one pass, unless all of them are zero.
/// </remarks>
internal sealed class Elimination
{
    private const int Panel = 8; // the multiples that AddMultiples writes out

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
        for (int first = 0; first < _n; first += Panel)
        {
            int end = Math.Min(first + Panel, _n);
            for (int i = first; i < end; i++)
            {
                Span<double> row = Row(i);
                for (int k = first; k < i; k++) AddMultiple(Multiplier(i, k, excess), Row(k)[(k + 1)..], row[(k + 1)..]);
                double pivot = excess[i];
                foreach (double x in row[(i + 1)..]) pivot += x;
                _pivots[i] = pivot;
            }

            for (int i = end; i < _n; i++)
            {
                Span<double> row = Row(i);
                if (!row[first..end].ContainsAnyExcept(0.0)) continue;
                for (int k = first; k < end; k++) AddMultiple(Multiplier(i, k, excess), Row(k)[(k + 1)..end], row[(k + 1)..end]);
                AddMultiples(row[first..end], _factors.AsSpan((first * _n) + end), row[end..]);
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

    /// <summary>The multiple of row k that takes the entry at k out of row i; it is stored in place of that entry.</summary>
    private double Multiplier(int i, int k, double[] excess)
    {
        double factor = Row(i)[k] /= _pivots[k];
        excess[i] += factor * excess[k];
        return factor;
    }

    /// <summary>Adds multiples of <see cref="Panel"/> rows, which lie n entries apart, to another row.</summary>
    private void AddMultiples(ReadOnlySpan<double> factors, ReadOnlySpan<double> rows, Span<double> y)
    {
        Vector<double> f0 = new(factors[0]), f1 = new(factors[1]), f2 = new(factors[2]), f3 = new(factors[3]), f4 = new(factors[4]), f5 = new(factors[5]), f6 = new(factors[6]), f7 = new(factors[7]);
        ref double sums = ref MemoryMarshal.GetReference(y), entries = ref MemoryMarshal.GetReference(rows);
        int i = 0, width = Vector<double>.Count;
        for (; i <= y.Length - width; i += width)
        {
            // The eighth row reaches exactly as far as the row they are added to: all loads are inside the matrix.
            ref double entry = ref Unsafe.Add(ref entries, i);
            Vector<double> sum = Vector.LoadUnsafe(ref sums, (nuint)i);
            sum = Vector.FusedMultiplyAdd(f0, Vector.LoadUnsafe(ref entry), sum);
            sum = Vector.FusedMultiplyAdd(f1, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, _n)), sum);
            sum = Vector.FusedMultiplyAdd(f2, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 2 * _n)), sum);
            sum = Vector.FusedMultiplyAdd(f3, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 3 * _n)), sum);
            sum = Vector.FusedMultiplyAdd(f4, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 4 * _n)), sum);
            sum = Vector.FusedMultiplyAdd(f5, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 5 * _n)), sum);
            sum = Vector.FusedMultiplyAdd(f6, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 6 * _n)), sum);
            sum = Vector.FusedMultiplyAdd(f7, Vector.LoadUnsafe(ref Unsafe.Add(ref entry, 7 * _n)), sum);
            sum.StoreUnsafe(ref sums, (nuint)i);
        }

        for (; i < y.Length; i++)
            for (int k = 0; k < Panel; k++) y[i] = Math.FusedMultiplyAdd(factors[k], rows[(k * _n) + i], y[i]);
    }

    private static void AddMultiple(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        int i = 0, width = Vector<double>.Count;
        Vector<double> factors = new(factor);
        for (; i <= x.Length - width; i += width)
            Vector.FusedMultiplyAdd(factors, new Vector<double>(x[i..]), new Vector<double>(y[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
    }
}
