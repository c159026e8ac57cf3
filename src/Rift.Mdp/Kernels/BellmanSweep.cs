using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rift.Mdp;

/// <summary>Where a kernel finds the rows of a slice: the part of a sweep that depends on the layout.</summary>
internal unsafe interface IRowCursor
{
    /// <summary>Writes Q(s,a) = r(s,a) + gamma (E V)(s,a) for the states in lanes from <paramref name="lane"/> on, one vector an action.</summary>
    /// <param name="slice">The slice of eight states.</param>
    /// <param name="lane">The first of its states, 0 to 7.</param>
    /// <param name="values">V, S entries and the margin of an <see cref="AlignedBuffer{T}"/>.</param>
    /// <param name="reward">r of the first state; action a is eight numbers further on each.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="q">Receives one vector an action.</param>
    void Expect<TLanes, V>(int slice, int lane, double* values, double* reward, V discount, V* q)
        where TLanes : struct, ILanes<V>
        where V : unmanaged;
}

/// <summary>The backup of one problem, as fast as the machine allows: one pass that reads V and writes T V, with the smallest and largest change on the way.</summary>
/// <remarks>
/// Lanes are states, so neither the width of the vectors nor the division among threads changes a state's arithmetic, and a minimum does not round: the results have the same
/// bits for any number of threads. Q is never stored. A sweep allocates nothing. Not for two callers at a time.
/// </remarks>
internal sealed unsafe class BellmanSweep : IDisposable
{
    // States that a kernel without stored rows expects at a time.
    private const int StatesPerBlock = 1024;

    // Fewer than this for each worker are not worth sharing.
    private const int SlicesPerWorker = 64;

    private readonly SoftProblem _problem;
    private readonly RowStore? _rows;
    private readonly int _actions;
    private readonly AlignedBuffer<double> _reward;
    private readonly AlignedBuffer<double>? _base;
    private readonly AlignedBuffer<double>[] _scratch; // one vector an action, for each worker
    private readonly AlignedBuffer<double>[] _expectations; // one block, for each worker; empty where rows are stored
    private readonly double[] _least, _most;
    private readonly WorkCrew? _crew;
    private readonly int[] _share; // worker w has the slices from _share[w] to _share[w + 1]
    private readonly Action<int> _body;
    private AlignedBuffer<double> _values = null!, _next = null!;

