using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <content>The two maps, component by component.</content>
public sealed partial class KroneckerKernel
{
    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        Require.Length(values.Length, States, nameof(values));
        int last = firstState + (expectations.Length / Actions);
        if (firstState < 0 || last > States || expectations.Length % Actions != 0)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {expectations.Length} entries from state {firstState} on, expected {Actions} for each of at most {States} states"), nameof(expectations));
        int live = Math.Clamp(LiveStates - firstState, 0, last - firstState);
        double[] rented = ArrayPool<double>.Shared.Rent(_scratch);
        expectations.Clear();
        if (live > 0)
        {
            Span<double> worth = rented.AsSpan(0, _ways.Length);
            for (int t = 0; t < worth.Length; t++) worth[t] = values[LiveStates + _ways[t].End];
            Expect(0, 0, Actions, firstState, firstState + live, values, worth, rented.AsSpan(worth.Length), expectations[..(live * Actions)]);
        }

        for (int s = firstState + live; s < last; s++) expectations[(s - firstState) * Actions] = values[s];
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double> occupancy, Span<double> states)
    {
        Require.Length(occupancy.Length, (long)States * Actions, nameof(occupancy));
        Require.Length(states.Length, States, nameof(states));
        Push([], occupancy, states, threads: 1);
    }

    /// <inheritdoc/>
    internal override unsafe void Push(ReadOnlySpan<double> states, ReadOnlySpan<double> weights, Span<double> result, int threads)
    {
        CompensatedSum[] ends = new CompensatedSum[Chunks * _ways.Length];
        if (threads == 1)
        {
            for (int chunk = 0; chunk < Chunks; chunk++) PushChunk(chunk, new Occupancy(states, weights), result, ends);
        }
        else
        {
            // A body for several threads can hold no spans.
            fixed (double* x = states, w = weights, y = result)
            {
                (nint from, nint by, nint to) = ((nint)x, (nint)w, (nint)y);
                (int ofStates, int ofWeights, int ofResult) = (states.Length, weights.Length, result.Length);
                Parallel.For(0, Chunks, new ParallelOptions { MaxDegreeOfParallelism = threads }, chunk => PushChunk(
                    chunk, new Occupancy(new ReadOnlySpan<double>((void*)from, ofStates), new ReadOnlySpan<double>((void*)by, ofWeights)), new Span<double>((void*)to, ofResult), ends));
            }
        }

        PushEnds(new Occupancy(states, weights), ends, result);
    }

    /// <summary>E* mu at those live states whose last component is in a chunk, and what those in it send to the ends. Chunks share nothing, so the bits do not depend on who does which.</summary>
    private void PushChunk(int chunk, Occupancy occupancy, Span<double> states, CompensatedSum[] ends)
    {
        int width = _factors[^1].Live, first = width * chunk / Chunks, last = width * (chunk + 1) / Chunks;
        if (first == last) return;
        for (int row = 0; row < LiveStates; row += width) states[(row + first)..(row + last)].Clear();
        double[] rented = ArrayPool<double>.Shared.Rent(_scratch + (_factors.Length * _ways.Length) + (2 * width));
        Span<double> weights = rented.AsSpan(0, _ways.Length);
        weights.Fill(1);
        Part part = new(chunk, first, last, _factors[^1].Sources(first, last));
        Push(0, 0, Actions, part, occupancy, 0, rented.AsSpan(_ways.Length), weights, states[..LiveStates], ends.AsSpan(chunk * _ways.Length, _ways.Length));
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>E* mu at the ends, from what the chunks send there by each way.</summary>
    private void PushEnds(Occupancy occupancy, CompensatedSum[] ways, Span<double> states)
    {
        for (int end = 0; end < Ends; end++)
        {
            CompensatedSum sum = default;
            sum.Add(occupancy[(LiveStates + end) * Actions, Actions]);
            for (int i = 0; i < ways.Length; i++)
                if (_ways[i % _ways.Length].End == end) sum.Add(ways[i].Value);
            states[LiveStates + end] = sum.Value;
        }
    }

    /// <summary>
    /// Adds E of a function of (c_k, ..., c_K), for the actions from <paramref name="low"/> to <paramref name="high"/> in order, which agree before component k, at
    /// the tuples numbered <paramref name="first"/> to <paramref name="last"/>. worth holds for each way to an end what it is worth times its probability so far.
    /// </summary>
    private void Expect(int k, int low, int high, int first, int last, ReadOnlySpan<double> values, Span<double> worth, Span<double> scratch, Span<double> table)
    {
        KroneckerFactor factor = _factors[k];
        if (k == _factors.Length - 1)
        {
            for (int i = low; i < high; i++) ExpectLast(factor, _order[i], first, last, values, worth, table);
            return;
        }

        int stride = _stride[k];
        Span<double> inner = scratch[..stride], innerWorth = scratch.Slice(stride, worth.Length), rest = scratch[(stride + worth.Length)..];
        for (int c = first / stride; c * stride < last; c++)
        {
            int from = Math.Max(first, c * stride), to = Math.Min(last, (c + 1) * stride);
            (int lowest, int highest) = Reach(k + 1, from - (c * stride), to - (c * stride));
            for (int i = low, next; i < high; i = next)
            {
                int b = _choice[k][_order[i]];
                next = EndOfGroup(k, i, high);
                if (lowest <= highest) factor.Rows.Combine((b * factor.Live) + c, values, stride, lowest, inner[lowest..(highest + 1)]);
                for (int t = 0; t < worth.Length; t++) innerWorth[t] = worth[t] * _ways[t].Probabilities[k][c, b];
                Expect(k + 1, i, next, from - (c * stride), to - (c * stride), inner, innerWorth, rest, table[((from - first) * Actions)..((to - first) * Actions)]);
            }
        }
    }

    private void ExpectLast(KroneckerFactor factor, int action, int first, int last, ReadOnlySpan<double> values, ReadOnlySpan<double> worth, Span<double> table)
    {
        int b = _choice[^1][action];
        factor.Rows.AddProduct((b * factor.Live) + first, (b * factor.Live) + last, values, 1, table[action..], Actions);
        for (int t = 0; t < worth.Length; t++)
        {
            int row = ((b * worth.Length) + t) * factor.Live;
            if (worth[t] != 0) _endRows.AddProduct(row + first, row + last, worth.Slice(t, 1), 1, table[action..], Actions);
        }
    }

    /// <summary>The first and the last tuple (c_k, ..., c_K) that a value is needed of for a run of tuples.</summary>
    private (int Lowest, int Highest) Reach(int k, int first, int last)
    {
        int stride = _stride[k];
        (int lowest, int highest) = _factors[k].Reach(first / stride, (last - 1) / stride);
        return (lowest * stride, (highest * stride) + stride - 1);
    }

    /// <summary>Adds E* of an occupancy of (c_k, ..., c_K) whose first state has a number, for a part of the last component; false where nothing was to be added.</summary>
    /// <remarks>weights holds the probability of each way to an end so far, and sums what is sent along it.</remarks>
    private bool Push(int k, int low, int high, Part part, Occupancy occupancy, int firstState, Span<double> scratch, ReadOnlySpan<double> weights, Span<double> states, Span<CompensatedSum> sums)
    {
        KroneckerFactor factor = _factors[k];
        if (k == _factors.Length - 1)
        {
            bool some = false;
            for (int i = low; i < high; i++) some |= PushLast(_order[i], part, occupancy, firstState, scratch, weights, states, sums);
            return some;
        }

        int stride = _stride[k], width = _factors[^1].Live;
        Span<double> inner = scratch[..stride], rest = scratch[(stride + weights.Length)..], innerWeights = scratch.Slice(stride, weights.Length);
        bool any = false;
        for (int c = 0; c < factor.Live; c++)
        {
            int start = firstState + (c * stride);
            if (occupancy.IsNothing(start, stride)) continue;
            for (int i = low, next; i < high; i = next)
            {
                next = EndOfGroup(k, i, high);
                int b = _choice[k][_order[i]];
                KroneckerFactor.Entries row = factor.Row(b, c);
                for (int at = 0; at < stride; at += width) inner[(at + part.First)..(at + part.Last)].Clear();
                for (int t = 0; t < weights.Length; t++) innerWeights[t] = weights[t] * _ways[t].Probabilities[k][c, b];
                if (!Push(k + 1, i, next, part, occupancy, start, rest, innerWeights, inner, sums)) continue;
                any = true;
                for (int j = 0; j < row.Next.Length; j++)
                    for (int at = 0; at < stride; at += width)
                        PairedRows.Add(row.Probability[j], inner[(at + part.First)..(at + part.Last)], states.Slice((row.Next[j] * stride) + at + part.First, part.Last - part.First));
            }
        }

        return any;
    }

    private bool PushLast(int action, Part part, Occupancy occupancy, int firstState, Span<double> scratch, ReadOnlySpan<double> weights, Span<double> states, Span<CompensatedSum> sums)
    {
        KroneckerFactor factor = _factors[^1];
        int b = _choice[^1][action], live = factor.Live, from = Math.Min(part.First, part.Sources.Lowest), to = Math.Max(part.Last - 1, part.Sources.Highest);
        Span<double> mass = scratch[..live];
        if (!occupancy.CopyTo(mass[from..(to + 1)], firstState + from, action, Actions)) return false;
        factor.Columns.AddProduct((b * live) + part.First, (b * live) + part.Last, mass, 1, states[part.First..part.Last], 1);
        for (int t = 0; t < weights.Length; t++)
        {
            if (weights[t] == 0) continue;
            double sent = 0;
            _endColumns[part.Chunk].AddProduct((b * weights.Length) + t, (b * weights.Length) + t + 1, mass, 1, new Span<double>(ref sent), 1);
            sums[t].Add(weights[t] * sent);
        }

        return true;
    }

    /// <summary>Where the actions stop that agree with the one at a place of the order on component k.</summary>
    private int EndOfGroup(int k, int place, int high)
    {
        int end = place + 1;
        while (end < high && _choice[k][_order[end]] == _choice[k][_order[place]]) end++;
        return end;
    }

    /// <summary>An occupancy: the products x(s) w(s,a), or the table w itself where there is no x.</summary>
    private readonly ref struct Occupancy(ReadOnlySpan<double> states, ReadOnlySpan<double> weights)
    {
        private readonly ReadOnlySpan<double> _states = states, _weights = weights;

        /// <summary>The entry of a pair.</summary>
        internal double this[int pair, int actions] => _states.IsEmpty ? _weights[pair] : _states[pair / actions] * _weights[pair];

        /// <summary>Whether a run of states is known to have none.</summary>
        internal bool IsNothing(int state, int count) => !_states.IsEmpty && !_states.Slice(state, count).ContainsAnyExcept(0.0);

        /// <summary>Copies the entries of one action from a state on; returns whether there is one that is not 0.</summary>
        internal bool CopyTo(Span<double> entries, int state, int action, int actions)
        {
            // The bits of all entries together: no maximum to wait for.
            long some = 0;
            ref double weight = ref Unsafe.Add(ref MemoryMarshal.GetReference(_weights), (state * actions) + action);
            Debug.Assert(((state + entries.Length - 1) * actions) + action < _weights.Length);
            ReadOnlySpan<double> x = _states.IsEmpty ? default : _states.Slice(state, entries.Length);
            for (int i = 0; i < entries.Length; i++, weight = ref Unsafe.Add(ref weight, actions))
            {
                double mass = x.IsEmpty ? weight : x[i] * weight;
                entries[i] = mass;
                some |= BitConverter.DoubleToInt64Bits(mass);
            }

            return some << 1 != 0;
        }
    }

    /// <summary>A sum with its rounding errors summed beside it (Neumaier 1974): exact up to one rounding.</summary>
    private struct CompensatedSum
    {
        private double _sum, _lost;

        internal readonly double Value => _sum + _lost;

        internal void Add(double x)
        {
            double next = _sum + x;
            _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - next + x : x - next + _sum;
            _sum = next;
        }
    }

    /// <summary>A chunk of the last component, and the states that lead there.</summary>
    private readonly record struct Part(int Chunk, int First, int Last, (int Lowest, int Highest) Sources);
}
