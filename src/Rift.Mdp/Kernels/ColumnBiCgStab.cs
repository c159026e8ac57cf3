using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rift.Mdp;

/// <summary>Eight systems of one chain side by side, each solved as <see cref="BiCgStab"/> solves one: a sweep serves all of them, a column's scalars are its own.</summary>
/// <remarks>Every operation acts column by column, so a column's arithmetic does not depend on the others. A column that has ended keeps its x.</remarks>
internal sealed class ColumnBiCgStab
{
    // As for a single system.
    private const int Patience = 400;

    private readonly OrderedSplitting _system;
    private readonly ErrorNorm _norm;
    private readonly AlignedBuffer<double> _right, _x, _residual, _shadow, _p, _v, _y, _t;

    internal ColumnBiCgStab(OrderedSplitting system, ErrorNorm norm)
    {
        (_system, _norm) = (system, norm);
        (_right, _x, _residual, _shadow, _p, _v, _y, _t) = (Room(system), Room(system), Room(system), Room(system), Room(system), Room(system), Room(system), Room(system));
    }

    /// <summary>The right-hand sides b.</summary>
    internal Span<Vector512<double>> Right => Eights(_right);

    /// <summary>The solutions so far.</summary>
    internal Span<Vector512<double>> X => Eights(_x);

    /// <summary>Writes up to eight right-hand sides, zero in the columns that are left, and starts from zero.</summary>
    internal void Begin(ReadOnlySpan<double[]> b)
    {
        Span<double> right = _right.Span;
        right.Clear();
        for (int s = 0; s < _system.Chain.Kernel.States; s++)
            for (int c = 0; c < b.Length; c++) right[(_system.Place(s) * 8) + c] = b[c][s];
        X.Clear();
        Right.CopyTo(Eights(_residual));
    }

    /// <summary>The solution in a column, in the order of the states.</summary>
    internal double[] Column(int c)
    {
        double[] column = new double[_system.Chain.Kernel.States];
        ReadOnlySpan<double> x = _x.Span;
        for (int s = 0; s < column.Length; s++) column[s] = x[(_system.Place(s) * 8) + c];
        return column;
    }

    /// <summary>Computes b - A x; the norm of each column.</summary>
    internal double[] Residual()
    {
        _system.Residual<Lanes512, Vector512<double>>(Right, X, Eights(_residual));
        return Norms(Eights(_residual), _norm);
    }

    /// <summary>Room for eight vectors side by side: a cache line a state.</summary>
    private static AlignedBuffer<double> Room(OrderedSplitting system) => new(checked(system.Chain.Kernel.States * 8));

    /// <summary>Eight vectors as one of eights.</summary>
    private static Span<Vector512<double>> Eights(AlignedBuffer<double> buffer) => MemoryMarshal.Cast<double, Vector512<double>>(buffer.Span);

