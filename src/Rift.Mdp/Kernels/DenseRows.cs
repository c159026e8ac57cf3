using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>Every T(s'|s,a), zeros included, eight states side by side: a successor needs no number, and one value serves eight rows of four actions.</summary>
internal sealed unsafe class DenseRows : RowStore
{
    private readonly AlignedBuffer<double> _probability; // T(s'|8 i + lane, a) at ((i A + a) S + s') 8 + lane

    internal DenseRows(int states, int actions)
        : base(states, actions) => _probability = new AlignedBuffer<double>(checked(Slices * actions * states * Height));

    internal override int Capacity => States;

    internal override bool ServesManyProblems => true;

    internal override string Name => "dense";

    internal static DenseRows From(SlicedRows rows)
    {
        DenseRows dense = new(rows.States, rows.Actions);
        int[] successors = new int[rows.Capacity];
        double[] probabilities = new double[rows.Capacity];
        for (int s = 0; s < rows.States; s++)
            for (int a = 0; a < rows.Actions; a++)
            {
                int count = rows.Row(s, a, successors, probabilities);
                for (int k = 0; k < count; k++) dense[s, a, successors[k]] = probabilities[k];
            }

        return dense;
    }

    internal ref double this[int state, int action, int next] => ref _probability[First(state, action) + (next * Height)];

    internal override long WorkBefore(int slice) => slice;

    internal override int Row(int state, int action, Span<int> successors, Span<double> probabilities)
    {
        int count = 0;
        for (int next = 0; next < States; next++)
            if (this[state, action, next] is double probability and > 0) (successors[count], probabilities[count++]) = (next, probability);
        return count;
    }

    internal override double Expect(int state, int action, ReadOnlySpan<double> values)
    {
        double sum = 0;
        int at = First(state, action);
        for (int next = 0; next < values.Length; next++, at += Height) sum = ScalarLane.MultiplyAdd(_probability[at], values[next], sum);
        return sum;
    }

    internal override void Add(int state, int action, double weight, Span<double> states)
    {
        int at = First(state, action);
        for (int next = 0; next < states.Length; next++, at += Height) states[next] += weight * _probability[at];
    }

    internal override void Sweep(FusedSweep sweep, SweepRange range)
    {
        fixed (double* probability = _probability)
        {
            if (sweep.LanesAreProblems) sweep.Run(new BatchCursor(States, Actions, probability), range);
            else sweep.Run(new Cursor(States, Actions, probability), range);
        }
    }

    internal override RowStore? Renumbered(int[] order, int[] rank) => null;

    private int First(int state, int action) => (((state / Height * Actions) + action) * States * Height) + (state % Height);

    private readonly struct Cursor(int states, int actions, double* probability) : IRowCursor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            // Four actions at a time: four independent sums hide the latency of the additions.
            nint row = (nint)states * Height;
            double* p = probability + (group * actions * row) + lane;
            int a = 0;
            for (; a + 4 <= actions; a += 4, p += 4 * row)
            {
                V sum0 = TLanes.Create(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
                for (int next = 0; next < states; next++)
                {
                    V value = TLanes.Create(values[next]);
                    double* at = p + ((nint)next * Height);
                    sum0 = TLanes.MultiplyAdd(TLanes.Load(at), value, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Load(at + row), value, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Load(at + (2 * row)), value, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Load(at + (3 * row)), value, sum3);
                }

                double* r = reward + (a * Height);
                q[a] = TLanes.MultiplyAdd(discount, sum0, TLanes.Load(r));
                q[a + 1] = TLanes.MultiplyAdd(discount, sum1, TLanes.Load(r + Height));
                q[a + 2] = TLanes.MultiplyAdd(discount, sum2, TLanes.Load(r + (2 * Height)));
                q[a + 3] = TLanes.MultiplyAdd(discount, sum3, TLanes.Load(r + (3 * Height)));
            }

            for (; a < actions; a++, p += row)
            {
                V sum = TLanes.Create(0);
                for (int next = 0; next < states; next++) sum = TLanes.MultiplyAdd(TLanes.Load(p + ((nint)next * Height)), TLanes.Create(values[next]), sum);
                q[a] = TLanes.MultiplyAdd(discount, sum, TLanes.Load(reward + (a * Height)));
            }
        }
    }

    /// <summary>Eight problems: a probability serves all of them.</summary>
    private readonly struct BatchCursor(int states, int actions, double* probability) : IRowCursor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            nint row = (nint)states * Height;
            double* p = probability + (group / Height * actions * row) + (group % Height), v = values + lane;
            int a = 0;
            for (; a + 4 <= actions; a += 4, p += 4 * row)
            {
                V sum0 = TLanes.Create(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
                for (nint at = 0; at < row; at += Height)
                {
                    V value = TLanes.Load(v + at);
                    sum0 = TLanes.MultiplyAdd(TLanes.Create(p[at]), value, sum0);
                    sum1 = TLanes.MultiplyAdd(TLanes.Create(p[at + row]), value, sum1);
                    sum2 = TLanes.MultiplyAdd(TLanes.Create(p[at + (2 * row)]), value, sum2);
                    sum3 = TLanes.MultiplyAdd(TLanes.Create(p[at + (3 * row)]), value, sum3);
                }

                double* r = reward + (a * Height);
                q[a] = TLanes.MultiplyAdd(discount, sum0, TLanes.Load(r));
                q[a + 1] = TLanes.MultiplyAdd(discount, sum1, TLanes.Load(r + Height));
                q[a + 2] = TLanes.MultiplyAdd(discount, sum2, TLanes.Load(r + (2 * Height)));
                q[a + 3] = TLanes.MultiplyAdd(discount, sum3, TLanes.Load(r + (3 * Height)));
            }

            for (; a < actions; a++, p += row)
            {
                V sum = TLanes.Create(0);
                for (nint at = 0; at < row; at += Height) sum = TLanes.MultiplyAdd(TLanes.Create(p[at]), TLanes.Load(v + at), sum);
                q[a] = TLanes.MultiplyAdd(discount, sum, TLanes.Load(reward + (a * Height)));
            }
        }
    }
}
