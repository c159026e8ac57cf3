using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Rift.Mdp;

/// <summary>Where a kernel finds the rows of a group: the part of a sweep that depends on the layout.</summary>
internal unsafe interface IRowCursor
{
    /// <summary>Writes Q(s,a) = r(s,a) + gamma (E V)(s,a) for the lanes from <paramref name="lane"/> on, one vector an action.</summary>
    /// <param name="group">A slice of eight states, or a state of eight problems: see <see cref="FusedSweep.LanesAreProblems"/>.</param>
    /// <param name="lane">The first lane, 0 to 7.</param>
    /// <param name="values">V: one number a state and the <see cref="RowStore.Margin"/>, or the eight of the problems.</param>
    /// <param name="reward">r of the first lane; action a is eight numbers further on each.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="q">Receives one vector an action.</param>
    void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
        where TLanes : struct, ILanes<V>
        where V : unmanaged;

    /// <summary>Whether four actions are better kept in registers: where <see cref="ExpectFour"/> is there.</summary>
    static virtual bool HoldsFour => false;

    /// <summary>The same for the four actions of a kernel that has four.</summary>
    void ExpectFour<TLanes, V>(int group, int lane, double* values, double* reward, out V q0, out V q1, out V q2, out V q3)
        where TLanes : struct, ILanes<V>
        where V : unmanaged => throw new NotSupportedException();
}

/// <summary>A run of groups, the worker that backs it up, and where V and T V lie; in one place for a Gauss-Seidel sweep, where each state sees what the ones before it became.</summary>
internal readonly record struct SweepRange(int FirstGroup, int EndGroup, int Worker, AlignedBuffer<double> Values, AlignedBuffer<double> Next);

/// <summary>The backup as fast as the machine allows: one pass that reads V and writes T V, with the smallest and largest change on the way.</summary>
/// <remarks>
/// Lanes come in groups of eight: eight states of one problem (<see cref="BellmanSweep"/>), or one state of eight problems (<see cref="BatchSweep"/>). Neither the width of the
/// vectors nor the division among threads changes a lane's arithmetic, and a minimum does not round: the results have the same bits for any number of threads, and for a problem
/// among others as for the problem alone. Q is never stored. A sweep allocates nothing. Not for two callers at a time.
/// </remarks>
internal abstract unsafe class FusedSweep : IDisposable
{
    // Fewer than this for each worker are not worth sharing.
    private const int GroupsPerWorker = 64;

    private readonly SoftProblem _kind;
    private readonly WorkCrew? _crew;
    private readonly int[] _share; // worker w has the groups from _share[w] to _share[w + 1]
    private readonly AlignedBuffer<double>[] _scratch; // for each worker: one vector an action, for Q and for what is spread, and one for T V

    /// <summary>A sweep.</summary>
    /// <param name="kind">The problem, or one of those in the lanes: the others have its kernel, and are hard or soft, with or without base measure, as it is.</param>
    /// <param name="lanesAreProblems">Whether a group is a state of eight problems, and V has eight numbers a state; otherwise it is eight states.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="rows">The rows of the kernel; null where they are not stored.</param>
    private protected FusedSweep(SoftProblem kind, bool lanesAreProblems, int threads, RowStore? rows)
    {
        (_kind, LanesAreProblems, Rows) = (kind, lanesAreProblems, rows);
        int actions = kind.Mdp.Actions, groups = Groups = lanesAreProblems ? kind.Mdp.States : RowStore.SlicesOf(kind.Mdp.States);
        Workers = Math.Clamp(groups / GroupsPerWorker, 1, threads);
        _crew = Workers > 1 ? new WorkCrew(Workers) : null;
        _share = new int[Workers + 1];
        for (int w = 1; w <= Workers; w++) _share[w] = w == Workers ? groups : GroupAt(w);
        _scratch = PerWorker(Workers, ((3 * actions) + 1) * RowStore.Height);
        (Least, Most) = (PerWorker(Workers, RowStore.Height), PerWorker(Workers, RowStore.Height));
        Discounts = new AlignedBuffer<double>(RowStore.Height);
        Temperatures = new AlignedBuffer<double>(RowStore.Height);
        Temperatures.Span.Fill(1);
    }

