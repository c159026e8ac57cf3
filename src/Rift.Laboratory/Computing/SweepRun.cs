using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A solver stopped after each of its sweeps: V from 0 on, and the bracket that one backup proves.</summary>
/// <remarks>Every stop is a run of its own for so many sweeps, whose certificate is that of any solution; what was run is kept. Value iteration goes on from where it stopped: its bracket does not see constants, so it is the same.</remarks>
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
        Sweeper.ValueIteration => new ValueIteration { MaxIterations = 1, Tolerance = Tolerance }.Solve(_problem, null, _stops.Count == 0 ? default : _stops[^1].Values),
        Sweeper.GaussSeidel => new GaussSeidel { MaxIterations = _stops.Count + 1, Tolerance = Tolerance }.Solve(_problem),
        _ => new SoftPolicyIteration { MaxIterations = _stops.Count + 1, Tolerance = Tolerance, Linear = LinearMethod.Elimination }.Solve(_problem),
    };

    // What a picture can show is reached long before the default.
    private static Tolerance Tolerance => Tolerance.Default;
}
