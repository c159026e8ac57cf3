namespace Rift.Mdp;

/// <summary>The system solved by sweeps of a splitting: stabilised bi-conjugate gradients, restarted from the true residual, with plain sweeps as the safeguard.</summary>
/// <remarks>
/// The true residual decides what is kept, so a breakdown costs work and never accuracy. Plain sweeps always converge. What is decided depends on measured residuals and counted work alone.
/// </remarks>
internal sealed class IterativeSolve(Splitting splitting)
{
    private const int Restarts = 12;
    private const int MostSafeguardSweeps = 3000;

    // A run ends where its own residual has shrunk by so much: rounding separates it from the true one.
    private const double Reach = 1e-12;

    /// <summary>Solves (I - gamma P_pi) x = b, or its transpose where the norm is the sum.</summary>
    /// <param name="b">S entries.</param>
    /// <param name="norm">The norm in which the residual is measured.</param>
    /// <param name="target">A residual, its rounding included, that is small enough; 0 goes as far as rounding allows.</param>
    /// <param name="cancellation">Ends the iteration early; what is returned still holds.</param>
    /// <returns>x, a bound of the norm of its residual, rounding included, and the number of sweeps.</returns>
    internal (double[] X, double Residual, int Sweeps) Solve(ReadOnlySpan<double> b, ErrorNorm norm, double target, CancellationToken cancellation)
    {
        bool transposed = norm == ErrorNorm.Sum;
        int n = b.Length, sweeps = 0;
        double[] right = new double[n], best = new double[n], found = new double[n], residual = new double[n];
        using WorkCrew? crew = Halves.Crew(n, splitting.Threads);
        splitting.Arrange(b, right);
        right.CopyTo(residual, 0);
        double smallest = norm.Of(residual), floor = Floor(right, best, norm);
        // Enough that a safeguard shrinks the residual by e^2, where the discount lets that be affordable.
        int safeguardSweeps = (int)Math.Min(200 + (2 / (1 - splitting.Chain.Discount)), MostSafeguardSweeps);
        for (int restart = 0; restart < Restarts && smallest > Enough() && !cancellation.IsCancellationRequested; restart++)
        {
            best.CopyTo(found, 0);
            sweeps += BiCgStab.Improve(splitting, norm, residual, found, Math.Max(Enough(), Reach * smallest), 2 * (n + 50), crew, cancellation);
            double before = smallest;
            if (Accept() < 0.5 * before) continue;

            // Krylov has broken down or stagnates.
            best.CopyTo(found, 0);
            double[] step = new double[n], rest = new double[n];
            double size = smallest;
            for (int sweep = 0; sweep < safeguardSweeps && size > Enough() && !cancellation.IsCancellationRequested; sweep++)
            {
                splitting.Sweep(residual, step, rest, transposed, crew);
                (residual, rest) = (rest, residual);
                for (int i = 0; i < n; i++) found[i] += step[i];
                size = norm.Of(residual);
                sweeps++;
            }

            if (Accept() > 0.9 * before && smallest <= 4 * floor) break;
        }

        double[] x = new double[n];
        splitting.Restore(best, x);
        return (x, smallest + floor, sweeps);

        double Enough() => this.Enough(target, floor, norm.Of(best));

        // Keeps what was found if its true residual is smaller; leaves the residual of what is kept.
        double Accept()
        {
            splitting.Residual(right, found, residual, transposed, crew);
            double size = norm.Of(residual);
            if (size < smallest)
            {
                smallest = size;
                found.CopyTo(best, 0);
                floor = Floor(right, best, norm);
            }
            else
            {
                splitting.Residual(right, best, residual, transposed, crew);
            }

            return smallest;
        }
    }

    /// <summary>What <see cref="SolveEight"/> sweeps with, for any number of threads and eights. Null where the chain is not stored.</summary>
    internal OrderedSplitting? SystemForMany(ErrorNorm norm) => norm == ErrorNorm.Sum ? (splitting as OrderedSplitting)?.Transposed() : splitting as OrderedSplitting;

    /// <summary>Solves up to eight systems side by side, as <see cref="Solve"/> does one by one: whatever is beside it, a system's solution has the same bits.</summary>
    /// <remarks>What a run from the true residual does not halve is solved by itself. So is everything where the chain is not stored.</remarks>
    internal (double[] X, double Residual, int Sweeps)[] SolveEight(ColumnBiCgStab? method, ReadOnlySpan<double[]> b, ErrorNorm norm, ReadOnlySpan<double> targets, CancellationToken cancellation)
    {
        int count = b.Length;
        var solved = new (double[] X, double Residual, int Sweeps)[count];
        if (method is null)
        {
            for (int c = 0; c < count; c++) solved[c] = Solve(b[c], norm, targets[c], cancellation);
            return solved;
        }

        method.Begin(b);
        double[] rights = ColumnBiCgStab.Norms(method.Right, norm), smallest = [.. rights], xs = new double[8], enough = new double[8], floor = new double[8], goal = new double[8];
        int[] sweeps = new int[8];
        bool[] open = [.. Enumerable.Range(0, 8).Select(c => c < count)], failed = new bool[8];
        for (int restart = 0; ; restart++)
        {
            for (int c = 0; c < count; c++)
            {
                floor[c] = Floor(rights[c], xs[c], norm);
                enough[c] = Enough(targets[c], floor[c], xs[c]);
                goal[c] = Math.Max(enough[c], Reach * smallest[c]);
                open[c] &= smallest[c] > enough[c] && !failed[c] && restart < Restarts;
            }

            if (!open.Contains(true) || cancellation.IsCancellationRequested) break;
            method.Improve(goal, open, 2 * (b[0].Length + 50), sweeps, cancellation);
            double[] sizes = method.Residual();
            ColumnBiCgStab.Norms(method.X, norm).CopyTo(xs, 0);
            for (int c = 0; c < count; c++)
            {
                if (!open[c]) continue;
                failed[c] = !(sizes[c] < 0.5 * smallest[c]);
                smallest[c] = sizes[c];
            }
        }

        for (int c = 0; c < count; c++)
        {
            if (failed[c] && !(smallest[c] <= Math.Max(enough[c], 4 * floor[c])))
            {
                solved[c] = Solve(b[c], norm, targets[c], cancellation);
                solved[c].Sweeps += sweeps[c];
                continue;
            }

            solved[c] = (method.Column(c), smallest[c] + floor[c], sweeps[c]);
        }

        return solved;
    }

    /// <summary>A residual, its rounding apart, that is small enough: a quarter of what rounding and the rows of the chain leave in doubt anyway, or what the target asks for.</summary>
    private double Enough(double target, double floor, double x) => Math.Max(target - floor, (floor + (splitting.Chain.Discount * splitting.Chain.RowError * x)) / 4);

    /// <summary>A bound of the rounding error of a computed residual: one roundoff for each term of its sums, counted for the longest.</summary>
    private double Floor(ReadOnlySpan<double> b, ReadOnlySpan<double> x, ErrorNorm norm) =>
        Floor(norm.Of(b), norm.Of(x), norm);

    private double Floor(double b, double x, ErrorNorm norm) => Rounding.OfResidual(splitting.Roundings(norm == ErrorNorm.Sum), splitting.Chain.Discount, x, b);
}
