using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A solver stopped after each of its sweeps: V from 0 on, and the bracket that one backup proves.</summary>
/// <remarks>Every stop is a solution with a certificate like any other, and the next one starts from its V, the midpoint of its bracket. Brackets do not see constants, so those of value iteration are the same as without stops.</remarks>
public sealed class SweepRun
{
    private readonly SoftProblem _problem;
    private readonly Sweeper _sweeper;
    private readonly List<SoftSolution> _stops = [];

    /// <summary>A run.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="sweeper">The solver.</param>
    public SweepRun(SoftProblem problem, Sweeper sweeper)
    {
        ArgumentNullException.ThrowIfNull(problem);
        (_problem, _sweeper) = (problem, sweeper);
    }

    /// <summary>The stops so far, the first after one sweep.</summary>
    public IReadOnlyList<SoftSolution> Stops => _stops;

    /// <summary>Whether the tolerance was reached at the last stop.</summary>
    public bool Ended => _stops.Count > 0 && _stops[^1].Outcome == Outcome.Converged;

    /// <summary>Runs until a sweep, or until the tolerance is reached.</summary>
    /// <param name="sweep">The sweep, at least 1.</param>
    /// <param name="mostNew">The most sweeps to run in this call.</param>
    /// <returns>Whether the sweep, or the end, was reached.</returns>
    public bool RunTo(int sweep, int mostNew = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sweep, 1);
        for (int run = 0; _stops.Count < sweep && !Ended; run++)
        {
            if (run == mostNew) return false;
            _stops.Add(Next());
        }

        return true;
    }

    /// <summary>The stop at a sweep, or the last one before.</summary>
    public SoftSolution At(int sweep) => _stops[Math.Clamp(sweep, 1, _stops.Count) - 1];

    private SoftSolution Next() => _sweeper switch
    {
        Sweeper.ValueIteration => new ValueIteration { MaxIterations = 1 }.Solve(_problem, null, Last),
        // Sweeps from the ends keep a V below V* below it: each goes on from the lower end of the bracket. One sweep, and the backup that proves it.
        Sweeper.GaussSeidel => new GaussSeidel { MaxIterations = 2 }.Solve(_problem, null, _stops.Count == 0 ? default : _stops[^1].Certificate.Lower),
        // A linear solve, and the backup that proves what has become of it.
        _ => new SoftPolicyIteration { MaxIterations = 2 }.Solve(_problem, null, Last),
    };

    private ReadOnlySpan<double> Last => _stops.Count == 0 ? default : _stops[^1].Values;
}
