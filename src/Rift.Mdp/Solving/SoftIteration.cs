namespace Rift.Mdp;

/// <summary>The loop that all algorithms share: V, its backup, the bracket read off their difference, and when to stop.</summary>
internal sealed class SoftIteration : IDisposable
{
    // So many backups without a narrower bracket mean that rounding has the last word, where the bracket is within this factor of it; elsewhere a front may be on its way
    // through the states, one at a time, without the bracket knowing.
    private const int Patience = 100;
    private const double NearRounding = 1e4;

    // So often max|V| is looked up; in between it is bounded by what the changes can have added.
    private const int LookUpEvery = 32;

    private readonly BellmanSweep _sweep;
    private readonly List<double> _history = [];
    private readonly Tolerance _tolerance;
    private double _bestSpan = double.PositiveInfinity;
    private int _stalled;
    private AlignedBuffer<double> _values, _next;
    private double _least, _most, _halfWidth, _rounding, _target, _size, _largest;
    private bool _bounded; // V is what a sweep left, so _largest bounds it
    private Outcome _outcome;

    internal SoftIteration(SoftProblem problem, ReadOnlySpan<double> start, Tolerance tolerance, Execution execution)
    {
        Problem = problem;
        _values = new AlignedBuffer<double>(problem.Mdp.States);
        _next = new AlignedBuffer<double>(problem.Mdp.States);
        start.CopyTo(_values.Span);
        Warm = !start.IsEmpty;
        Execution = execution;
        _tolerance = tolerance;
        _sweep = new BellmanSweep(problem, execution.Threads);
    }

    internal SoftProblem Problem { get; }

    internal Execution Execution { get; }

    /// <summary>Whether the caller gave a V to start from.</summary>
    internal bool Warm { get; }

    /// <summary>V, S entries.</summary>
    internal ReadOnlySpan<double> Values => _values.Span;

    /// <summary>T V, once backed up, S entries.</summary>
    internal ReadOnlySpan<double> Next => _next.Span;

    /// <summary>The half-width of the bracket without its rounding part: gamma/(1-gamma) times half the span of the change.</summary>
    internal double Span => _history[^1];

    /// <summary>How far the half-width is from the target, as far as iterating can help.</summary>
    internal double Target => _target;

    internal IReadOnlyList<double> History => _history;

    /// <summary>Products with the chain of a policy in linear solves.</summary>
    internal int Products { get; set; }

    /// <summary>What a change that goes on for ever adds up to: gamma / (1 - gamma).</summary>
    private double Reach => Discount / (1 - Discount);

    private double Discount => Problem.Mdp.Discount;

    private double RowSumError => Problem.Mdp.Kernel.RowSumError;

    /// <summary>Backs V up and judges the bracket; true where the iteration has ended.</summary>
    internal bool BackUp(int maxIterations)
    {
        (_least, _most) = _sweep.Backup(_values, _next);
        _history.Add(Reach * (_most - _least) / 2);
        _stalled = Span < _bestSpan ? 0 : _stalled + 1;
        _bestSpan = Math.Min(_bestSpan, Span);
        bool cancelled = Execution.Cancellation.IsCancellationRequested;

        // V and T V differ by the change, T V and the bracket by Reach times that.
        double change = Math.Max(Math.Abs(_least), Math.Abs(_most));
        if (!_bounded || _history.Count % LookUpEvery == 0) _largest = SoftProblem.LargestAbs(Values);
        _largest += change;
        Judge(_largest + (Reach * change));
        bool last = cancelled || _history.Count >= maxIterations || _stalled >= Patience + (Span > NearRounding * _rounding ? Problem.Mdp.States : 0);
        Execution.Progress?.Report(new SolveProgress(_history.Count, Span, _target));
        if (!last && Span > _target && Span > Tolerance.Unreachable * _rounding) return false;

        // It may be over: now the size of V is needed as it is.
        _bounded = false;
        Judge(Math.Max(SoftProblem.LargestAbs(Values), SoftProblem.LargestAbs(Next) + (Reach * change)));
        bool reached = double.IsFinite(_halfWidth) && _halfWidth <= _target;
        _outcome = reached ? Outcome.Converged : cancelled ? Outcome.Cancelled : Outcome.ToleranceNotReached;
        return reached || last || Span <= Tolerance.Unreachable * _rounding;
    }

    /// <summary>Notes a sweep of an algorithm that goes its own way, after which no state is further from its backup than the change; true where it should stop.</summary>
    internal bool Note(double change, int maxIterations)
    {
        _history.Add(Reach * change);
        Execution.Progress?.Report(new SolveProgress(_history.Count, Span, _target));
        return _history.Count + 1 >= maxIterations || Execution.Cancellation.IsCancellationRequested;
    }

    /// <summary>Whether a largest change so small promises that the next backup proves the target, or all that rounding leaves of it.</summary>
    internal bool Suffices(double change) => Shortfall(change) <= 0;

    /// <summary>The logarithm of the factor by which a largest change is too large.</summary>
    internal double Shortfall(double change) => Math.Log(Reach * change / Math.Max(0.9 * (_target - _rounding), 2 * Tolerance.Unreachable * _rounding));

    /// <summary>Takes T V as the next V.</summary>
    internal void TakeNext()
    {
        (_values, _next) = (_next, _values);
        _bounded = true;
    }

    /// <summary>V, to be improved in place.</summary>
    internal Span<double> Revise()
    {
        _bounded = false;
        return _values.Span;
    }

    /// <summary>The policy that attains T V, as log-probabilities, S A entries.</summary>
    internal double[] LogPolicy()
    {
        double[] logPolicy = new double[Problem.Mdp.States * Problem.Mdp.Actions];
        PolicySweep.LogPolicy(Problem, _values.Memory, 0, null, logPolicy, Execution.Threads);
        return logPolicy;
    }

    /// <summary>The solution at the midpoint of the bracket.</summary>
    internal SoftSolution Finish(string algorithm)
    {
        double[] values = Next.ToArray();
        double middle = Reach * ((_least + _most) / 2);
        for (int s = 0; s < values.Length; s++) values[s] += middle;
        double qRadius = (Discount * (1 + RowSumError) * _halfWidth) + (Discount * RowSumError * _size) + Problem.ExpectationRounding(_size);
        GreedyStep step = new(Problem, values, SoftProblem.TieTolerance(_size), qRadius, Execution);
        return new SoftSolution(Problem, step, new Certificate(values, _halfWidth, _rounding, step, _target), _outcome, algorithm, _history) { Products = Products };
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    /// <summary>Half-width, rounding and target for values of at most this size.</summary>
    private void Judge(double size)
    {
        _size = size;
        double perBackup = Problem.BackupRounding(size) + (3 * Rounding.Unit * size);
        _rounding = Rounding.SecondOrder * (Rounding.Accumulated(perBackup, Discount, RowSumError) + (4 * Rounding.Unit * size));
        _halfWidth = Span + _rounding;
        _target = _tolerance.HalfWidth(size, _rounding);
    }
}
