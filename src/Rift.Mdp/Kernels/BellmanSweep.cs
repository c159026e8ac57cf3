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

/// <summary>A run of slices, the worker that backs it up, and where V and T V lie; in one place for a Gauss-Seidel sweep, where each state sees what the ones before it became.</summary>
internal readonly record struct SweepRange(int FirstSlice, int EndSlice, int Worker, AlignedBuffer<double> Values, AlignedBuffer<double> Next);

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
    private readonly Action<int> _body, _halfBody;
    private int _split;
    private AlignedBuffer<double> _values = null!, _next = null!;

    /// <summary>The backup of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="rows">The rows of the kernel, renumbered; null for the kernel as it is.</param>
    /// <param name="order">The states in the order of the rows given.</param>
    internal BellmanSweep(SoftProblem problem, int threads, RowStore? rows = null, int[]? order = null)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        _problem = problem;
        _rows = rows ?? mdp.Kernel.Rows;
        _actions = mdp.Actions;
        Discount = mdp.Discount;
        _reward = Sliced((s, row) => mdp.Reward.Row(order is null ? s : order[s]).CopyTo(row));
        _base = problem.BaseRow(0).IsEmpty ? null : Sliced((s, row) => BaseRow(order is null ? s : order[s], row));
        int workers = Math.Clamp(Slices / SlicesPerWorker, 1, threads);
        _crew = workers > 1 ? new WorkCrew(workers) : null;
        _share = new int[workers + 1];
        for (int w = 1; w <= workers; w++) _share[w] = w == workers ? Slices : SliceAt(w, workers);
        _scratch = PerWorker(workers, _actions * RowStore.Height);
        _expectations = PerWorker(_rows is null ? workers : 0, StatesPerBlock * _actions);
        (_least, _most) = (new double[workers], new double[workers]);
        _body = worker => (_least[worker], _most[worker]) = Sweep(new SweepRange(_share[worker], _share[worker + 1], worker, _values, _next));
        _halfBody = half =>
        {
            if (half > 1) return;
            AlignedBuffer<double> values = half == 0 ? _values : _next;
            int slot = half % workers;
            (_least[slot], _most[slot]) = Sweep(new SweepRange(half == 0 ? 0 : _split, half == 0 ? _split : Slices, slot, values, values));
        };
    }

    internal double Discount { get; }

    /// <summary>Doubles in a vector: 8, 4, 2 or 1; as many as the machine works on at once. It changes no bit of a result.</summary>
    internal int Lanes { get; init; } = Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;

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

    /// <summary>
    /// A Gauss-Seidel sweep of two halves of the states, each with a V of its own that it revises in place, slice after slice in order: the second half
    /// learns what became of the first after the sweep, and the other way round, so both can be done at once.
    /// </summary>
    /// <param name="first">V as the first half sees it.</param>
    /// <param name="second">V as the second half sees it.</param>
    /// <param name="split">The slice where the second half begins.</param>
    internal (double Min, double Max) InOrder(AlignedBuffer<double> first, AlignedBuffer<double> second, int split)
    {
        (_values, _next, _split) = (first, second, split);
        if (_crew is null)
        {
            _halfBody(0);
            (double min, double max) = (_least[0], _most[0]);
            _halfBody(1);
            return (Math.Min(min, _least[0]), Math.Max(max, _most[0]));
        }

        _crew.Run(_halfBody);
        return (Math.Min(_least[0], _least[1]), Math.Max(_most[0], _most[1]));
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
    internal (double Min, double Max) Run<TCursor>(TCursor rows, SweepRange range)
        where TCursor : struct, IRowCursor
    {
        if (!_problem.ScaledValuesAreFinite) return Run<ScalarLane, double, TCursor, SoftScalar>(rows, range);
        return Lanes switch
        {
            8 => Run<Lanes512, Vector512<double>, TCursor>(rows, range),
            4 => Run<Lanes256, Vector256<double>, TCursor>(rows, range),
            2 => Run<Lanes128, Vector128<double>, TCursor>(rows, range),
            _ => Run<ScalarLane, double, TCursor>(rows, range),
        };
    }

    private (double Min, double Max) Run<TLanes, V, TCursor>(TCursor rows, SweepRange range)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
    {
        bool hard = _problem.Temperature == 0;
        return (hard, _base is not null) switch
        {
            (false, false) => Run<TLanes, V, TCursor, Soft>(rows, range),
            (false, true) => Run<TLanes, V, TCursor, SoftWithBase>(rows, range),
            (true, false) => Run<TLanes, V, TCursor, Hard>(rows, range),
            (true, true) => Run<TLanes, V, TCursor, HardWithBase>(rows, range),
        };
    }

    private (double Min, double Max) Run<TLanes, V, TCursor, TMaximum>(TCursor rows, SweepRange range)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        int whole = Math.Min(range.EndSlice, _problem.Mdp.States / RowStore.Height), rest = range.EndSlice > whole ? _problem.Mdp.States % RowStore.Height : 0;
        (double min, double max) = Backup<TLanes, V, TCursor, TMaximum>(rows, range with { EndSlice = whole }, RowStore.Height);
        if (rest == 0) return (min, max);
        (double restMin, double restMax) = Backup<ScalarLane, double, TCursor, TMaximum>(rows, range with { FirstSlice = whole }, rest);
        return (Math.Min(min, restMin), Math.Max(max, restMax));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Min, double Max) Backup<TLanes, V, TCursor, TMaximum>(TCursor rows, SweepRange range, int lanes)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        V min = TLanes.Create(double.PositiveInfinity), max = TLanes.Create(double.NegativeInfinity);
        V discount = TLanes.Create(Discount), temperature = TLanes.Create(_problem.Temperature), inverse = TLanes.Create(1 / _problem.Temperature);
        int actions = _actions, firstSlice = range.FirstSlice, endSlice = range.EndSlice;
        nint sliceEntries = (nint)actions * RowStore.Height;
        fixed (double* values = range.Values, next = range.Next, reward = _reward, logBase = _base, q = _scratch[range.Worker])
        {
            for (int slice = firstSlice; slice < endSlice; slice++)
            {
                for (int lane = 0; lane < lanes; lane += TLanes.Count)
                {
                    nint entry = (slice * sliceEntries) + lane, state = ((nint)slice * RowStore.Height) + lane;
                    rows.Expect<TLanes, V>(slice, lane, values, reward + entry, discount, (V*)q);
                    V value = TMaximum.Of<TLanes, V>((V*)q, actions, logBase is null ? null : logBase + entry, temperature, inverse);
                    V change = TLanes.Subtract(value, TLanes.Load(values + state));
                    TLanes.Store(next + state, value);
                    min = TLanes.Min(min, change);
                    max = TLanes.Max(max, change);
                }
            }
        }

        return (TLanes.SmallestOf(min), TLanes.LargestOf(max));
    }

    private (double Min, double Max) Sweep(SweepRange range)
    {
        if (_rows is not null) return _rows.Sweep(this, range);
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        AlignedBuffer<double> block = _expectations[range.Worker];
        fixed (double* expectations = block)
        {
            for (int first = range.FirstSlice; first < range.EndSlice; first += StatesPerBlock / RowStore.Height)
            {
                int end = Math.Min(range.EndSlice, first + (StatesPerBlock / RowStore.Height)), state = first * RowStore.Height;
                _problem.Mdp.Kernel.Expect(state, range.Values.Span, block.Span[..((Math.Min(end * RowStore.Height, _problem.Mdp.States) - state) * _actions)]);
                (double blockMin, double blockMax) = Run(new TableCursor(_actions, first, expectations), range with { FirstSlice = first, EndSlice = end });
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