    /// <summary>Doubles in a vector: 8, 4, 2 or 1; as many as the machine works on at once. It changes no bit of a result.</summary>
    internal int Lanes { get; init; } = Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1;

    /// <summary>Whether a group is a state of eight problems, and V has eight numbers a state.</summary>
    internal bool LanesAreProblems { get; }

    /// <summary>gamma of the eight lanes.</summary>
    internal AlignedBuffer<double> Discounts { get; }

    private protected AlignedBuffer<double> Temperatures { get; }

    private protected RowStore? Rows { get; }

    private protected int Groups { get; }

    private protected int Actions => _kind.Mdp.Actions;

    private protected int Workers { get; }

    /// <summary>r by group, action and lane; by state and action where it is the same in all lanes.</summary>
    private protected abstract Lanewise Reward { get; }

    /// <summary>l likewise; without entries where it is 0 throughout.</summary>
    private protected abstract Lanewise Base { get; }

    /// <summary>The smallest changes found by each worker, lane by lane.</summary>
    private protected AlignedBuffer<double>[] Least { get; }

    /// <summary>The largest changes.</summary>
    private protected AlignedBuffer<double>[] Most { get; }

    /// <inheritdoc/>
    public void Dispose() => _crew?.Dispose();

    /// <summary>Backs up a run of groups, whose rows the cursor finds: the one loop of all layouts, widths and temperatures.</summary>
    internal void Run<TCursor>(TCursor rows, SweepRange range)
        where TCursor : struct, IRowCursor
    {
        switch (Lanes)
        {
            case 8: Run<Lanes512, Vector512<double>, TCursor>(rows, range); break;
            case 4: Run<Lanes256, Vector256<double>, TCursor>(rows, range); break;
            case 2: Run<Lanes128, Vector128<double>, TCursor>(rows, range); break;
            default: Run<ScalarLane, double, TCursor>(rows, range); break;
        }
    }

