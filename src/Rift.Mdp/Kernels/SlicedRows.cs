using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Rift.Mdp;

/// <summary>Rows of eight states side by side, padded to the longest of the eight: the layout for sparse models without more structure (SELL-8; Kreutzer and others 2014).</summary>
/// <remarks>Slot k of action a in a slice holds the k-th successor of each of its eight states: eight probabilities, eight numbers of states. 96 bytes a slot.</remarks>
internal sealed unsafe class SlicedRows : RowStore
{
    // Above this, the matrix does not fit the caches beside the values; it is then read past them, so that the values stay.
    private const long StreamedBytes = 24 << 20;

    // Above this, the values of eight problems do not fit the nearer caches; they are then asked for eight states ahead.
    private const long CachedBytes = 1 << 20;

    private readonly AlignedBuffer<int> _start; // slot where action a of slice i begins, at i A + a
    private readonly AlignedBuffer<int> _next;
    private readonly AlignedBuffer<double> _probability;

    /// <summary>Room for rows of the given lengths.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="rowStart">S A + 1 numbers; row i has as many entries as <c>rowStart[i + 1] - rowStart[i]</c>.</param>
    internal SlicedRows(int states, int actions, ReadOnlySpan<long> rowStart)
        : base(states, actions)
    {
        _start = new AlignedBuffer<int>(checked((Slices * actions) + 1));
        for (int slice = 0; slice < Slices; slice++)
        {
            for (int a = 0; a < actions; a++)
            {
                int width = 0;
                for (int s = slice * Height; s < Math.Min(states, (slice + 1) * Height); s++)
                {
                    int pair = (s * actions) + a;
                    width = Math.Max(width, (int)(rowStart[pair + 1] - rowStart[pair]));
                }

                Capacity = Math.Max(Capacity, width);
                _start[(slice * actions) + a + 1] = checked(_start[(slice * actions) + a] + width);
            }
        }

        _next = new AlignedBuffer<int>(checked(_start[^1] * Height));
        _probability = new AlignedBuffer<double>(_start[^1] * Height);
        for (int slice = 0; slice < Slices; slice++)
            for (int i = _start[slice * actions] * Height; i < _start[(slice + 1) * actions] * Height; i++)
                _next[i] = Math.Min((slice * Height) + (i % Height), states - 1);
    }

    internal override int Capacity { get; }

    internal override bool ServesManyProblems => true;

    internal override string Name => "sliced";

    internal long Transitions { get; private set; }

    internal ReadOnlySpan<double> Probabilities => _probability.Span;

    internal override long WorkBefore(int slice) => _start[slice * Actions] + (4L * slice * Actions);

