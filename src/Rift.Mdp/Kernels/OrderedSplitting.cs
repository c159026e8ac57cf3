using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>
/// gamma P_pi stored explicitly, its states placed so that mass flows from earlier to later places (<see cref="FlowOrder"/>); M is the diagonal and all that agrees with this flow
/// (Gauss-Seidel in the order of the flow).
/// </summary>
/// <remarks>
/// One sweep carries mass, or value, all the way down the flow; only what goes against the flow is left for the next one. The transposed sweep pushes mass along the rows, the other one
/// gathers along them, so one matrix serves both systems. Two passes over the model's rows to build; 12 bytes a transition of the chain and 28 a state.
/// </remarks>
internal sealed class OrderedSplitting : Splitting
{
    private readonly int[] _place; // of each state
    private readonly double[] _stay, _inverse; // gamma P(i|i), and 1 over one minus that

    // The other entries of row i: those against the flow, below the diagonal, in [_start[i], _diagonal[i]), those with it up to _start[i + 1].
    private readonly int[] _start, _diagonal, _column;
    private readonly double[] _weight;
    private readonly int _longestRow;

    private OrderedSplitting(PolicyKernel chain, RowStore rows, int[] place, int[] start, int longestRow, int threads)
        : base(chain)
    {
        (_place, _start, _longestRow) = (place, start, longestRow);
        int states = place.Length;
        (_stay, _inverse, _diagonal) = (new double[states], new double[states], new int[states]);
        (_column, _weight) = (GC.AllocateUninitializedArray<int>(start[^1]), GC.AllocateUninitializedArray<double>(start[^1]));
        ForEachRun(chain, rows, threads, Fill);
    }

    /// <summary>The splitting of a chain; null where the kernel stores no rows or the chain has more entries than an array can hold.</summary>
    internal static OrderedSplitting? TryCreate(PolicyKernel chain, int threads)
    {
        if (chain.Kernel.Rows is not RowStore rows) return null;
        int[] likeliest = new int[chain.Kernel.States], entries = new int[likeliest.Length];
        ForEachRun(chain, rows, threads, (row, first, end) => Survey(row, first, end, likeliest, entries));
        long all = 0;
        foreach (int count in entries) all += count;
        if (all > Array.MaxLength) return null;
        int[] order = FlowOrder.Of(likeliest), place = likeliest, start = new int[order.Length + 1];
        for (int i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
            start[i + 1] = start[i] + entries[order[i]];
        }

        return new OrderedSplitting(chain, rows, place, start, entries.Max() + 1, threads);
    }