    /// <summary>The lanes from one on to another of a run of groups.</summary>
    private void Backup<TLanes, V, TCursor, TMaximum>(TCursor rows, SweepRange range, int firstLane, int endLane)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        Lanewise rewards = Reward, bases = Base;
        bool staged = TLanes.Count < RowStore.Height && range.Values == range.Next;
        fixed (double* values = range.Values, next = range.Next, reward = rewards.Entries, logBase = bases.Entries, q = _scratch[range.Worker])
        fixed (double* least = Least[range.Worker], most = Most[range.Worker], discounts = Discounts, temperatures = Temperatures)
        {
            Pass pass = new()
            {
                FirstGroup = range.FirstGroup,
                EndGroup = range.EndGroup,
                FirstLane = firstLane,
                EndLane = endLane,
                Actions = Actions,
                Values = values,
                Next = next,
                Reward = reward,
                Base = logBase,
                Scratch = q,
                Least = least + firstLane,
                Most = most + firstLane,
                Discount = discounts + firstLane,
                Temperature = temperatures + firstLane,
                SharedReward = rewards.Shared,
                SharedBase = bases.Shared,
                Staged = staged,
            };
            if (rewards.Shared || bases.Shared || staged) Backup<TLanes, V, TCursor, TMaximum, WithDetours>(rows, pass);
            else if (Actions == 4 && TCursor.HoldsFour && TMaximum.HoldsFour) Backup<TLanes, V, TCursor, TMaximum, StraightFour>(rows, pass);
            else Backup<TLanes, V, TCursor, TMaximum, Straight>(rows, pass);
        }
    }

    /// <summary>The loop. Detours cost registers, so the straight way goes without.</summary>
    /// <remarks>Compiled in full at the first call, and never into a caller: there, a profile that knows nothing of the loop would make it half as slow again.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Backup<TLanes, V, TCursor, TMaximum, TWay>(TCursor rows, Pass pass)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
        where TWay : struct, IWay
    {
        int actions = pass.Actions, firstLane = pass.FirstLane, endLane = pass.EndLane, endGroup = pass.EndGroup;
        nint entries = (nint)actions * RowStore.Height;
        double* values = pass.Values, next = pass.Next, q = pass.Scratch;
        V min = TLanes.Load(pass.Least), max = TLanes.Load(pass.Most);
        V discount = TLanes.Load(pass.Discount), temperature = TLanes.Load(pass.Temperature), inverse = TLanes.Divide(TLanes.Create(1), temperature);
        for (int group = pass.FirstGroup; group < endGroup; group++)
        {
            double* r = pass.Reward + (group * entries), l = pass.Base is null ? null : pass.Base + (group * entries), target = next + ((nint)group * RowStore.Height);
            if (TWay.HasDetours)
            {
                if (pass.SharedReward) r = Spread<TLanes, V>(pass.Reward + ((nint)group * actions), actions, q + entries);
                if (pass.SharedBase) l = Spread<TLanes, V>(pass.Base + ((nint)group * actions), actions, q + (2 * entries));
                if (pass.Staged) target = q + (3 * entries);
            }

            // A vector of eight is the whole group.
            int lane = TLanes.Count < RowStore.Height ? firstLane : 0;
            do
            {
                V value;
                if (TWay.HoldsFour)
                {
                    rows.ExpectFour<TLanes, V>(group, lane, values, r + lane, out V q0, out V q1, out V q2, out V q3);
                    value = TMaximum.OfFour<TLanes, V>(q0, q1, q2, q3, temperature, inverse);
                }
                else
                {
                    rows.Expect<TLanes, V>(group, lane, values, r + lane, discount, (V*)q);
                    value = TMaximum.Of<TLanes, V>((V*)q, actions, l is null ? null : l + lane, temperature, inverse);
                }

                V change = TLanes.Subtract(value, TLanes.Load(values + ((nint)group * RowStore.Height) + lane));
                TLanes.Store(target + lane, value);
                min = TLanes.Min(min, change);
                max = TLanes.Max(max, change);
                lane += TLanes.Count;
            }
            while (TLanes.Count < RowStore.Height && lane < endLane);

            // In place, the eight of a group see one another as they were, however few a vector holds.
            if (TWay.HasDetours && pass.Staged)
                for (lane = firstLane; lane < endLane; lane++) next[((nint)group * RowStore.Height) + lane] = target[lane];
        }

        TLanes.Store(pass.Least, min);
        TLanes.Store(pass.Most, max);
    }

    /// <summary>Where everything lies during one pass.</summary>
    private readonly struct Pass
    {
        internal int FirstGroup { get; init; }

        internal int EndGroup { get; init; }

        internal int FirstLane { get; init; }

        internal int EndLane { get; init; }

        internal int Actions { get; init; }

        internal double* Values { get; init; }

        internal double* Next { get; init; }

        internal double* Reward { get; init; }

        internal double* Base { get; init; }

        internal double* Scratch { get; init; }

        internal double* Least { get; init; }

        internal double* Most { get; init; }

        internal double* Discount { get; init; }

        internal double* Temperature { get; init; }

        internal bool SharedReward { get; init; }

        internal bool SharedBase { get; init; }

        internal bool Staged { get; init; }
    }

    private interface IWay
    {
        static abstract bool HasDetours { get; }

        static abstract bool HoldsFour { get; }
    }

    private readonly struct Straight : IWay
    {
        public static bool HasDetours => false;

        public static bool HoldsFour => false;
    }

    private readonly struct StraightFour : IWay
    {
        public static bool HasDetours => false;

        public static bool HoldsFour => true;
    }

    private readonly struct WithDetours : IWay
    {
        public static bool HasDetours => true;

        public static bool HoldsFour => false;
    }

    /// <summary>Runs the body once for each worker.</summary>
    private protected void Share(Action<int> body)
    {
        for (int w = 0; w < Workers; w++)
        {
            Least[w].Span.Fill(double.PositiveInfinity);
            Most[w].Span.Fill(double.NegativeInfinity);
        }

        if (_crew is not null) _crew.Run(body);
        else body(0);
    }

    /// <summary>The part of a worker in a sweep.</summary>
    private protected SweepRange Part(int worker, AlignedBuffer<double> values, AlignedBuffer<double> next) => new(_share[worker], _share[worker + 1], worker, values, next);

    private protected static AlignedBuffer<double>[] PerWorker(int workers, int length)
    {
        AlignedBuffer<double>[] buffers = new AlignedBuffer<double>[workers];
        for (int w = 0; w < workers; w++) buffers[w] = new AlignedBuffer<double>(length);
        return buffers;
    }

    private void Run<TLanes, V, TCursor>(TCursor rows, SweepRange range)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
    {
        switch (_kind.Temperature == 0, Base.Entries is not null)
        {
            case (false, false): Run<TLanes, V, TCursor, Soft>(rows, range); break;
            case (false, true): Run<TLanes, V, TCursor, SoftWithBase>(rows, range); break;
            case (true, false): Run<TLanes, V, TCursor, Hard>(rows, range); break;
            case (true, true): Run<TLanes, V, TCursor, HardWithBase>(rows, range); break;
        }
    }

    private void Run<TLanes, V, TCursor, TMaximum>(TCursor rows, SweepRange range)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        // Narrow vectors hold the changes of a part of the problems: one pass for each part.
        if (LanesAreProblems)
            for (int lane = 0; lane < RowStore.Height; lane += TLanes.Count) Backup<TLanes, V, TCursor, TMaximum>(rows, range, lane, lane + TLanes.Count);
        else if (_kind.ScaledValuesAreFinite)
            AllStates<TLanes, V, TCursor, TMaximum>(rows, range);
        else
            AllStates<ScalarLane, double, TCursor, SoftScalar>(rows, range);
    }

    /// <summary>The last slice may be partly filled.</summary>
    private void AllStates<TLanes, V, TCursor, TMaximum>(TCursor rows, SweepRange range)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
        where TCursor : struct, IRowCursor
        where TMaximum : struct, IMaximum
    {
        int whole = Math.Min(range.EndGroup, _kind.Mdp.States / RowStore.Height), rest = range.EndGroup > whole ? _kind.Mdp.States % RowStore.Height : 0;
        Backup<TLanes, V, TCursor, TMaximum>(rows, range with { EndGroup = whole }, 0, RowStore.Height);
        if (rest > 0) Backup<ScalarLane, double, TCursor, TMaximum>(rows, range with { FirstGroup = whole }, 0, rest);
    }

    /// <summary>The same numbers in eight lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Spread<TLanes, V>(double* row, int actions, double* lanes)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        for (int a = 0; a < actions; a++)
            for (int lane = 0; lane < RowStore.Height; lane += TLanes.Count) TLanes.Store(lanes + (a * RowStore.Height) + lane, TLanes.Create(row[a]));
        return lanes;
    }

    /// <summary>The first group of a worker: slices are divided by their work.</summary>
    private int GroupAt(int worker)
    {
        if (Rows is null) return (int)((long)Groups * worker / Workers);
        long target = Rows.WorkBefore(Rows.Slices) / Workers * worker;
        int low = 0, high = Rows.Slices;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Rows.WorkBefore(middle) < target) low = middle + 1;
            else high = middle;
        }

        return LanesAreProblems ? Math.Min(Groups, low * RowStore.Height) : low;
    }

    /// <summary>A table over states and actions for the lanes of a sweep.</summary>
    /// <param name="Entries">By group, action and lane, or by state and action; null for no table.</param>
    /// <param name="Shared">Whether all lanes have the same.</param>
    private protected readonly record struct Lanewise(AlignedBuffer<double>? Entries, bool Shared);
}
