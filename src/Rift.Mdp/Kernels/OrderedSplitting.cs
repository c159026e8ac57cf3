using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Rift.Mdp;

/// <summary>
/// gamma P_pi stored explicitly, its states placed so that mass flows from earlier to later places (<see cref="FlowOrder"/>); M is the diagonal and all that agrees with this flow
/// (Gauss-Seidel in the order of the flow).
/// </summary>
/// <remarks>
/// One sweep carries mass, or value, all the way down the flow; only what goes against the flow is left for the next one. The transposed sweep pushes mass along the rows, the other one
/// gathers along them, so one matrix serves both systems. One pass over the model's rows to build. Where the model's own order of the states is nearly as good, as on processes that mix,
/// it is kept; elsewhere the rows are moved, and until then there are two of each. 12 bytes a transition of the chain and 28 a state.
/// </remarks>
internal sealed class OrderedSplitting : Splitting
{
    // So many entries before it is used, the place of several vectors is asked for.
    private const int EntriesAhead = 24;

    // So many eights, a cache line each, fit the nearer caches.
    private const int CachedPlaces = 1 << 14;

    // So many rows tell how much goes against the flow.
    private const int Sample = 1024;

    // Rows are moved where that leaves no more than this share of what goes against the flow.
    private const double WorthMoving = 0.75;

    // A half of the places is swept without the other where no more than this share of the flow leads across: then two threads can share a sweep.
    private const double LittleAcross = 0.02;

    private readonly int[] _place; // of each state
    private readonly double[] _stay, _inverse; // gamma P(i|i), and 1 over one minus that
    private readonly ChainBlock[] _blocks;
    private readonly int _longestRow;
    private readonly int _secondHalf; // its first block; 0 where all places are swept in one go

    private OrderedSplitting(PolicyKernel chain, RowStore rows, int threads)
        : base(chain, threads)
    {
        int states = rows.States;
        _stay = new double[states];
        _blocks = new ChainBlock[ChainBlock.Count(states)];
        int[] likeliest = new int[states];
        InParallel(threads, _blocks.Length, (first, end) => Read(new ChainReader(chain, rows), first, end, likeliest));
        _longestRow = _blocks.Max(block => block.LongestRow) + 1;
        int[] order = FlowOrder.Of(likeliest);
        _place = likeliest;
        for (int i = 0; i < states; i++) _place[order[i]] = i;
        if (AgainstFlow(moved: true) <= WorthMoving * AgainstFlow(moved: false))
        {
            if (states >= Halves.Fewest && Across(_blocks.Length / 2 * ChainBlock.Height) <= LittleAcross) _secondHalf = _blocks.Length / 2;
            Move(order, threads);
        }
        else
        {
            for (int s = 0; s < states; s++) _place[s] = s;
        }

        _inverse = Array.ConvertAll(_stay, probability => 1 / (1 - probability));
    }

    private OrderedSplitting(PolicyKernel chain, int[] place, double[] stay, ChainBlock[] blocks)
        : base(chain, threads: 1)
    {
        (_place, _stay, _blocks) = (place, stay, blocks);
        _inverse = Array.ConvertAll(stay, probability => 1 / (1 - probability));
        _longestRow = blocks.Max(block => block.LongestRow) + 1;
    }

    /// <summary>The splitting of a chain; null where the kernel stores no rows.</summary>
    internal static OrderedSplitting? TryCreate(PolicyKernel chain, int threads) => chain.Kernel.Rows is RowStore rows ? new OrderedSplitting(chain, rows, threads) : null;

