namespace Rift.Mdp;

/// <summary>The loop that all algorithms share: V, its backup, the bracket read off their difference, and when to stop.</summary>
internal sealed class SoftIteration
{
    // So many iterations without a narrower bracket mean that rounding has the last word.
    private const int Patience = 100;

    private readonly List<double> _history = [];
    private readonly Tolerance _tolerance;
    private double _bestSpan = double.PositiveInfinity;
    private int _bestAt;
    private double _least, _most, _halfWidth, _rounding, _largest;
    private Outcome _outcome;

    internal SoftIteration(SoftProblem problem, double[] values, Tolerance tolerance, Execution execution)
    {
        Problem = problem;
        Values = values;
        Next = new double[values.Length];
        Execution = execution;
        _tolerance = tolerance;
    }

    internal SoftProblem Problem { get; }

    internal Execution Execution { get; }

    /// <summary>V.</summary>
    internal double[] Values { get; private set; }

    /// <summary>T V, once backed up.</summary>
    internal double[] Next { get; private set; }

    /// <summary>The half-width of the bracket without its rounding part: gamma/(1-gamma) times half the span of the change.</summary>
    internal double Span => _history[^1];

    /// <summary>How far the half-width is from the target, as far as iterating can help.</summary>
    internal double Target => _tolerance.HalfWidth(_largest, Rounded(0));

    internal IReadOnlyList<double> History => _history;

    private double Discount => Problem.Mdp.Discount;

    private double RowSumError => Problem.Mdp.Kernel.RowSumError;

    /// <summary>Backs V up and judges the bracket; true where the iteration has ended.</summary>
    internal bool BackUp(int maxIterations)
    {
        (_least, _most) = BellmanSweep.Backup(Problem, Values, Next, Execution.Threads);
        double reach = Discount / (1 - Discount);
        _history.Add(reach * (_most - _least) / 2);
        _largest = Math.Max(SoftProblem.LargestAbs(Values), SoftProblem.LargestAbs(Next) + (reach * Math.Max(Math.Abs(_least), Math.Abs(_most))));
        double floor = Rounded(0);
        if (Span < _bestSpan) (_bestSpan, _bestAt) = (Span, _history.Count);
        Execution.Progress?.Report(new SolveProgress(_history.Count, Span, _tolerance.HalfWidth(_largest, floor)));
        bool cancelled = Execution.Cancellation.IsCancellationRequested, last = cancelled || _history.Count >= maxIterations || _history.Count - _bestAt >= Patience;
        if (!last && Span + floor > _tolerance.HalfWidth(_largest, floor) && Span > Tolerance.Unreachable * floor) return false;

        // The cheap floor leaves the log-sum out; the full bound costs another pass and decides.
        _rounding = Rounded(BellmanSweep.RoundingBound(Problem, Values, Execution.Threads));
        _halfWidth = Span + _rounding;
        bool reached = double.IsFinite(_halfWidth) && _halfWidth <= _tolerance.HalfWidth(_largest, _rounding);
        _outcome = reached ? Outcome.Converged : cancelled ? Outcome.Cancelled : Outcome.ToleranceNotReached;
        return reached || last || Span <= Tolerance.Unreachable * _rounding;
    }

    /// <summary>Takes T V as the next V.</summary>
    internal void TakeNext() => (Values, Next) = (Next, Values);

    /// <summary>The policy that attains T V, as log-probabilities, S A entries.</summary>
    internal double[] LogPolicy()
    {
        double[] logPolicy = new double[Problem.Mdp.States * Problem.Mdp.Actions];
        BellmanSweep.LogPolicy(Problem, Values, 0, null, logPolicy, Execution.Threads);
        return logPolicy;
    }

    /// <summary>The solution at the midpoint of the bracket.</summary>
    internal SoftSolution Finish(string algorithm)
    {
        MarkovDecisionProcess mdp = Problem.Mdp;
        double middle = Discount / (1 - Discount) * ((_least + _most) / 2);
        double[] values = Array.ConvertAll(Next, v => v + middle);
        double[] q = new double[mdp.States * mdp.Actions], logPolicy = new double[q.Length];
        double qRadius = (Discount * (1 + RowSumError) * _halfWidth) + (Discount * RowSumError * _largest) + Problem.ExpectationRounding(_largest);
        double tieTolerance = SoftProblem.TieTolerance(_largest);
        double logRounding = BellmanSweep.LogPolicy(Problem, values, tieTolerance, q, logPolicy, Execution.Threads);
        StateActionTable qTable = StateActionTable.Own(mdp.States, mdp.Actions, q);
        Policy policy = Policy.FromLogProbabilities(StateActionTable.Own(mdp.States, mdp.Actions, logPolicy));
        double logRadius = Problem.Temperature > 0
            ? (Rounding.SecondOrder * 2 * qRadius / Problem.Temperature) + logRounding
            : BestActionsAreProved(qTable, tieTolerance, qRadius) ? 0 : double.PositiveInfinity;
        if (Problem.Temperature == 0 && Problem.Ties == TieRule.Lexicographic)
        {
            SoftSolution amongBest = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(Problem.AmongBest(values), Execution);
            policy = amongBest.Policy;
            logRadius += amongBest.Certificate.LogPolicyRadius;
        }

        Certificate certificate = new(values, _halfWidth, _rounding, qRadius, logRadius, _tolerance.HalfWidth(_largest, _rounding));
        return new SoftSolution(Problem, values, qTable, policy, tieTolerance, certificate, _outcome, algorithm, _history);
    }

    /// <summary>The part of the half-width that comes from rounding: of the backup, of the row sums, and of the arithmetic of the bracket itself.</summary>
    private double Rounded(double logSumRounding)
    {
        double perBackup = Problem.ExpectationRounding(_largest) + logSumRounding + (Discount * RowSumError * _largest) + (3 * Rounding.Unit * _largest);
        return Rounding.SecondOrder * (Rounding.Accumulated(perBackup, Discount, RowSumError) + (4 * Rounding.Unit * _largest));
    }

    private bool BestActionsAreProved(StateActionTable q, double tieTolerance, double qRadius)
    {
        for (int s = 0; s < q.States; s++)
        {
            double best = SoftBackup.Best(q.Row(s), Problem.BaseRow(s));
            for (int a = 0; a < q.Actions; a++)
                if (Problem.IsAvailable(s, a) && best - q[s, a] is double gap && gap > tieTolerance && gap <= 2 * qRadius) return false;
        }

        return true;
    }
}
