using Rift.Mdp;

namespace Rift.Bench;

/// <summary>The library's sweep from a fixed V: what is measured.</summary>
/// <remarks>V[s] = sin(0.37 s): without structure, and the same for every program that is compared. Its threads spin between sweeps until it is disposed of.</remarks>
internal sealed class FusedSweep : IDisposable
{
    private readonly BellmanSweep _sweep;
    private readonly AlignedBuffer<double> _values, _next;

    internal FusedSweep(SoftProblem problem, int threads)
    {
        int states = problem.Mdp.States;
        _sweep = new BellmanSweep(problem, threads);
        _values = BellmanSweep.Room(states);
        _next = BellmanSweep.Room(states);
        StartValues(states).CopyTo(_values.Span);
    }

    /// <summary>The name of the layout that the kernel chose.</summary>
    internal string Kernel => _sweep.Layout;

    /// <summary>T V, once backed up.</summary>
    internal ReadOnlySpan<double> Next => _next.Span;

    /// <summary>Computes T V; returns the smallest and the largest change.</summary>
    internal (double Least, double Most) Backup() => _sweep.Backup(_values, _next);

    /// <summary>The V that sweeps start from.</summary>
    internal static double[] StartValues(int states)
    {
        double[] values = new double[states];
        for (int s = 0; s < states; s++) values[s] = Math.Sin(0.37 * s);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();
}
