namespace Rift.Mdp;

/// <summary>Value iteration for many paths of problems of one kernel, eight at a time: a problem that has ended makes room for the next of its path, and a path for one that waits.</summary>
internal sealed class BatchIteration : IDisposable
{
    /// <summary>So few problems are as fast one after the other.</summary>
    internal const int Fewest = 3;

    private readonly BatchSweep _sweep;
    private readonly Queue<SoftPath> _waiting;
    private readonly List<Item> _active = [];
    private readonly int _states;
    private readonly (bool, bool) _kind;
    private AlignedBuffer<double> _values, _next;

    /// <summary>An iteration from where the paths stand.</summary>
    /// <param name="paths">The paths, all of one kernel; their next problems of one <see cref="Kind"/>.</param>
    /// <param name="threads">At most so many threads.</param>
    internal BatchIteration(SoftPath[] paths, int threads)
    {
        SoftProblem first = paths[0].Bracket.Problem;
        _states = first.Mdp.States;
        _kind = Kind(first);
        SoftProblem[] ahead = [.. paths.SelectMany(path => path.Ahead)];
        _sweep = new BatchSweep(first, ahead.All(problem => problem.Mdp.Reward == first.Mdp.Reward), ahead.All(problem => problem.LogBase == first.LogBase), threads);
        (_values, _next) = (new AlignedBuffer<double>(checked(_states * RowStore.Height)), new AlignedBuffer<double>(_states * RowStore.Height));
        _waiting = new(paths);
        Put([.. Enumerable.Range(0, RowStore.Height).Zip(Waiting())]);
    }

    /// <summary>The problems whose last backup was the one that ended them.</summary>
    internal IEnumerable<Item> Ended => _active.Where(item => item.Ended);

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

    /// <summary>Takes T V as the next V; lets go of paths that have ended or must go on otherwise, and of the last few. Those that must go on know how far they have got.</summary>
    /// <param name="goesBySweeps">Whether a problem's next step is a sweep among others.</param>
    internal void TakeNext(Func<Bracket, bool> goesBySweeps)
    {
        (_values, _next) = (_next, _values);
        List<(int Lane, SoftPath Path)> coming = [];
        foreach (Item item in _active.ToArray())
        {
            item.Bracket.Moved(toNext: true);
            if (!item.Ended && goesBySweeps(item.Bracket)) continue;
            _active.Remove(item);
            if (!item.Ended) item.Path.Reached(item.Values);
            bool goesOn = item.Ended && !item.Path.Ended && Kind(item.Path.Bracket.Problem) == _kind && goesBySweeps(item.Path.Bracket);
            foreach (SoftPath path in goesOn ? [item.Path] : Waiting().Take(1)) coming.Add((item.Lane, path));
        }

        if (coming.Count > 0) Put(coming);
        if (_active.Count >= Fewest) return;
        foreach (Item item in _active) item.Path.Reached(item.Values);
        _active.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    /// <summary>Those who wait, until they are taken.</summary>
    private IEnumerable<SoftPath> Waiting()
    {
        while (_waiting.TryDequeue(out SoftPath? path)) yield return path;
    }

    private void Put(List<(int Lane, SoftPath Path)> coming)
    {
        _sweep.Put([.. coming.Select(to => (to.Lane, to.Path.Bracket.Problem))]);
        Span<double> all = _values.Span;
        foreach ((int lane, SoftPath path) in coming)
        {
            ReadOnlySpan<double> start = path.Values;
            for (int s = 0; s < _states; s++) all[(s * RowStore.Height) + lane] = start.IsEmpty ? 0 : start[s];
            _active.Add(new Item(this, lane, path));
        }
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
    internal sealed class Item(BatchIteration batch, int lane, SoftPath path) : IIterate
    {
        internal int Lane => lane;

        internal SoftPath Path => path;

        /// <summary>Of the problem that was next when it came here.</summary>
        internal Bracket Bracket { get; } = path.Bracket;

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