    internal override void Sweep(Span<double> residual, Span<double> step, bool transposed)
    {
        if (transposed) Push(residual, step);
        else Gather(residual, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Residual(ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> residual, bool transposed)
    {
        int[] start = _start;
        if (transposed)
        {
            for (int i = 0; i < residual.Length; i++) residual[i] = _stay[i] * x[i];
            for (int i = 0; i < residual.Length; i++) Scatter(start[i], start[i + 1], x[i], residual);
        }
        else
        {
            for (int i = residual.Length - 1; i >= 0; i--) residual[i] = (_stay[i] * x[i]) + Dot(start[i], start[i + 1], x);
        }

        for (int i = 0; i < residual.Length; i++) residual[i] = b[i] - (x[i] - residual[i]);
    }

    /// <summary>One for each term of the longest sum, and those that <see cref="ChainRow"/> has made.</summary>
    internal override int Roundings(bool transposed) => (transposed ? Math.Min(Chain.Kernel.LargestColumn, Chain.Kernel.States) : _longestRow) + Chain.Kernel.Actions + 1;

    internal override void Arrange(ReadOnlySpan<double> states, Span<double> arranged)
    {
        for (int s = 0; s < states.Length; s++) arranged[_place[s]] = states[s];
    }

    internal override void Restore(ReadOnlySpan<double> arranged, Span<double> states)
    {
        for (int s = 0; s < states.Length; s++) states[s] = arranged[_place[s]];
    }

    /// <summary>Runs of states, each with its reader; what is written for a state does not depend on the run it is in.</summary>
    private static void ForEachRun(PolicyKernel chain, RowStore rows, int threads, Action<ChainRow, int, int> body)
    {
        int states = chain.Kernel.States, length = (int)(((long)states + threads - 1) / threads);
        if (threads == 1) body(new ChainRow(chain, rows), 0, states);
        else Parallel.For(0, threads, run => body(new ChainRow(chain, rows), (int)Math.Min((long)run * length, states), (int)Math.Min((run + 1L) * length, states)));
    }

    /// <summary>The likeliest other successor of each state and the number of its entries off the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Survey(ChainRow row, int first, int end, int[] likeliest, int[] entries)
    {
        for (int s = first; s < end; s++)
        {
            row.Read(s);
            ReadOnlySpan<int> next = row.Next;
            ReadOnlySpan<double> weight = row.Weight;
            int best = s, others = 0;
            double most = 0;
            for (int k = 0; k < next.Length; k++)
            {
                bool other = next[k] != s, better = other & weight[k] > most;
                best = better ? next[k] : best;
                most = better ? weight[k] : most;
                others += other ? 1 : 0;
            }

            likeliest[s] = best;
            entries[s] = others;
        }
    }

    /// <summary>Reads in the order of the states and writes where they belong: memory is better at scattered writes than at scattered reads.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(ChainRow row, int first, int end)
    {
        int[] places = _place, columns = _column;
        double[] weights = _weight;
        for (int s = first; s < end; s++)
        {
            row.Read(s);
            int i = places[s], below = _start[i], above = _start[i + 1];
            ReadOnlySpan<int> next = row.Next;
            ReadOnlySpan<double> weight = row.Weight;
            double stay = 0;
            for (int k = 0; k < next.Length; k++)
            {
                int j = places[next[k]];
                if (j == i)
                {
                    stay = weight[k];
                    continue;
                }

                // Which side it belongs to can hardly be predicted: written on both, it is kept on one.
                columns[below] = columns[above - 1] = j;
                weights[below] = weights[above - 1] = weight[k];
                bool against = j < i;
                below += against ? 1 : 0;
                above -= against ? 0 : 1;
            }

            _diagonal[i] = below;
            _stay[i] = stay;
            _inverse[i] = 1 / (1 - stay);
        }
    }

    /// <summary>Down the flow, each state passes on what it has: later places receive it in time for their own turn, earlier ones keep it for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(Span<double> residual, Span<double> step)
    {
        int[] start = _start;
        double[] inverse = _inverse;
        for (int i = 0; i < step.Length; i++)
        {
            double y = step[i] = residual[i] * inverse[i];
            residual[i] = 0;
            Scatter(start[i], start[i + 1], y, residual);
        }
    }

    /// <summary>Up the flow, each state collects from the places after it; what the places before it are worth is left for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(Span<double> residual, Span<double> step)
    {
        int[] start = _start, diagonal = _diagonal;
        double[] inverse = _inverse;
        for (int i = step.Length - 1; i >= 0; i--) step[i] = (residual[i] + Dot(diagonal[i], start[i + 1], step)) * inverse[i];
        for (int i = step.Length - 1; i >= 0; i--) residual[i] = Dot(start[i], diagonal[i], step);
    }

    // Columns are places, below S by construction, so the two loops in which all the time is spent go without checks. Memory is read in one direction throughout, which
    // halves the time: rows are gathered backwards.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Dot(int first, int end, ReadOnlySpan<double> x)
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(_column);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weight), entry = ref MemoryMarshal.GetReference(x);
        double sum = 0;
        for (int k = end - 1; k >= first; k--) sum += Unsafe.Add(ref weight, k) * Unsafe.Add(ref entry, Unsafe.Add(ref column, k));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scatter(int first, int end, double y, Span<double> x)
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(_column);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weight), entry = ref MemoryMarshal.GetReference(x);
        for (int k = first; k < end; k++) Unsafe.Add(ref entry, Unsafe.Add(ref column, k)) += Unsafe.Add(ref weight, k) * y;
    }
}
