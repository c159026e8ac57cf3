namespace Rift.Mdp;

/// <summary>Value iteration for many problems of one kernel, eight at a time: a problem that has ended makes room for one that waits.</summary>
internal sealed class BatchIteration : IDisposable
{
    /// <summary>So few problems are as fast one after the other.</summary>
    internal const int Fewest = 3;

    private readonly BatchSweep _sweep;
    private readonly Queue<(int Number, Bracket Bracket)> _waiting;
    private readonly List<Item> _active = [];
    private readonly List<(int Number, double[] Values)> _left = [];
    private readonly int _states;
    private AlignedBuffer<double> _values, _next;

    /// <summary>An iteration from V = 0.</summary>
    /// <param name="brackets">The problems, all of one kernel and one <see cref="Kind"/>.</param>
    internal BatchIteration(Bracket[] brackets)
    {
        SoftProblem kind = brackets[0].Problem;
        _states = kind.Mdp.States;
        _sweep = new BatchSweep(
            kind,
            brackets.All(bracket => bracket.Problem.Mdp.Reward == kind.Mdp.Reward),
            brackets.All(bracket => bracket.Problem.LogBase == kind.LogBase),
            brackets[0].Execution.Threads);
        (_values, _next) = (new AlignedBuffer<double>(checked(_states * RowStore.Height)), new AlignedBuffer<double>(_states * RowStore.Height));
        _waiting = new(brackets.Select((bracket, number) => (number, bracket)));
        for (int lane = 0; lane < RowStore.Height; lane++) Fill(lane);
    }

    /// <summary>The problems whose last backup was the one that ended them.</summary>
    internal IEnumerable<Item> Ended => _active.Where(item => item.Ended);

    /// <summary>Problems that were not brought to their end, and their V.</summary>
    internal IReadOnlyList<(int Number, double[] Values)> Left => _left;

    /// <summary>Whether a problem is better off among many: the layout of its rows must gain by it, and its values must bear the division by the temperature.</summary>
    internal static bool Takes(SoftProblem problem) => problem.Mdp.Kernel.Rows is { ServesManyProblems: true } && problem.ScaledValuesAreFinite;

    /// <summary>Problems of one kind can be backed up together.</summary>
    internal static (bool Hard, bool WithBase) Kind(SoftProblem problem) => (problem.Temperature == 0, !problem.BaseRow(0).IsEmpty);

    /// <summary>Backs all problems up and judges their brackets; false where none is left.</summary>
    internal bool BackUp(int maxIterations)
    {
        if (_active.Count == 0) return false;
        _sweep.Backup(_values, _next);
        foreach (Item item in _active)
        {
            (double least, double most) = _sweep.Change(item.Lane);
            item.Ended = item.Bracket.Judge(least, most, maxIterations, item);
        }

        return true;
    }

    /// <summary>Takes T V as the next V; lets go of what has ended or must go on otherwise, and of the last few.</summary>
    /// <param name="isPlainSweep">Whether a problem's next step is a sweep.</param>
    internal void TakeNext(Func<Bracket, bool> isPlainSweep)
    {
        (_values, _next) = (_next, _values);
        foreach (Item item in _active.ToArray())
        {
            item.Bracket.Moved(toNext: true);
            if (!item.Ended && isPlainSweep(item.Bracket)) continue;
            if (!item.Ended) _left.Add((item.Number, item.Values));
            _active.Remove(item);
            Fill(item.Lane);
        }

        if (_active.Count >= Fewest) return;
        foreach (Item item in _active) _left.Add((item.Number, item.Values));
        _active.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    private void Fill(int lane)
    {
        if (!_waiting.TryDequeue(out (int Number, Bracket Bracket) waiting)) return;
        _sweep.Put(lane, waiting.Bracket.Problem);
        for (int i = lane; i < _values.Length; i += RowStore.Height) _values[i] = 0;
        _active.Add(new Item(this, lane, waiting.Number, waiting.Bracket));
    }

    private double[] Column(AlignedBuffer<double> numbers, int lane)
    {
        double[] column = new double[_states];
        ReadOnlySpan<double> all = numbers.Span;
        for (int s = 0; s < column.Length; s++) column[s] = all[(s * RowStore.Height) + lane];
        return column;
    }

    private static double LargestAbs(AlignedBuffer<double> numbers, int lane)
    {
        double largest = 0;
        ReadOnlySpan<double> all = numbers.Span;
        for (int i = lane; i < all.Length; i += RowStore.Height) largest = Math.Max(largest, Math.Abs(all[i]));
        return largest;
    }

    /// <summary>A problem in its lane.</summary>
    internal sealed class Item(BatchIteration batch, int lane, int number, Bracket bracket) : IIterate
    {
        internal int Lane => lane;

        /// <summary>Its place among the problems.</summary>
        internal int Number => number;

        internal Bracket Bracket => bracket;

        internal bool Ended { get; set; }

        /// <summary>V, S entries.</summary>
        internal double[] Values => batch.Column(batch._values, lane);

        /// <summary>T V, once backed up, S entries.</summary>
        internal double[] Next => batch.Column(batch._next, lane);

        /// <inheritdoc/>
        public double LargestValue => LargestAbs(batch._values, lane);

        /// <inheritdoc/>
        public double LargestNext => LargestAbs(batch._next, lane);
    }
}
