using System.Numerics;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>The stabilised bi-conjugate gradient method (van der Vorst 1992), preconditioned from the right by a splitting: a sweep is a product.</summary>
internal static class BiCgStab
{
    // So many products without a residual below nine tenths of the best so far mean that rounding has broken the recurrence.
    private const int Patience = 400;

    /// <summary>Improves <paramref name="x"/> until the recursive residual is below <paramref name="target"/> in the norm, breaks down, stagnates, or the sweeps are used up.</summary>
    /// <param name="system">The system; the transposed one where <paramref name="norm"/> is the sum.</param>
    /// <param name="norm">The norm in which the residual is measured.</param>
    /// <param name="r">The residual of x; used up.</param>
    /// <param name="x">The solution so far, improved.</param>
    /// <param name="target">The residual to reach.</param>
    /// <param name="maxSweeps">The most sweeps.</param>
    /// <param name="crew">Two who may share the work, or null; the bits do not depend on them.</param>
    /// <param name="cancellation">Ends the method early.</param>
    /// <returns>The number of sweeps. Whether x is any good is for the caller to measure: this method promises nothing.</returns>
    internal static int Improve(Splitting system, ErrorNorm norm, double[] r, double[] x, double target, int maxSweeps, WorkCrew? crew, CancellationToken cancellation)
    {
        int n = r.Length, sweeps = 0, bestAt = 0;
        bool transposed = norm == ErrorNorm.Sum;
        double[] shadow = [.. r], p = [.. r], v = new double[n], y = new double[n], t = new double[n];
        double size = norm.Of(r), best = size, rho = Dot(r, r);
        while (size > target && sweeps + 2 <= maxSweeps && sweeps - bestAt <= Patience && !cancellation.IsCancellationRequested)
        {
            double alpha = rho / Product(system, p, v, y, shadow, transposed, crew).WithLeft;
            if (!double.IsFinite(alpha)) break;
            sweeps++;
            (size, _) = Advance(crew, alpha, y, x, v, r, shadow, norm);
            if (size <= target) break;

            (double tr, double tt) = Product(system, r, t, y, r, transposed, crew);
            double omega = tr / tt;
            if (!double.IsFinite(omega) || omega == 0) break;
            sweeps++;
            (size, double next) = Advance(crew, omega, y, x, t, r, shadow, norm);
            if (size < 0.9 * best) (best, bestAt) = (size, sweeps);

            double beta = next / rho * (alpha / omega);
            if (!double.IsFinite(beta) || next == 0) break;
            rho = next;
            Turn(crew, beta, omega, r, v, p);
        }

        return sweeps;
    }

    /// <summary>v = A y with y = M^-1 u, and the inner products of v with another vector and with itself.</summary>
    private static (double WithLeft, double WithItself) Product(Splitting system, double[] u, double[] v, double[] y, double[] left, bool transposed, WorkCrew? crew)
    {
        system.Sweep(u, y, v, transposed, crew);
        ((double first, double itself), (double second, double itselfToo)) = Halves.Over(v.Length, crew, (from, end) => Subtract(u, v, left, from, end));
        return (first + second, itself + itselfToo);
    }

    private static (double WithLeft, double WithItself) Subtract(double[] u, double[] v, double[] left, int from, int end)
    {
        int i = from, width = Vector<double>.Count;
        Vector<double> withLeft = default, withItself = default;
        for (; i <= end - width; i += width)
        {
            Vector<double> product = Load(u, i) - Load(v, i);
            product.CopyTo(v, i);
            withLeft += Load(left, i) * product;
            withItself += product * product;
        }

        (double first, double second) = (Vector.Sum(withLeft), Vector.Sum(withItself));
        for (; i < end; i++)
        {
            double product = v[i] = u[i] - v[i];
            first += left[i] * product;
            second += product * product;
        }

        return (first, second);
    }

    /// <summary>x += factor y and r -= factor v: the norm of r, and its inner product with the shadow residual.</summary>
    private static (double Size, double WithShadow) Advance(WorkCrew? crew, double factor, double[] y, double[] x, double[] v, double[] r, double[] shadow, ErrorNorm norm)
    {
        ((double size, double product), (double sizeToo, double productToo)) = Halves.Over(r.Length, crew, (from, end) => Advance(factor, y, x, v, r, shadow, norm, from, end));
        return (norm == ErrorNorm.Sum ? size + sizeToo : Math.Max(size, sizeToo), product + productToo);
    }

    private static (double Size, double WithShadow) Advance(double factor, double[] y, double[] x, double[] v, double[] r, double[] shadow, ErrorNorm norm, int from, int end)
    {
        int i = from, width = Vector<double>.Count;
        Vector<double> withShadow = default, sum = default, largest = default, factors = new(factor);
        for (; i <= end - width; i += width)
        {
            (Load(x, i) + (factors * Load(y, i))).CopyTo(x, i);
            Vector<double> residual = Load(r, i) - (factors * Load(v, i)), absolute = Vector.Abs(residual);
            residual.CopyTo(r, i);
            withShadow += Load(shadow, i) * residual;
            sum += absolute;
            largest = Vector.Max(largest, absolute);
        }

        double size = norm == ErrorNorm.Sum ? Vector.Sum(sum) : norm.Of(MemoryMarshal.Cast<Vector<double>, double>(new ReadOnlySpan<Vector<double>>(in largest))), product = Vector.Sum(withShadow);
        for (; i < end; i++)
        {
            x[i] += factor * y[i];
            r[i] -= factor * v[i];
            product += shadow[i] * r[i];
            size = norm == ErrorNorm.Sum ? size + Math.Abs(r[i]) : Math.Max(size, Math.Abs(r[i]));
        }

        return (size, product);
    }

    /// <summary>The next search direction: p = r + beta (p - omega v).</summary>
    private static void Turn(WorkCrew? crew, double beta, double omega, double[] r, double[] v, double[] p) => Halves.Over(p.Length, crew, (from, end) =>
    {
        int i = from, width = Vector<double>.Count;
        Vector<double> betas = new(beta), omegas = new(omega);
        for (; i <= end - width; i += width) (Load(r, i) + (betas * (Load(p, i) - (omegas * Load(v, i))))).CopyTo(p, i);
        for (; i < end; i++) p[i] = r[i] + (beta * (p[i] - (omega * v[i])));
        return 0;
    });

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static Vector<double> Load(double[] x, int at) => new(x, at);
}
