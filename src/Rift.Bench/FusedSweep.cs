using Rift.Mdp;

namespace Rift.Bench;

/// <summary>The library's sweep: what is measured.</summary>
internal sealed class FusedSweep(SoftProblem problem, int threads)
{
    /// <summary>The name of the layout that the kernel chose.</summary>
    internal string Kernel { get; } = "scalar";

    /// <summary>Writes T V into <paramref name="next"/>; returns the smallest and the largest change.</summary>
    internal (double Least, double Most) Backup(double[] values, double[] next) => BellmanSweep.Backup(problem, values, next, threads);

    /// <summary>The V that sweeps start from: without structure, and the same for every program that is compared.</summary>
    internal static double[] StartValues(int states)
    {
        double[] values = new double[states];
        for (int s = 0; s < states; s++) values[s] = Math.Sin(0.37 * s);
        return values;
    }
}
