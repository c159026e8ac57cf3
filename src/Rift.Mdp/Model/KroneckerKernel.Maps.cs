using System.Buffers;
using System.Globalization;

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
        PushLive(0, _factors[^1].Live, occupancy, states);
        PushEnds(occupancy, states);
    }

    /// <summary>E* mu at those live states whose last component is in a range: ranges share nothing and may run in parallel, and their bits do not depend on how they are cut.</summary>
    internal void PushLive(int firstComponent, int lastComponent, ReadOnlySpan<double> occupancy, Span<double> states)
    {
        int width = _factors[^1].Live;
        for (int row = 0; row < LiveStates; row += width) states[(row + firstComponent)..(row + lastComponent)].Clear();
        double[] rented = ArrayPool<double>.Shared.Rent(_scratch);
        Push(0, 0, Actions, firstComponent, lastComponent, occupancy[..(LiveStates * Actions)], rented, states[..LiveStates]);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>E* mu at the ends.</summary>
    internal void PushEnds(ReadOnlySpan<double> occupancy, Span<double> states)
    {
        if (Ends == 0) return;
        Span<CompensatedSum> sums = new CompensatedSum[Ends];
        Span<double> weights = new double[(_factors.Length + 1) * _ways.Length];
        weights[.._ways.Length].Fill(1);
        CollectEnds(0, 0, Actions, occupancy[..(LiveStates * Actions)], weights, sums);
        for (int end = 0; end < Ends; end++)
        {
            sums[end].Add(occupancy[(LiveStates + end) * Actions]);
            states[LiveStates + end] = sums[end].Value;
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

    /// <summary>Adds E* of an occupancy of (c_k, ..., c_K), for a range of the last component.</summary>
    private void Push(int k, int low, int high, int firstComponent, int lastComponent, ReadOnlySpan<double> occupancy, Span<double> scratch, Span<double> states)
    {
        KroneckerFactor factor = _factors[k];
        if (k == _factors.Length - 1)
        {
            for (int i = low; i < high; i++)
            {
                int column = _choice[k][_order[i]] * factor.Live;
                factor.Columns.AddProduct(column + firstComponent, column + lastComponent, occupancy[_order[i]..], Actions, states[firstComponent..], 1);
            }

            return;
        }

        int stride = _stride[k], width = _factors[^1].Live;
        Span<double> inner = scratch[..stride];
        for (int c = 0; c < factor.Live; c++)
        {
            for (int i = low, next; i < high; i = next)
            {
                next = EndOfGroup(k, i, high);
                KroneckerFactor.Entries row = factor.Row(_choice[k][_order[i]], c);
                for (int at = 0; at < stride; at += width) inner[(at + firstComponent)..(at + lastComponent)].Clear();
                Push(k + 1, i, next, firstComponent, lastComponent, occupancy.Slice(c * stride * Actions, stride * Actions), scratch[stride..], inner);
                for (int j = 0; j < row.Next.Length; j++)
                    for (int at = 0; at < stride; at += width)
                        PairedRows.Add(row.Probability[j], inner[(at + firstComponent)..(at + lastComponent)], states.Slice((row.Next[j] * stride) + at + firstComponent, lastComponent - firstComponent));
            }
        }
    }

    /// <summary>Adds what an occupancy of (c_k, ..., c_K) sends to the ends; weights hold the probability of each way so far.</summary>
    private void CollectEnds(int k, int low, int high, ReadOnlySpan<double> occupancy, Span<double> weights, Span<CompensatedSum> sums)
    {
        int ways = _ways.Length;
        Span<double> rest = weights[ways..];
        for (int i = low, next; i < high; i = next)
        {
            int b = _choice[k][_order[i]];
            if (k == _factors.Length - 1)
            {
                next = i + 1;
                rest[..ways].Clear();
                for (int t = 0; t < ways; t++)
                {
                    if (weights[t] == 0) continue;
                    _endColumns.AddProduct((b * ways) + t, (b * ways) + t + 1, occupancy[_order[i]..], Actions, rest.Slice(t, 1), 1);
                    sums[_ways[t].End].Add(weights[t] * rest[t]);
                }

                continue;
            }

            next = EndOfGroup(k, i, high);
            for (int c = 0; c < _factors[k].Live; c++)
            {
                for (int t = 0; t < ways; t++) rest[t] = weights[t] * _ways[t].Probabilities[k][c, b];
                CollectEnds(k + 1, i, next, occupancy.Slice(c * _stride[k] * Actions, _stride[k] * Actions), rest, sums);
            }
        }
    }

    /// <summary>Where the actions stop that agree with the one at a place of the order on component k.</summary>
    private int EndOfGroup(int k, int place, int high)
    {
        int end = place + 1;
        while (end < high && _choice[k][_order[end]] == _choice[k][_order[place]]) end++;
        return end;
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
}
