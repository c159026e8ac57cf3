using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>A small sparse matrix as one stream of terms <c>y(row) += p x(i) + q x(j)</c>: short rows of one to a few entries without a loop for each.</summary>
/// <remarks>
/// 32 bytes a term, a term for every two entries of a row; a row of odd length ends with q = 0 and j = i. In row order, so that a range of rows is a range of
/// terms. An entry passes through at most as many roundings as its row has entries.
/// </remarks>
internal sealed class PairedRows
{
    private readonly int[] _start; // of the terms of each row
    private readonly Term[] _terms;

    /// <summary>The matrix from compressed rows.</summary>
    internal PairedRows(ReadOnlySpan<int> rowStart, ReadOnlySpan<int> column, ReadOnlySpan<double> probability)
    {
        _start = new int[rowStart.Length];
        List<Term> terms = [];
        for (int row = 0; row < rowStart.Length - 1; row++)
        {
            for (int k = rowStart[row]; k < rowStart[row + 1]; k += 2)
                terms.Add(k + 1 < rowStart[row + 1] ? new Term(row, column[k], column[k + 1], probability[k], probability[k + 1]) : new Term(row, column[k], column[k], probability[k], 0));
            _start[row + 1] = terms.Count;
        }

        _terms = [.. terms];
    }

    /// <summary>The matrix from its entries, of which the zeros are left out, and the length of its longest row.</summary>
    internal static (PairedRows Matrix, int LongestRow) Of(int rows, int columns, Func<int, int, double> entry)
    {
        int[] rowStart = new int[rows + 1];
        List<int> column = [];
        List<double> probability = [];
        int longest = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int c = 0; c < columns; c++)
            {
                if (entry(row, c) is not (double p and not 0)) continue;
                column.Add(c);
                probability.Add(p);
            }

            rowStart[row + 1] = column.Count;
            longest = Math.Max(longest, rowStart[row + 1] - rowStart[row]);
        }

        return (new PairedRows(rowStart, CollectionsMarshal.AsSpan(column), CollectionsMarshal.AsSpan(probability)), longest);
    }

    /// <summary>Adds rows first to last - 1 of M x to y: row r at index <c>(r - first) stepY</c>, x(i) at index <c>i stepX</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void AddProduct(int first, int last, ReadOnlySpan<double> x, int stepX, Span<double> y, int stepY)
    {
        // Indices were made from a checked matrix; the callers' spans reach to its last row and column. Bounds checks would cost a third of the time.
        ref double xs = ref MemoryMarshal.GetReference(x), ys = ref MemoryMarshal.GetReference(y);
        foreach (ref readonly Term term in _terms.AsSpan(_start[first].._start[last]))
        {
            Debug.Assert((term.Row - first) * stepY < y.Length && Math.Max(term.I, term.J) * stepX < x.Length);
            Unsafe.Add(ref ys, (term.Row - first) * stepY) += (term.P * Unsafe.Add(ref xs, term.I * stepX)) + (term.Q * Unsafe.Add(ref xs, term.J * stepX));
        }
    }

    /// <summary>result = row r of M X, from a column on, where X is a matrix of rows of the given width.</summary>
    /// <remarks>Products and sums are rounded one by one, so that the bits do not depend on the width of the vectors.</remarks>
    internal void Combine(int row, ReadOnlySpan<double> x, int width, int from, Span<double> result)
    {
        result.Clear();
        foreach (ref readonly Term term in _terms.AsSpan(_start[row].._start[row + 1]))
            Add(term.P, x.Slice((term.I * width) + from, result.Length), term.Q, x.Slice((term.J * width) + from, result.Length), result);
    }

    /// <summary>y += p x.</summary>
    internal static void Add(double p, ReadOnlySpan<double> x, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x);
        Span<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y)[..wideX.Length];
        for (int i = 0; i < wideX.Length; i++) wideY[i] += p * wideX[i];
        for (int i = wideX.Length * Vector<double>.Count; i < x.Length; i++) y[i] += p * x[i];
    }

    private static void Add(double p, ReadOnlySpan<double> x, double q, ReadOnlySpan<double> z, Span<double> y)
    {
        ReadOnlySpan<Vector<double>> wideX = MemoryMarshal.Cast<double, Vector<double>>(x), wideZ = MemoryMarshal.Cast<double, Vector<double>>(z)[..wideX.Length];
        Span<Vector<double>> wideY = MemoryMarshal.Cast<double, Vector<double>>(y)[..wideX.Length];
        for (int i = 0; i < wideX.Length; i++) wideY[i] += (p * wideX[i]) + (q * wideZ[i]);
        for (int i = wideX.Length * Vector<double>.Count; i < x.Length; i++) y[i] += (p * x[i]) + (q * z[i]);
    }

    private readonly record struct Term(int Row, int I, int J, double P, double Q);
}
