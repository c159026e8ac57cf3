namespace Rift.Mdp;

/// <summary>The bracket of V*, read off the changes of V from backup to backup, and when it is narrow enough: what all iterations share, whoever holds their V.</summary>
internal sealed class Bracket
{
    // So many backups without a narrower bracket mean that rounding has the last word, where the bracket is within this factor of it; elsewhere a front may be on its way
    // through the states, one at a time, without the bracket knowing.
    private const int Patience = 100;
    private const double NearRounding = 1e4;

    // So often max|V| is looked up; in between it is bounded by what the changes can have added.
    private const int LookUpEvery = 32;

    private readonly List<double> _history = [];
    private readonly Tolerance _tolerance;
    private double _bestSpan = double.PositiveInfinity;
    private int _stalled;
    private double _least, _most, _halfWidth, _rounding, _size, _largest;
    private bool _bounded; // V is what a sweep left, so _largest bounds it
    private Outcome _outcome;

    internal Bracket(SoftProblem problem, Tolerance tolerance, Execution execution)
    {
        Problem = problem;
        Execution = execution;
        _tolerance = tolerance;
    }

    internal SoftProblem Problem { get; }

    internal Execution Execution { get; }

    /// <summary>The half-width without its rounding part: gamma/(1-gamma) times half the span of the change.</summary>
    internal double Span => _history[^1];

    /// <summary>The half-width to reach.</summary>
    internal double Target { get; private set; }

    /// <summary>The half-width after each iteration, rounding left out.</summary>
    internal IReadOnlyList<double> History => _history;

    /// <summary>Products with the chain of a policy in linear solves.</summary>
    internal int Products { get; set; }

    /// <summary>What a change that goes on for ever adds up to: gamma / (1 - gamma).</summary>
    private double Reach => Discount / (1 - Discount);

    private double Discount => Problem.Mdp.Discount;

    private double RowSumError => Problem.Mdp.Kernel.RowSumError;

    /// <summary>Judges a backup by its smallest and largest change; true where the iteration has ended.</summary>
    internal bool Judge(double least, double most, int maxIterations, IIterate iterate)
    {
        (_least, _most) = (least, most);
        _history.Add(Reach * (most - least) / 2);
        _stalled = Span < _bestSpan ? 0 : _stalled + 1;
        _bestSpan = Math.Min(_bestSpan, Span);
        bool cancelled = Execution.Cancellation.IsCancellationRequested;

        // V and T V differ by the change, T V and the bracket by Reach times that.
        double change = Math.Max(Math.Abs(least), Math.Abs(most));
        if (!_bounded || _history.Count % LookUpEvery == 0) _largest = iterate.LargestValue;
        _largest += change;
        Judge(_largest + (Reach * change));
        bool last = cancelled || _history.Count >= maxIterations || _stalled >= Patience + (Span > NearRounding * _rounding ? Problem.Mdp.States : 0);
        Execution.Progress?.Report(new SolveProgress(_history.Count, Span, Target));
        if (!last && Span > Target && Span > Tolerance.Unreachable * _rounding) return false;

        // It may be over: now the size of V is needed as it is.
        Judge(Math.Max(iterate.LargestValue, iterate.LargestNext + (Reach * change)));
        bool reached = double.IsFinite(_halfWidth) && _halfWidth <= Target;
        _outcome = reached ? Outcome.Converged : cancelled ? Outcome.Cancelled : Outcome.ToleranceNotReached;
        return reached || last || Span <= Tolerance.Unreachable * _rounding;
    }

    /// <summary>Notes that T V has become the next V, or that V has become something else.</summary>
    internal void Moved(bool toNext) => _bounded = toNext;

    /// <summary>Notes a sweep of an algorithm that goes its own way, after which no state is further from its backup than the change; true where it should stop.</summary>
    internal bool Note(double change, int maxIterations)
    {
        _history.Add(Reach * change);
        Execution.Progress?.Report(new SolveProgress(_history.Count, Span, Target));
        return _history.Count + 1 >= maxIterations || Execution.Cancellation.IsCancellationRequested;
    }

    /// <summary>Whether a largest change so small promises that the next backup proves the target, or all that rounding leaves of it.</summary>
    internal bool Suffices(double change) => Shortfall(change) <= 0;

    /// <summary>The logarithm of the factor by which a largest change is too large.</summary>
    internal double Shortfall(double change) => Math.Log(Reach * change / Math.Max(0.9 * (Target - _rounding), 2 * Tolerance.Unreachable * _rounding));

    /// <summary>The solution at the midpoint of the bracket.</summary>
    /// <param name="next">T V of the backup judged last, S entries; they become the values of the solution.</param>
    /// <param name="algorithm">The name to report.</param>
    internal SoftSolution Finish(double[] next, string algorithm)
    {
        double middle = Reach * ((_least + _most) / 2);
        for (int s = 0; s < next.Length; s++) next[s] += middle;
        double qRadius = (Discount * (1 + RowSumError) * _halfWidth) + (Discount * RowSumError * _size) + Problem.ExpectationRounding(_size);
        GreedyStep step = new(Problem, next, SoftProblem.TieTolerance(_size), qRadius, Execution);
        return new SoftSolution(Problem, step, new Certificate(next, _halfWidth, _rounding, step, Target), _outcome, algorithm, _history) { Products = Products };
    }

    /// <summary>Half-width, rounding and target for values of at most this size.</summary>
    private void Judge(double size)
    {
        _size = size;
        double perBackup = Problem.BackupRounding(size) + (3 * Rounding.Unit * size);
        _rounding = Rounding.SecondOrder * (Rounding.Accumulated(perBackup, Discount, RowSumError) + (4 * Rounding.Unit * size));
        _halfWidth = Span + _rounding;
        Target = _tolerance.HalfWidth(size, _rounding);
    }
}

/// <summary>Whoever holds the V of an iteration, as far as its bracket needs to know.</summary>
internal interface IIterate
{
    /// <summary>max|V|.</summary>
    double LargestValue { get; }

    /// <summary>max|T V|, once backed up.</summary>
    double LargestNext { get; }
}