    /// <summary>Improves the columns of <see cref="X"/>, whose residual is as <see cref="Begin"/> or <see cref="Residual"/> left it, until the recursive residual of each is below its target, breaks down, stagnates, or the sweeps are used up.</summary>
    /// <param name="targets">The residual each column is to reach.</param>
    /// <param name="columns">Which columns take part.</param>
    /// <param name="maxSweeps">The most sweeps.</param>
    /// <param name="sweeps">The sweeps of each column, counted on.</param>
    /// <param name="cancellation">Ends the method early.</param>
    internal void Improve(double[] targets, bool[] columns, int maxSweeps, int[] sweeps, CancellationToken cancellation)
    {
        bool[] active = [.. columns];
        double[] size = Norms(Eights(_residual), _norm), best = [.. size], rho = new double[8], alpha = new double[8], omega = new double[8], beta = new double[8];
        int[] bestAt = new int[8];
        Span<Vector512<double>> r = Eights(_residual), x = X, p = Eights(_p), v = Eights(_v), t = Eights(_t);
        r.CopyTo(Eights(_shadow));
        r.CopyTo(p);
        Dot(r, r).CopyTo(rho);
        for (int done = 0; ; done += 2)
        {
            for (int c = 0; c < 8; c++) active[c] &= size[c] > targets[c] && done + 2 <= maxSweeps && done - bestAt[c] <= Patience && !cancellation.IsCancellationRequested;
            if (!active.Contains(true)) return;

            (Vector512<double> left, _) = Product(p, v, Eights(_shadow));
            for (int c = 0; c < 8; c++) active[c] &= double.IsFinite(alpha[c] = rho[c] / left[c]);
            Count(active, sweeps);
            Advance(alpha, v, x, r, active, size);
            for (int c = 0; c < 8; c++) active[c] &= size[c] > targets[c];

            (Vector512<double> tr, Vector512<double> tt) = Product(r, t, r);
            for (int c = 0; c < 8; c++) active[c] &= double.IsFinite(omega[c] = tr[c] / tt[c]) && omega[c] != 0;
            Count(active, sweeps);
            Vector512<double> next = Advance(omega, t, x, r, active, size);
            for (int c = 0; c < 8; c++)
            {
                if (active[c] && size[c] < 0.9 * best[c]) (best[c], bestAt[c]) = (size[c], done + 2);
                beta[c] = next[c] / rho[c] * (alpha[c] / omega[c]);
                active[c] &= double.IsFinite(beta[c]) && next[c] != 0;
                rho[c] = next[c];
            }

            Vector512<double> betas = Vector512.Create(beta), omegas = Vector512.Create(omega);
            for (int i = 0; i < r.Length; i++) p[i] = r[i] + (betas * (p[i] - (omegas * v[i])));
        }
    }

    private static void Count(bool[] active, int[] sweeps)
    {
        for (int c = 0; c < 8; c++) sweeps[c] += active[c] ? 1 : 0;
    }

    /// <summary>The norm of each column.</summary>
    internal static double[] Norms(ReadOnlySpan<Vector512<double>> x, ErrorNorm norm)
    {
        Vector512<double> result = default;
        foreach (Vector512<double> entry in x) result = norm == ErrorNorm.Sum ? result + Vector512.Abs(entry) : Vector512.Max(result, Vector512.Abs(entry));
        double[] norms = new double[8];
        result.CopyTo(norms);
        return norms;
    }

    /// <summary>v = A y with y = M^-1 u, and the inner products of v with another vector and with itself.</summary>
    private (Vector512<double> WithLeft, Vector512<double> WithItself) Product(ReadOnlySpan<Vector512<double>> u, Span<Vector512<double>> v, ReadOnlySpan<Vector512<double>> left)
    {
        _system.Gather<Lanes512, Vector512<double>>(u, Eights(_y), v);
        Vector512<double> withLeft = default, withItself = default;
        for (int i = 0; i < v.Length; i++)
        {
            Vector512<double> product = v[i] = u[i] - v[i];
            withLeft += left[i] * product;
            withItself += product * product;
        }

        return (withLeft, withItself);
    }

    /// <summary>x += factor y and r -= factor v in the active columns: the norms of r, and the inner products with the shadow residual.</summary>
    private Vector512<double> Advance(double[] factor, ReadOnlySpan<Vector512<double>> v, Span<Vector512<double>> x, Span<Vector512<double>> r, bool[] active, double[] size)
    {
        Vector512<double> factors = Vector512.Create(factor), withShadow = default, sum = default, largest = default;
        Span<Vector512<double>> y = Eights(_y), shadow = Eights(_shadow);
        Vector512<double> mask = Vector512.Create(Array.ConvertAll(active, on => on ? -1L : 0L)).AsDouble();
        for (int i = 0; i < r.Length; i++)
        {
            x[i] = Vector512.ConditionalSelect(mask, x[i] + (factors * y[i]), x[i]);
            Vector512<double> residual = r[i] = Vector512.ConditionalSelect(mask, r[i] - (factors * v[i]), r[i]), absolute = Vector512.Abs(residual);
            withShadow += shadow[i] * residual;
            sum += absolute;
            largest = Vector512.Max(largest, absolute);
        }

        (_norm == ErrorNorm.Sum ? sum : largest).CopyTo(size);
        return withShadow;
    }

    private static Vector512<double> Dot(ReadOnlySpan<Vector512<double>> x, ReadOnlySpan<Vector512<double>> y)
    {
        Vector512<double> sum = default;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
