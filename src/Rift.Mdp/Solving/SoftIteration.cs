namespace Rift.Mdp;

/// <summary>The loop that all algorithms share: V, its backup, the bracket read off their difference, and when to stop.</summary>
internal sealed class SoftIteration : IDisposable, IIterate
{
    private readonly BellmanSweep _sweep;
    private AlignedBuffer<double> _values, _next;

    internal SoftIteration(SoftProblem problem, ReadOnlySpan<double> start, Tolerance tolerance, Execution execution)
        : this(new Bracket(problem, tolerance, execution), start) => Warm = !start.IsEmpty;

    /// <summary>Goes on with an iteration that was begun elsewhere.</summary>
    /// <param name="bracket">Its bracket.</param>
    /// <param name="values">Its V, S entries; empty for 0.</param>
    internal SoftIteration(Bracket bracket, ReadOnlySpan<double> values)
    {
        Bracket = bracket;
        _values = BellmanSweep.Room(Problem.Mdp.States);
        _next = BellmanSweep.Room(Problem.Mdp.States);
        values.CopyTo(_values.Span);
        _sweep = new BellmanSweep(Problem, Execution.Threads);
    }

    internal Bracket Bracket { get; }

    internal SoftProblem Problem => Bracket.Problem;

    internal Execution Execution => Bracket.Execution;

    /// <summary>Whether the caller gave a V to start from.</summary>
    internal bool Warm { get; init; }

    /// <summary>V, S entries.</summary>
    internal ReadOnlySpan<double> Values => _values.Span;

    /// <summary>T V, once backed up, S entries.</summary>
    internal ReadOnlySpan<double> Next => _next.Span;

    /// <inheritdoc/>
    public double LargestValue => SoftProblem.LargestAbs(Values);

    /// <inheritdoc/>
    public double LargestNext => SoftProblem.LargestAbs(Next);

    /// <summary>Backs V up and judges the bracket; true where the iteration has ended.</summary>
    internal bool BackUp(int maxIterations)
    {
        (double least, double most) = _sweep.Backup(_values, _next);
        return Bracket.Judge(least, most, maxIterations, this);
    }

    /// <summary>Takes T V as the next V.</summary>
    internal void TakeNext()
    {
        (_values, _next) = (_next, _values);
        Bracket.Moved(toNext: true);
    }

    /// <summary>V, to be improved in place.</summary>
    internal Span<double> Revise()
    {
        Bracket.Moved(toNext: false);
        return _values.Span;
    }

    /// <summary>The policy that attains T V, as log-probabilities, S A entries.</summary>
    internal double[] LogPolicy()
    {
        double[] logPolicy = new double[Problem.Mdp.States * Problem.Mdp.Actions];
        PolicySweep.LogPolicy(Problem, Values.ToArray(), 0, null, logPolicy, Execution.Threads);
        return logPolicy;
    }

    /// <summary>The solution at the midpoint of the bracket.</summary>
    internal SoftSolution Finish(string algorithm) => Bracket.Finish(Next.ToArray(), algorithm);

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();
}