    /// <summary>
    /// The same splitting of the transposed system, stored by columns, for many vectors side by side: memory takes in whole lines faster than it changes them, so they are gathered.
    /// Places are reversed, so that what a place collects from lies behind it, as it does for the system itself.
    /// </summary>
    internal OrderedSplitting Transposed()
    {
        int last = _place.Length - 1;
        int[] end = new int[_place.Length];
        foreach (ChainBlock block in _blocks)
            foreach (int column in block.Column) end[last - column]++;
        ChainBlock[] columns = Room(end);
        for (int n = 0; n < columns.Length; n++)
            for (int row = 0; row < columns[n].Rows; row++) columns[n].Diagonal[row] = end[(n * ChainBlock.Height) + row] = columns[n].Start[row + 1];

        for (int n = 0; n < _blocks.Length; n++)
        {
            for (int row = 0, from = last - (n * ChainBlock.Height); row < _blocks[n].Rows; row++, from--)
            {
                ReadOnlySpan<int> columnsOfRow = _blocks[n].Columns(row);
                ReadOnlySpan<double> weights = _blocks[n].Weights(row);
                for (int k = 0; k < columnsOfRow.Length; k++)
                {
                    // Written from the end of each row, by falling columns: those behind its own place come first.
                    int to = last - columnsOfRow[k], at = --end[to];
                    (int b, int toRow) = ChainBlock.Of(to);
                    (columns[b].Column[at], columns[b].Weight[at]) = (from, weights[k]);
                    if (from > to) columns[b].Diagonal[toRow] = at;
                }
            }
        }

        double[] stay = [.. _stay];
        Array.Reverse(stay);
        return new OrderedSplitting(Chain, Array.ConvertAll(_place, place => last - place), stay, columns);
    }

    internal override void Sweep(double[] residual, double[] step, double[] rest, bool transposed, WorkCrew? crew)
    {
        if (transposed)
        {
            Push(crew, rest, (first, end, passed) => Push(first, end, residual, step, passed));
            return;
        }

        EachHalf(crew, (first, end) => Collect<ScalarLane, double>(first, end, residual, step));
        AllRows(crew, (first, end) => Leave<ScalarLane, double>(first, end, step, rest));
    }

    internal override void Residual(double[] b, double[] x, double[] residual, bool transposed, WorkCrew? crew)
    {
        if (!transposed)
        {
            AllRows(crew, (first, end) => Residual<ScalarLane, double>(first, end, b, x, residual));
            return;
        }

        Push(crew, residual, (first, end, passed) => Push(first, end, x, passed));
        for (int i = 0; i < residual.Length; i++) residual[i] = b[i] - (x[i] - residual[i]);
    }

    /// <summary>Writes b - A x, of several vectors side by side.</summary>
    internal void Residual<TLanes, V>(ReadOnlySpan<V> b, ReadOnlySpan<V> x, Span<V> residual)
        where TLanes : struct, ILanes<V>
        where V : unmanaged => Residual<TLanes, V>(0, _blocks.Length, b, x, residual);