    internal BellmanSweep(SoftProblem problem, int threads)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        _problem = problem;
        _rows = mdp.Kernel.Rows;
        _actions = mdp.Actions;
        Discount = mdp.Discount;
        _reward = Sliced((s, row) => mdp.Reward.Row(s).CopyTo(row));
        _base = problem.BaseRow(0).IsEmpty ? null : Sliced(BaseRow);
        int workers = Math.Clamp(Slices / SlicesPerWorker, 1, threads);
        _crew = workers > 1 ? new WorkCrew(workers) : null;
        _share = new int[workers + 1];
        for (int w = 1; w <= workers; w++) _share[w] = w == workers ? Slices : SliceAt(w, workers);
        _scratch = PerWorker(workers, _actions * RowStore.Height);
        _expectations = PerWorker(_rows is null ? workers : 0, StatesPerBlock * _actions);
        (_least, _most) = (new double[workers], new double[workers]);
        _body = worker => (_least[worker], _most[worker]) = Sweep(_share[worker], _share[worker + 1], worker);
    }

    internal double Discount { get; }

    /// <summary>The layout of the kernel.</summary>
    internal string Layout => _rows?.Name ?? "expectation";

    internal int Slices => RowStore.SlicesOf(_problem.Mdp.States);

    /// <summary>Writes T V of <paramref name="values"/> into <paramref name="next"/>; returns the smallest and largest change.</summary>
    internal (double Min, double Max) Backup(AlignedBuffer<double> values, AlignedBuffer<double> next)
    {
        (_values, _next) = (values, next);
        if (_crew is null) _body(0);
        else _crew.Run(_body);
        double min = _least[0], max = _most[0];
        for (int w = 1; w < _least.Length; w++) (min, max) = (Math.Min(min, _least[w]), Math.Max(max, _most[w]));
        return (min, max);
    }

    /// <summary>T V of values that lie elsewhere, S entries.</summary>
    internal double[] Backup(ReadOnlySpan<double> values)
    {
        AlignedBuffer<double> from = new(values.Length), to = new(values.Length);
        values.CopyTo(from.Span);
        Backup(from, to);
        return to.Span.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _crew?.Dispose();

    /// <summary>Backs up a run of slices, whose rows the cursor finds: the one loop of all layouts, widths and temperatures.</summary>
    internal (double Min, double Max) Run<TCursor>(TCursor rows, int firstSlice, int endSlice, int worker)
        where TCursor : struct, IRowCursor
    {
        if (Vector512.IsHardwareAccelerated) return Run<Lanes512, Vector512<double>, TCursor>(rows, firstSlice, endSlice, worker);
        if (Vector256.IsHardwareAccelerated) return Run<Lanes256, Vector256<double>, TCursor>(rows, firstSlice, endSlice, worker);
        if (Vector128.IsHardwareAccelerated) return Run<Lanes128, Vector128<double>, TCursor>(rows, firstSlice, endSlice, worker);
        return Run<ScalarLane, double, TCursor>(rows, firstSlice, endSlice, worker);
    }

    private (double Min, double Max) Run<TLanes, V, TCursor>(TCursor rows, int firstSlice, int endSlice, int worker)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
    {
        bool hard = _problem.Temperature == 0;
        return (hard, _base is not null) switch
        {
            (false, false) => Run<TLanes, V, TCursor, Soft>(rows, firstSlice, endSlice, worker),
            (false, true) => Run<TLanes, V, TCursor, SoftWithBase>(rows, firstSlice, endSlice, worker),
            (true, false) => Run<TLanes, V, TCursor, Hard>(rows, firstSlice, endSlice, worker),
            (true, true) => Run<TLanes, V, TCursor, HardWithBase>(rows, firstSlice, endSlice, worker),
        };
    }

    private (double Min, double Max) Run<TLanes, V, TCursor, TMaximum>(TCursor rows, int firstSlice, int endSlice, int worker)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        int whole = Math.Min(endSlice, _problem.Mdp.States / RowStore.Height), rest = endSlice > whole ? _problem.Mdp.States % RowStore.Height : 0;
        (double min, double max) = Backup<TLanes, V, TCursor, TMaximum>(rows, firstSlice, whole, RowStore.Height, worker);
        if (rest == 0) return (min, max);
        (double restMin, double restMax) = Backup<ScalarLane, double, TCursor, TMaximum>(rows, whole, endSlice, rest, worker);
        return (Math.Min(min, restMin), Math.Max(max, restMax));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Min, double Max) Backup<TLanes, V, TCursor, TMaximum>(TCursor rows, int firstSlice, int endSlice, int lanes, int worker)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        V min = TLanes.Create(double.PositiveInfinity), max = TLanes.Create(double.NegativeInfinity);
        V discount = TLanes.Create(Discount), temperature = TLanes.Create(_problem.Temperature), inverse = TLanes.Create(1 / _problem.Temperature);
        int actions = _actions;
        nint sliceEntries = (nint)actions * RowStore.Height;
        fixed (double* values = _values, next = _next, reward = _reward, logBase = _base, q = _scratch[worker])
        {
            for (int slice = firstSlice; slice < endSlice; slice++)
            {
                for (int lane = 0; lane < lanes; lane += TLanes.Count)
                {
                    nint entry = (slice * sliceEntries) + lane, state = ((nint)slice * RowStore.Height) + lane;
                    rows.Expect<TLanes, V>(slice, lane, values, reward + entry, discount, (V*)q);
                    V value = TMaximum.Of<TLanes, V>((V*)q, actions, logBase + entry, temperature, inverse);
                    V change = TLanes.Subtract(value, TLanes.Load(values + state));
                    TLanes.Store(next + state, value);
                    min = TLanes.Min(min, change);
                    max = TLanes.Max(max, change);
                }
            }
        }

        return (TLanes.SmallestOf(min), TLanes.LargestOf(max));
    }

    private (double Min, double Max) Sweep(int firstSlice, int endSlice, int worker)
    {
        if (_rows is not null) return _rows.Sweep(this, firstSlice, endSlice, worker);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        AlignedBuffer<double> block = _expectations[worker];
        fixed (double* expectations = block)
        {
            for (int first = firstSlice; first < endSlice; first += StatesPerBlock / RowStore.Height)
            {
                int end = Math.Min(endSlice, first + (StatesPerBlock / RowStore.Height)), state = first * RowStore.Height;
                _problem.Mdp.Kernel.Expect(state, _values.Span, block.Span[..((Math.Min(end * RowStore.Height, _problem.Mdp.States) - state) * _actions)]);
                (double blockMin, double blockMax) = Run(new TableCursor(_actions, first, expectations), first, end, worker);
                (min, max) = (Math.Min(min, blockMin), Math.Max(max, blockMax));
            }
        }

        return (min, max);
    }

    /// <summary>Expectations that are there already, state by state.</summary>
    private readonly struct TableCursor(int actions, int firstSlice, double* expectations) : IRowCursor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int slice, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            double* state = expectations + ((((slice - firstSlice) * RowStore.Height) + lane) * actions);
            for (int a = 0; a < actions; a++) q[a] = TLanes.MultiplyAdd(discount, TLanes.LoadStrided(state + a, actions), TLanes.Load(reward + (a * RowStore.Height)));
        }
    }

    private delegate void WriteRow(int state, Span<double> row);

    private void BaseRow(int state, Span<double> row)
    {
        ReadOnlySpan<double> l = _problem.BaseRow(state);
        for (int a = 0; a < row.Length; a++) row[a] = _problem.Temperature > 0 || l[a] == double.NegativeInfinity ? l[a] : 0;
    }

    /// <summary>A table over states and actions, eight states side by side.</summary>
    private AlignedBuffer<double> Sliced(WriteRow write)
    {
        AlignedBuffer<double> sliced = new(checked(Slices * _actions * RowStore.Height));
        Span<double> target = sliced.Span;
        double[] row = new double[_actions];
        for (int s = 0; s < _problem.Mdp.States; s++)
        {
            write(s, row);
            int at = (s / RowStore.Height * _actions * RowStore.Height) + (s % RowStore.Height);
            for (int a = 0; a < row.Length; a++, at += RowStore.Height) target[at] = row[a];
        }

        return sliced;
    }

    private int SliceAt(int worker, int workers)
    {
        if (_rows is null) return (int)((long)Slices * worker / workers);
        long target = _rows.WorkBefore(Slices) / workers * worker;
        int low = 0, high = Slices;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_rows.WorkBefore(middle) < target) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static AlignedBuffer<double>[] PerWorker(int workers, int length)
    {
        AlignedBuffer<double>[] buffers = new AlignedBuffer<double>[workers];
        for (int w = 0; w < workers; w++) buffers[w] = new AlignedBuffer<double>(length);
        return buffers;
    }
}