    /// <summary>Writes a row, once for each pair: successors in increasing order; probabilities of zero leave no entry.</summary>
    internal void Set(int state, int action, ReadOnlySpan<int> successors, ReadOnlySpan<double> probabilities)
    {
        int at = First(state, action);
        for (int k = 0; k < successors.Length; k++)
        {
            if (probabilities[k] == 0) continue;
            (_next[at], _probability[at]) = (successors[k], probabilities[k]);
            at += Height;
            Transitions++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal override int Row(int state, int action, Span<int> successors, Span<double> probabilities)
    {
        // The slots of a row lie within the arrays, by construction; the spans are checked.
        int at = First(state, action), slots = Width(state, action), count = 0;
        ref int next = ref Unsafe.Add(ref _next.GetPinnableReference(), at);
        ref double probability = ref Unsafe.Add(ref _probability.GetPinnableReference(), at);
        for (; count < slots && Unsafe.Add(ref probability, count * Height) is double p and > 0; count++) (successors[count], probabilities[count]) = (Unsafe.Add(ref next, count * Height), p);
        return count;
    }

    internal override double Expect(int state, int action, ReadOnlySpan<double> values)
    {
        double sum = 0;
        int end = First(state, action) + (Width(state, action) * Height);
        for (int at = First(state, action); at < end; at += Height) sum = ScalarLane.MultiplyAdd(_probability[at], values[_next[at]], sum);
        return sum;
    }

    internal override void Add(int state, int action, double weight, Span<double> states)
    {
        int end = First(state, action) + (Width(state, action) * Height);
        for (int at = First(state, action); at < end; at += Height) states[_next[at]] += weight * _probability[at];
    }

    internal override void Sweep(FusedSweep sweep, SweepRange range)
    {
        fixed (int* start = _start, next = _next)
        fixed (double* probability = _probability)
        {
            if (sweep.LanesAreProblems && (64L * States) > CachedBytes) sweep.Run(new BatchCursor<Streamed>(Slices, Actions, start, next, probability), range);
            else if (sweep.LanesAreProblems) sweep.Run(new BatchCursor<Cached>(Slices, Actions, start, next, probability), range);
            else if ((12L * _next.Length) > StreamedBytes) sweep.Run(new Cursor<Streamed>(Actions, start, next, probability), range);
            else sweep.Run(new Cursor<Cached>(Actions, start, next, probability), range);
        }
    }

    internal override RowStore Renumbered(int[] order, int[] rank)
    {
        long[] rowStart = new long[(States * Actions) + 1];
        int[] successors = new int[Capacity];
        double[] probabilities = new double[Capacity];
        for (int i = 0; i < States; i++)
            for (int a = 0; a < Actions; a++) rowStart[(i * Actions) + a + 1] = rowStart[(i * Actions) + a] + Row(order[i], a, successors, probabilities);
        SlicedRows renumbered = new(States, Actions, rowStart);
        for (int i = 0; i < States; i++)
        {
            for (int a = 0; a < Actions; a++)
            {
                int count = Row(order[i], a, successors, probabilities);
                for (int k = 0; k < count; k++) successors[k] = rank[successors[k]];
                Array.Sort(successors, probabilities, 0, count);
                renumbered.Set(i, a, successors.AsSpan(0, count), probabilities.AsSpan(0, count));
            }
        }

        return renumbered;
    }

    private int First(int state, int action) => (_start[(state / Height * Actions) + action] * Height) + (state % Height);

    private int Width(int state, int action)
    {
        int row = (state / Height * Actions) + action;
        return _start[row + 1] - _start[row];
    }

    private interface IReading
    {
        /// <summary>The matrix is read on from here.</summary>
        static abstract void Ahead(int* next, double* probability);

        /// <summary>The values of eight problems will be read here.</summary>
        static abstract void Ahead(double* values);
    }

    private readonly struct Cached : IReading
    {
        public static void Ahead(int* next, double* probability)
        {
        }

        public static void Ahead(double* values)
        {
        }
    }

    private readonly struct Streamed : IReading
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Ahead(int* next, double* probability)
        {
            if (!Sse.IsSupported) return;
            Sse.PrefetchNonTemporal((byte*)probability + 1024);
            Sse.PrefetchNonTemporal((byte*)next + 512);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Ahead(double* values)
        {
            if (Sse.IsSupported) Sse.Prefetch0(values);
        }
    }

    private readonly struct Cursor<TReading>(int actions, int* start, int* next, double* probability) : IRowCursor
        where TReading : struct, IReading
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            int* ends = start + ((long)group * actions) + 1;
            int slot = ends[-1];
            int* n = next + ((long)slot * Height) + lane;
            double* p = probability + ((long)slot * Height) + lane;
            for (int a = 0; a < actions; a++)
            {
                V sum = TLanes.Create(0);
                for (int end = ends[a]; slot < end; slot++)
                {
                    TReading.Ahead(n, p);
                    sum = TLanes.MultiplyAdd(TLanes.Load(p), TLanes.Gather(values, n), sum);
                    n += Height;
                    p += Height;
                }

                q[a] = TLanes.MultiplyAdd(discount, sum, TLanes.Load(reward + (a * Height)));
            }
        }
    }

    /// <summary>Eight problems: a probability and the number of a state serve all of them.</summary>
    private readonly struct BatchCursor<TReading>(int slices, int actions, int* start, int* next, double* probability) : IRowCursor
        where TReading : struct, IReading
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            int* ends = start + ((long)(group / Height) * actions) + 1;
            int slot = ends[-1];
            // As far on as this slice is long: about the same slot of the next slice.
            nint ahead = (group / Height) + 2 < slices ? (nint)Math.Min(ends[actions - 1] - slot, ends[(2 * actions) - 1] - ends[actions - 1]) * Height : 0;
            int* n = next + ((long)slot * Height) + (group % Height);
            double* p = probability + ((long)slot * Height) + (group % Height), v = values + lane;
            for (int a = 0; a < actions; a++)
            {
                V sum = TLanes.Create(0);
                for (int end = ends[a]; slot < end; slot++)
                {
                    TReading.Ahead(v + ((long)n[ahead] * Height));
                    sum = TLanes.MultiplyAdd(TLanes.Create(*p), TLanes.Load(v + ((long)*n * Height)), sum);
                    n += Height;
                    p += Height;
                }

                q[a] = TLanes.MultiplyAdd(discount, sum, TLanes.Load(reward + (a * Height)));
            }
        }
    }
}