    /// <summary>The sweep of the system itself for several vectors side by side.</summary>
    internal void Gather<TLanes, V>(ReadOnlySpan<V> residual, Span<V> step, Span<V> rest)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        Collect<TLanes, V>(_secondHalf, _blocks.Length, residual, step);
        Collect<TLanes, V>(0, _secondHalf, residual, step);
        Leave<TLanes, V>(0, _blocks.Length, step, rest);
    }

    /// <summary>Writes b - A x for some blocks, of one vector or of several side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Residual<TLanes, V>(int firstBlock, int endBlock, ReadOnlySpan<V> b, ReadOnlySpan<V> x, Span<V> residual)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        for (int n = endBlock - 1; n >= firstBlock; n--)
        {
            ChainBlock block = _blocks[n];
            for (int row = block.Rows - 1, i = (n * ChainBlock.Height) + row; row >= 0; row--, i--)
            {
                V passed = TLanes.Add(TLanes.Multiply(TLanes.Create(_stay[i]), x[i]), Dot<TLanes, V>(block, block.Start[row], block.Start[row + 1], x));
                residual[i] = TLanes.Subtract(b[i], TLanes.Subtract(x[i], passed));
            }
        }
    }

    /// <summary>One for each term of the longest sum, and those that <see cref="ChainReader"/> has made.</summary>
    internal override int Roundings(bool transposed) => (transposed ? Math.Min(Chain.Kernel.LargestColumn, Chain.Kernel.States) : _longestRow) + Chain.Kernel.Actions + 1;

    /// <summary>The place of a state.</summary>
    internal int Place(int state) => _place[state];

    internal override void Arrange(ReadOnlySpan<double> states, Span<double> arranged)
    {
        for (int s = 0; s < states.Length; s++) arranged[_place[s]] = states[s];
    }

    internal override void Restore(ReadOnlySpan<double> arranged, Span<double> states)
    {
        for (int s = 0; s < states.Length; s++) states[s] = arranged[_place[s]];
    }

    /// <summary>Divides blocks among threads; what is made of a block does not depend on the others.</summary>
    private static void InParallel(int threads, int blocks, Action<int, int> body)
    {
        if (threads == 1) body(0, blocks);
        else Parallel.For(0, threads, t => body((int)((long)blocks * t / threads), (int)((long)blocks * (t + 1) / threads)));
    }

    /// <summary>Reads rows as the model numbers its states, and the likeliest other successor of each.</summary>
    private void Read(ChainReader reader, int firstBlock, int endBlock, int[] likeliest)
    {
        int[] entries = new int[ChainBlock.Height];
        for (int b = firstBlock; b < endBlock; b++)
        {
            int first = b * ChainBlock.Height, count = Math.Min(ChainBlock.Height, likeliest.Length - first);
            reader.Read(first, count);
            for (int row = 0; row < count; row++) entries[row] = reader.Next(row).Length;
            ChainBlock block = _blocks[b] = ChainBlock.For(entries.AsSpan(0, count));
            for (int row = 0; row < count; row++)
            {
                int s = first + row;
                ReadOnlySpan<int> next = reader.Next(row);
                ReadOnlySpan<double> weight = reader.Weight(row);
                block.Set(row, s, next, weight);
                _stay[s] = reader.Stay(row);
                likeliest[s] = next.IsEmpty ? s : next[IndexOfLargest(weight)];
            }
        }
    }

    /// <summary>The index of the first of the largest weights, none of which is negative.</summary>
    private static int IndexOfLargest(ReadOnlySpan<double> weights)
    {
        double largest = 0;
        Vector<double> largests = default;
        int k = 0;
        for (; k <= weights.Length - Vector<double>.Count; k += Vector<double>.Count) largests = Vector.Max(largests, new Vector<double>(weights[k..]));
        for (int lane = 0; lane < Vector<double>.Count; lane++) largest = Math.Max(largest, largests[lane]);
        for (; k < weights.Length; k++) largest = Math.Max(largest, weights[k]);
        return MemoryMarshal.Cast<double, long>(weights).IndexOf(BitConverter.DoubleToInt64Bits(largest));
    }

    /// <summary>The probability, in a sample of rows, of steps to an earlier place: among the places of the flow, or as the model numbers its states.</summary>
    private double AgainstFlow(bool moved)
    {
        double sum = 0;
        for (int s = 0; s < _place.Length; s += Math.Max(1, _place.Length / Sample))
        {
            (int b, int row) = ChainBlock.Of(s);
            ReadOnlySpan<int> next = _blocks[b].Columns(row);
            ReadOnlySpan<double> weight = _blocks[b].Weights(row);
            for (int k = 0; k < next.Length; k++)
                if (moved ? _place[next[k]] < _place[s] : next[k] < s) sum += weight[k];
        }

        return sum;
    }

    /// <summary>The share of the flow, in a sample of rows, that leads from before a place to there or beyond.</summary>
    private double Across(int middle)
    {
        double across = 0, sum = 0;
        for (int s = 0; s < _place.Length; s += Math.Max(1, _place.Length / Sample))
        {
            (int b, int row) = ChainBlock.Of(s);
            ReadOnlySpan<int> next = _blocks[b].Columns(row);
            ReadOnlySpan<double> weight = _blocks[b].Weights(row);
            for (int k = 0; k < next.Length; k++)
            {
                if (_place[next[k]] < _place[s]) continue;
                sum += weight[k];
                if (_place[s] < middle && _place[next[k]] >= middle) across += weight[k];
            }
        }

        return across / sum;
    }

    /// <summary>The number of entries of a row.</summary>
    private static int Entries(ChainBlock[] blocks, int place)
    {
        (int b, int row) = ChainBlock.Of(place);
        return blocks[b].Start[row + 1] - blocks[b].Start[row];
    }

    /// <summary>Room for rows with so many entries each.</summary>
    private static ChainBlock[] Room(ReadOnlySpan<int> entries)
    {
        ChainBlock[] blocks = new ChainBlock[ChainBlock.Count(entries.Length)];
        for (int n = 0; n < blocks.Length; n++) blocks[n] = ChainBlock.For(entries[(n * ChainBlock.Height)..Math.Min((n + 1) * ChainBlock.Height, entries.Length)]);
        return blocks;
    }

    /// <summary>Moves the rows to their places.</summary>
    /// <remarks>Reads in the order of the states and writes where they belong: memory is better at scattered writes than at scattered reads.</remarks>
    private void Move(int[] order, int threads)
    {
        ChainBlock[] read = [.. _blocks];
        Room(Array.ConvertAll(order, s => Entries(read, s))).CopyTo(_blocks, 0);
        InParallel(threads, _blocks.Length, (firstBlock, endBlock) =>
        {
            int[] places = new int[_longestRow];
            for (int b = firstBlock; b < endBlock; b++)
            {
                for (int row = 0; row < read[b].Rows; row++)
                {
                    int place = _place[(b * ChainBlock.Height) + row];
                    ReadOnlySpan<int> next = read[b].Columns(row);
                    for (int k = 0; k < next.Length; k++) places[k] = _place[next[k]];
                    (int to, int at) = ChainBlock.Of(place);
                    _blocks[to].Set(at, place, places.AsSpan(0, next.Length), read[b].Weights(row), to < _secondHalf ? _secondHalf * ChainBlock.Height : int.MaxValue);
                }

                read[b] = null!;
            }
        });
        Arrange([.. _stay], _stay);
    }

    /// <summary>Runs a body for the blocks of each half, or for all of them.</summary>
    private void EachHalf(WorkCrew? crew, Action<int, int> body)
    {
        if (_secondHalf == 0) body(0, _blocks.Length);
        else Halves.Run(crew, half => body(half == 0 ? 0 : _secondHalf, half == 0 ? _secondHalf : _blocks.Length));
    }

    /// <summary>Runs a body for all blocks, whose rows do not depend on one another.</summary>
    private void AllRows(WorkCrew? crew, Action<int, int> body)
    {
        int middle = _blocks.Length / 2;
        Halves.Run(crew, half => body(half == 0 ? 0 : middle, half == 0 ? middle : _blocks.Length));
    }

    /// <summary>Lets each half pass mass on into a vector of its own, and adds them.</summary>
    private void Push(WorkCrew? crew, double[] passed, Action<int, int, double[]> body)
    {
        Array.Clear(passed);
        if (_secondHalf == 0)
        {
            body(0, _blocks.Length, passed);
            return;
        }

        double[] bySecond = ArrayPool<double>.Shared.Rent(passed.Length);
        EachHalf(crew, (first, end) =>
        {
            if (first > 0) Array.Clear(bySecond, 0, passed.Length);
            body(first, end, first > 0 ? bySecond : passed);
        });
        PairedRows.Add(1, bySecond.AsSpan(0, passed.Length), passed);
        ArrayPool<double>.Shared.Return(bySecond);
    }

    /// <summary>Down the flow, each state passes on what it has: later places receive it in time for their own turn, earlier ones keep it for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(int firstBlock, int endBlock, double[] residual, double[] step, double[] rest)
    {
        double[] inverse = _inverse;
        for (int b = firstBlock; b < endBlock; b++)
        {
            ChainBlock block = _blocks[b];
            for (int row = 0, i = b * ChainBlock.Height; row < block.Rows; row++, i++)
            {
                double y = step[i] = (residual[i] + rest[i]) * inverse[i];
                rest[i] = 0;
                Scatter(block, row, y, rest);
            }
        }
    }

    /// <summary>Adds what each state of some blocks passes on, itself included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(int firstBlock, int endBlock, double[] x, double[] passed)
    {
        for (int b = firstBlock; b < endBlock; b++)
        {
            ChainBlock block = _blocks[b];
            for (int row = 0, i = b * ChainBlock.Height; row < block.Rows; row++, i++)
            {
                passed[i] += _stay[i] * x[i];
                Scatter(block, row, x[i], passed);
            }
        }
    }

    /// <summary>Up the flow, each state collects from the places after it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Collect<TLanes, V>(int firstBlock, int endBlock, ReadOnlySpan<V> residual, Span<V> step)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        double[] inverse = _inverse;
        for (int b = endBlock - 1; b >= firstBlock; b--)
        {
            ChainBlock block = _blocks[b];
            int[] start = block.Start, diagonal = block.Diagonal;
            for (int row = block.Rows - 1, i = (b * ChainBlock.Height) + row; row >= 0; row--, i--)
                step[i] = TLanes.Multiply(TLanes.Add(residual[i], Dot<TLanes, V>(block, diagonal[row], start[row + 1], step)), TLanes.Create(inverse[i]));
        }
    }

    /// <summary>What the places before a state, or across, are worth is left for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Leave<TLanes, V>(int firstBlock, int endBlock, ReadOnlySpan<V> step, Span<V> rest)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        for (int b = endBlock - 1; b >= firstBlock; b--)
        {
            ChainBlock block = _blocks[b];
            int[] start = block.Start, diagonal = block.Diagonal;
            for (int row = block.Rows - 1, i = (b * ChainBlock.Height) + row; row >= 0; row--, i--) rest[i] = Dot<TLanes, V>(block, start[row], diagonal[row], step);
        }
    }

    // Columns are places, below S by construction, so the two loops in which all the time is spent go without checks. Memory is read in one direction throughout, which
    // halves the time: rows are gathered backwards, in two sums, since one would wait for itself. Of eight vectors side by side a place is a cache line, which is asked for
    // ahead where they do not fit the nearer caches.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Dot<TLanes, V>(ChainBlock block, int first, int end, ReadOnlySpan<V> x)
        where TLanes : struct, ILanes<V>
        where V : unmanaged
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(block.Column);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(block.Weight);
        ref V entry = ref MemoryMarshal.GetReference(x);
        bool ahead = TLanes.Count > 1 && x.Length > CachedPlaces;
        V even = TLanes.Create(0), odd = TLanes.Create(0);
        for (; end - first >= 2; end -= 2)
        {
            if (ahead)
            {
                Ahead(ref Unsafe.Add(ref entry, Unsafe.Add(ref column, Math.Max(end - 1 - EntriesAhead, 0))));
                Ahead(ref Unsafe.Add(ref entry, Unsafe.Add(ref column, Math.Max(end - 2 - EntriesAhead, 0))));
            }

            even = TLanes.Add(even, TLanes.Multiply(TLanes.Create(Unsafe.Add(ref weight, end - 1)), Unsafe.Add(ref entry, Unsafe.Add(ref column, end - 1))));
            odd = TLanes.Add(odd, TLanes.Multiply(TLanes.Create(Unsafe.Add(ref weight, end - 2)), Unsafe.Add(ref entry, Unsafe.Add(ref column, end - 2))));
        }

        if (end > first) even = TLanes.Add(even, TLanes.Multiply(TLanes.Create(Unsafe.Add(ref weight, first)), Unsafe.Add(ref entry, Unsafe.Add(ref column, first))));
        return TLanes.Add(even, odd);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scatter(ChainBlock block, int row, double y, Span<double> x)
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(block.Column);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(block.Weight);
        ref double entry = ref MemoryMarshal.GetReference(x);
        for (int k = block.Start[row], end = block.Start[row + 1]; k < end; k++) Unsafe.Add(ref entry, Unsafe.Add(ref column, k)) += Unsafe.Add(ref weight, k) * y;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Ahead<V>(ref V entry)
        where V : unmanaged
    {
        // An address is all a prefetch needs: were the array to move meanwhile, only speed would suffer.
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref entry));
    }
}
