namespace Rift.Mdp;

/// <summary>The stabilised bi-conjugate gradient method (van der Vorst 1992), preconditioned by the diagonal, matrix-free.</summary>
internal static class BiCgStab
{
    /// <summary>An application of the matrix: y = A x.</summary>
    internal delegate void Apply(ReadOnlySpan<double> x, Span<double> y);

    // So many products without a residual below nine tenths of the best so far mean that rounding has broken the recurrence.
    private const int Patience = 400;

    /// <summary>Improves <paramref name="x"/> until the recursive residual is below <paramref name="target"/> in the Euclidean norm, breaks down, stagnates, or the products are used up.</summary>
    /// <returns>The number of products with A. Whether x is any good is for the caller to measure: this method promises nothing.</returns>
    internal static int Improve(Apply apply, ReadOnlySpan<double> inverseDiagonal, ReadOnlySpan<double> b, Span<double> x, double target, int maxProducts, CancellationToken cancellation)
    {
        int n = b.Length, products = 1;
        double[] r = new double[n], v = new double[n], p = new double[n], t = new double[n], y = new double[n];
        apply(x, r);
        for (int i = 0; i < n; i++) r[i] = b[i] - r[i];
        double[] shadow = [.. r];
        double rho = 1, alpha = 1, omega = 1, norm = Math.Sqrt(Dot(r, r)), best = norm;
        for (int bestAt = 0; norm > target && products + 2 <= maxProducts && products - bestAt <= Patience && !cancellation.IsCancellationRequested; norm = Math.Sqrt(Dot(r, r)))
        {
            if (norm < 0.9 * best) (best, bestAt) = (norm, products);
            double nextRho = Dot(shadow, r), beta = nextRho / rho * (alpha / omega);
            if (!double.IsFinite(beta) || nextRho == 0) break;
            rho = nextRho;
            for (int i = 0; i < n; i++)
            {
                p[i] = r[i] + (beta * (p[i] - (omega * v[i])));
                y[i] = inverseDiagonal[i] * p[i];
            }

            apply(y, v);
            alpha = rho / Dot(shadow, v);
            if (!double.IsFinite(alpha)) break;
            for (int i = 0; i < n; i++)
            {
                x[i] += alpha * y[i];
                r[i] -= alpha * v[i];
                y[i] = inverseDiagonal[i] * r[i];
            }

            apply(y, t);
            products += 2;
            omega = Dot(t, r) / Dot(t, t);
            if (!double.IsFinite(omega) || omega == 0) break;
            for (int i = 0; i < n; i++)
            {
                x[i] += omega * y[i];
                r[i] -= omega * t[i];
            }
        }

        return products;
    }

    private static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
