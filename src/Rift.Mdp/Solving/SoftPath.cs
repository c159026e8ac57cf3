using System.Globalization;

namespace Rift.Mdp;

/// <summary>A path of problems that are solved one after the other, each from the V of the one before: where it stands.</summary>
internal sealed class SoftPath
{
    private readonly IReadOnlyList<SoftProblem> _problems;
    private readonly Tolerance _tolerance;
    private readonly Execution _execution;
    private readonly SoftSolution[] _solutions;
    private double[]? _reached;
    private int _solved;

    internal SoftPath(IReadOnlyList<SoftProblem> problems, Tolerance tolerance, Execution execution)
    {
        (_problems, _tolerance, _execution, _solutions) = (problems, tolerance, execution, new SoftSolution[problems.Count]);
        if (!Ended) Bracket = new Bracket(problems[0], tolerance, execution);
    }

    /// <summary>The solutions so far, in the order of the problems.</summary>
    internal SoftSolution[] Solutions => _solutions;

    /// <summary>Whether all problems are solved.</summary>
    internal bool Ended => _solved == _problems.Count;

    /// <summary>The bracket of the problem that is next.</summary>
    internal Bracket Bracket { get; private set; } = null!;

    /// <summary>What is left to solve, the next one first.</summary>
    internal IEnumerable<SoftProblem> Ahead => _problems.Skip(_solved);

    /// <summary>Whether the next problem has one before it.</summary>
    internal bool Warm => _solved > 0;

    /// <summary>V of the next problem as far as it has got, S entries; empty for 0.</summary>
    internal ReadOnlySpan<double> Values => _reached ?? (Warm ? _solutions[_solved - 1].Values : default);

    /// <summary>Notes how far the next problem has got.</summary>
    internal void Reached(double[] values) => _reached = values;

    /// <summary>Notes the solution of the next problem, and goes on to the one behind it.</summary>
    internal void Solved(SoftSolution solution)
    {
        _solutions[_solved++] = solution;
        _reached = null;
        if (Ended) return;
        RequireStart(_problems[_solved], solution.Values);
        Bracket = new Bracket(_problems[_solved], _tolerance, _execution);
    }

    /// <exception cref="ArgumentOutOfRangeException">A backup could move the start by its own size, and the bracket by 1/(1 - gamma) times that, beyond the largest double.</exception>
    internal static void RequireStart(SoftProblem problem, ReadOnlySpan<double> start)
    {
        double largest = SoftProblem.LargestValue * (1 - problem.Mdp.Discount);
        foreach (double v in start)
            if (!(Math.Abs(v) < largest))
                throw new ArgumentOutOfRangeException(nameof(start), v, string.Create(CultureInfo.InvariantCulture, $"expected a number of size below {largest:G3}"));
    }
}
