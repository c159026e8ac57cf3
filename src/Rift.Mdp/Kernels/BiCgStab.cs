namespace Rift.Mdp;

/// <summary>The stabilised bi-conjugate gradient method (van der Vorst 1992), preconditioned from the right by a splitting: a sweep is a product.</summary>
internal static class BiCgStab
{
    // So many products without a residual below nine tenths of the best so far mean that rounding has broken the recurrence.
    private const int Patience = 400;

    /// <summary>Improves <paramref name="x"/> until the recursive residual is below <paramref name="target"/> in the norm, breaks down, stagnates, or the sweeps are used up.</summary>
    /// <param name="system">The system; the transposed one where <paramref name="norm"/> is the sum.</param>
    /// <param name="norm">The norm of the error that is bounded in the end.</param>
    /// <param name="r">The residual of x; used up.</param>
    /// <param name="x">The solution so far, improved.</param>
    /// <param name="target">The residual to reach.</param>
    /// <param name="maxSweeps">The most sweeps.</param>
    /// <param name="cancellation">Ends the method early.</param>
    /// <returns>The number of sweeps. Whether x is any good is for the caller to measure: this method promises nothing.</returns>
    internal static int Improve(Splitting system, ErrorNorm norm, double[] r, double[] x, double target, int maxSweeps, CancellationToken cancellation)
    {
        int n = r.Length, sweeps = 0, bestAt = 0;
        bool transposed = norm == ErrorNorm.Sum;
        double[] shadow = [.. r], p = [.. r], v = new double[n], y = new double[n], t = new double[n];
        double rho = Dot(r, r), size = norm.Of(r), best = size;
        while (size > target && sweeps + 2 <= maxSweeps && sweeps - bestAt <= Patience && !cancellation.IsCancellationRequested)
        {
            double alpha = rho / Product(system, p, v, y, shadow, transposed).WithLeft;
            if (!double.IsFinite(alpha)) break;
            sweeps++;
            Move(alpha, y, x);
            size = Move(-alpha, v, r, norm);
            if (size <= target) break;

            (double tr, double tt) = Product(system, r, t, y, r, transposed);
            double omega = tr / tt;
            if (!double.IsFinite(omega) || omega == 0) break;
            sweeps++;
            Move(omega, y, x);
            size = Move(-omega, t, r, norm);
            if (size < 0.9 * best) (best, bestAt) = (size, sweeps);

            double next = Dot(shadow, r), beta = next / rho * (alpha / omega);
            if (!double.IsFinite(beta) || next == 0) break;
            rho = next;
            for (int i = 0; i < n; i++) p[i] = r[i] + (beta * (p[i] - (omega * v[i])));
        }

        return sweeps;
    }

    /// <summary>v = A y with y = M^-1 u, and the inner products of v with another vector and with itself.</summary>
    private static (double WithLeft, double WithItself) Product(Splitting system, double[] u, double[] v, double[] y, double[] left, bool transposed)
    {
        u.CopyTo(v, 0);
        system.Sweep(v, y, transposed);
        double withLeft = 0, withItself = 0;
        for (int i = 0; i < v.Length; i++)
        {
            double product = v[i] = u[i] - v[i];
            withLeft += left[i] * product;
            withItself += product * product;
        }

        return (withLeft, withItself);
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    private static void Move(double factor, double[] direction, double[] x)
    {
        for (int i = 0; i < x.Length; i++) x[i] += factor * direction[i];
    }

    private static double Move(double factor, double[] direction, double[] x, ErrorNorm norm)
    {
        Move(factor, direction, x);
        return norm.Of(x);
    }
}
