using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>
/// Rows that share their successors and use few probabilities: per slice the distinct successors, each loaded once for all actions, and one byte a probability.
/// </summary>
/// <remarks>
/// Slot k of a slice holds one successor of each of its eight states, numbers in increasing order, and for every action the code of the probability of going there; code 0 is
/// probability 0. Where the eight successors of every slot lie at one distance from their states, as on a grid, only the distance is kept and the values are loaded as they lie.
/// </remarks>
internal sealed unsafe class CodedRows : RowStore
{
    // What a slot costs, in instructions: eight values gathered one by one or loaded as they lie; a probability looked up or loaded, and multiplied.
    private const int GatherCost = 12, LoadCost = 1, DecodeCost = 3, PlainCost = 2;

    private readonly bool _shifted; // successors are distances
    private readonly AlignedBuffer<int> _start; // first slot of a slice
    private readonly AlignedBuffer<int> _next; // distances: one a slot; otherwise eight
    private readonly AlignedBuffer<byte> _codes; // at (slot A + a) 8 + lane
    private readonly double[] _table;

    private CodedRows(int states, int actions, bool shifted, AlignedBuffer<int> start, AlignedBuffer<int> next, double[] table)
        : base(states, actions)
    {
        _shifted = shifted;
        _start = start;
        _next = next;
        _codes = new AlignedBuffer<byte>(checked(start[^1] * actions * Height));
        _table = table;
        for (int slice = 0; slice < Slices; slice++) Capacity = Math.Max(Capacity, start[slice + 1] - start[slice]);
    }

    internal override int Capacity { get; }

    /// <summary>A code is looked up as fast for eight states as for one, so there is nothing to share.</summary>
    internal override bool ServesManyProblems => false;

    internal override string Name => _shifted ? "shifted, coded" : "shared, coded";

    /// <summary>The rows in this layout, or null where it would not pay.</summary>
    internal static CodedRows? TryFrom(SlicedRows rows)
    {
        if (Table(rows.Probabilities) is not double[] table) return null;
        int actions = rows.Actions, slices = rows.Slices;
        AlignedBuffer<int> distances = new(slices + 1), shared = new(slices + 1);
        SliceReader reader = new(rows);
        for (int slice = 0; slice < slices; slice++)
        {
            reader.Read(slice);
            distances[slice + 1] = checked(distances[slice] + reader.Distances.Count);
            shared[slice + 1] = checked(shared[slice] + reader.LargestShared);
        }

        long plain = rows.WorkBefore(slices) * (GatherCost + PlainCost);
        long shifting = (long)distances[^1] * (LoadCost + (DecodeCost * actions)), sharing = (long)shared[^1] * (GatherCost + (DecodeCost * actions));
        if (plain <= Math.Min(shifting, sharing)) return null;
        bool shifted = shifting <= sharing;
        AlignedBuffer<int> start = shifted ? distances : shared;
        CodedRows coded = new(rows.States, actions, shifted, start, new AlignedBuffer<int>(checked(start[^1] * (shifted ? 1 : Height))), table);
        for (int slice = 0; slice < slices; slice++)
        {
            reader.Read(slice);
            coded.Fill(slice, reader);
        }

        return coded;
    }

    internal override long WorkBefore(int slice) => _start[slice] + slice;

    internal override int Row(int state, int action, Span<int> successors, Span<double> probabilities)
    {
        int count = 0;
        for (int slot = _start[state / Height]; slot < _start[(state / Height) + 1]; slot++)
            if (Code(slot, action, state) is int code and not 0) (successors[count], probabilities[count++]) = (Successor(slot, state), _table[code]);
        return count;
    }

    internal override double Expect(int state, int action, ReadOnlySpan<double> values)
    {
        double sum = 0;
        for (int slot = _start[state / Height]; slot < _start[(state / Height) + 1]; slot++)
            if (Code(slot, action, state) is int code and not 0) sum = ScalarLane.MultiplyAdd(_table[code], values[Successor(slot, state)], sum);
        return sum;
    }

    internal override void Add(int state, int action, double weight, Span<double> states)
    {
        for (int slot = _start[state / Height]; slot < _start[(state / Height) + 1]; slot++)
            if (Code(slot, action, state) is int code and not 0) states[Successor(slot, state)] += weight * _table[code];
    }

    internal override void Sweep(FusedSweep sweep, SweepRange range)
    {
        double* table = stackalloc double[DecodeTable.Size];
        for (int i = 0; i < _table.Length; i++) DecodeTable.Set(table, i, sweep.Discounts[0] * _table[i]);
        fixed (int* start = _start, next = _next)
        fixed (byte* codes = _codes)
        {
            if (_shifted) sweep.Run(new Cursor<Shifted>(Actions, start, next, codes, table), range);
            else sweep.Run(new Cursor<Shared>(Actions, start, next, codes, table), range);
        }
    }

    internal override RowStore Renumbered(int[] order, int[] rank)
    {
        // The distinct successors stay what they are, so a state's slots are moved as wholes, sorted anew.
        AlignedBuffer<int> start = new(Slices + 1);
        for (int slice = 0; slice < Slices; slice++)
        {
            int widest = 0;
            for (int i = slice * Height; i < Math.Min(States, (slice + 1) * Height); i++) widest = Math.Max(widest, Slots(order[i], rank, [], []));
            start[slice + 1] = checked(start[slice] + widest);
        }

        CodedRows renumbered = new(States, Actions, shifted: false, start, new AlignedBuffer<int>(checked(start[^1] * Height)), _table);
        int[] successors = new int[Capacity], slots = new int[Capacity];
        for (int i = 0; i < renumbered.Slices * Height; i++)
        {
            int count = i < States ? Slots(order[i], rank, successors, slots) : 0, slot = start[i / Height];
            Array.Sort(successors, slots, 0, count);
            for (int k = 0; k < count; k++, slot++)
            {
                renumbered._next[(slot * Height) + (i % Height)] = successors[k];
                for (int a = 0; a < Actions; a++) renumbered._codes[(((slot * Actions) + a) * Height) + (i % Height)] = (byte)Code(slots[k], a, order[i]);
            }

            for (; slot < start[(i / Height) + 1]; slot++) renumbered._next[(slot * Height) + (i % Height)] = Math.Min(i, States - 1);
        }

        return renumbered;
    }

    /// <summary>The slots of a state that lead anywhere, and the new numbers of where they lead; only counted where the spans are empty.</summary>
    private int Slots(int state, int[] rank, Span<int> successors, Span<int> slots)
    {
        int count = 0;
        for (int slot = _start[state / Height]; slot < _start[(state / Height) + 1]; slot++)
        {
            bool leads = false;
            for (int a = 0; a < Actions && !leads; a++) leads = Code(slot, a, state) != 0;
            if (!leads) continue;
            if (!slots.IsEmpty) (successors[count], slots[count]) = (rank[Successor(slot, state)], slot);
            count++;
        }

        return count;
    }

    private int Code(int slot, int action, int state) => _codes[(((slot * Actions) + action) * Height) + (state % Height)];

    private int Successor(int slot, int state) => _shifted ? state + _next[slot] : _next[(slot * Height) + (state % Height)];

    private void Fill(int slice, SliceReader reader)
    {
        int first = _start[slice];
        if (_shifted)
            for (int k = 0; k < reader.Distances.Count; k++) _next[first + k] = reader.Distances[k];
        else
            for (int i = first * Height; i < _start[slice + 1] * Height; i++) _next[i] = Math.Min((slice * Height) + (i % Height), States - 1);
        foreach ((int state, int action, int successor, double probability) in reader.Entries)
        {
            int slot = first + (_shifted ? reader.Distances.BinarySearch(successor - state) : reader.Shared[state % Height].BinarySearch(successor));
            if (!_shifted) _next[(slot * Height) + (state % Height)] = successor;
            _codes[(((slot * Actions) + action) * Height) + (state % Height)] = (byte)Array.IndexOf(_table, probability);
        }
    }

    /// <summary>0 and the different probabilities, if they fit the table.</summary>
    private static double[]? Table(ReadOnlySpan<double> probabilities)
    {
        Span<double> table = stackalloc double[DecodeTable.Numbers];
        int count = 1;
        foreach (double p in probabilities)
        {
            if (table[..count].Contains(p)) continue;
            if (count == DecodeTable.Numbers) return null;
            table[count++] = p;
        }

        return table[..count].ToArray();
    }

    /// <summary>The entries of one slice, and the successors that its rows share.</summary>
    private sealed class SliceReader
    {
        private readonly SlicedRows _rows;
        private readonly int[] _successors;
        private readonly double[] _probabilities;

        internal SliceReader(SlicedRows rows)
        {
            _rows = rows;
            _successors = new int[rows.Capacity];
            _probabilities = new double[rows.Capacity];
        }

        internal List<(int State, int Action, int Successor, double Probability)> Entries { get; } = [];

        /// <summary>The distinct distances from a state to its successors, increasing.</summary>
        internal List<int> Distances { get; } = [];

        /// <summary>The distinct successors of each of the eight states, increasing.</summary>
        internal List<int>[] Shared { get; } = [[], [], [], [], [], [], [], []];

        internal int LargestShared { get; private set; }

        internal void Read(int slice)
        {
            Entries.Clear();
            Distances.Clear();
            LargestShared = 0;
            foreach (List<int> shared in Shared) shared.Clear();
            for (int s = slice * Height; s < Math.Min(_rows.States, (slice + 1) * Height); s++)
            {
                List<int> shared = Shared[s % Height];
                for (int a = 0; a < _rows.Actions; a++)
                {
                    int count = _rows.Row(s, a, _successors, _probabilities);
                    for (int k = 0; k < count; k++)
                    {
                        Entries.Add((s, a, _successors[k], _probabilities[k]));
                        Insert(Distances, _successors[k] - s);
                        Insert(shared, _successors[k]);
                    }
                }

                LargestShared = Math.Max(LargestShared, shared.Count);
            }
        }

        private static void Insert(List<int> sorted, int x)
        {
            int at = sorted.BinarySearch(x);
            if (at < 0) sorted.Insert(~at, x);
        }
    }

    private interface ISuccessors
    {
        static abstract V Load<TLanes, V>(int* next, int slot, int lane, double* values, int state)
            where TLanes : struct, ILanes<V>
            where V : unmanaged;
    }

    private readonly struct Shifted : ISuccessors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<TLanes, V>(int* next, int slot, int lane, double* values, int state)
            where TLanes : struct, ILanes<V>
            where V : unmanaged => TLanes.Load(values + state + next[slot]);
    }

    private readonly struct Shared : ISuccessors
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Load<TLanes, V>(int* next, int slot, int lane, double* values, int state)
            where TLanes : struct, ILanes<V>
            where V : unmanaged => TLanes.Gather(values, next + ((long)slot * Height) + lane);
    }

    private readonly struct Cursor<TSuccessors>(int actions, int* start, int* next, byte* codes, double* table) : IRowCursor
        where TSuccessors : struct, ISuccessors
    {
        public static bool HoldsFour => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            TLanes.LoadTable(table, out V low, out V high);
            int first = start[group], end = start[group + 1], state = (group * Height) + lane, a = 0;
            nint slotBytes = (nint)actions * Height;
            byte* rows = codes + (first * slotBytes) + lane;
            for (; a + 4 <= actions; a += 4)
                Four<TLanes, V>(first, end, lane, values, state, rows + (a * Height), slotBytes, reward + (a * Height), out q[a], out q[a + 1], out q[a + 2], out q[a + 3]);

            for (; a < actions; a++)
            {
                V sum = TLanes.Load(reward + (a * Height));
                byte* c = rows + (a * Height);
                for (int slot = first; slot < end; slot++, c += slotBytes)
                    sum = TLanes.MultiplyAdd(TLanes.Decode(low, high, table, c), TSuccessors.Load<TLanes, V>(next, slot, lane, values, state), sum);
                q[a] = sum;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void ExpectFour<TLanes, V>(int group, int lane, double* values, double* reward, out V q0, out V q1, out V q2, out V q3)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            nint first = start[group], slotBytes = 4 * Height;
            Four<TLanes, V>((int)first, start[group + 1], lane, values, (group * Height) + lane, codes + (first * slotBytes) + lane, slotBytes, reward, out q0, out q1, out q2, out q3);
        }

        /// <summary>r + gamma E V for four actions whose codes of the first slot lie one behind the other: a value is loaded once for all of them.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Four<TLanes, V>(int first, int end, int lane, double* values, int state, byte* codes, nint slotBytes, double* reward, out V q0, out V q1, out V q2, out V q3)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            TLanes.LoadTable(table, out V low, out V high);
            V sum0 = TLanes.Load(reward), sum1 = TLanes.Load(reward + Height), sum2 = TLanes.Load(reward + (2 * Height)), sum3 = TLanes.Load(reward + (3 * Height));
            for (int slot = first; slot < end; slot++, codes += slotBytes)
            {
                V value = TSuccessors.Load<TLanes, V>(next, slot, lane, values, state);
                sum0 = TLanes.MultiplyAdd(TLanes.Decode(low, high, table, codes), value, sum0);
                sum1 = TLanes.MultiplyAdd(TLanes.Decode(low, high, table, codes + Height), value, sum1);
                sum2 = TLanes.MultiplyAdd(TLanes.Decode(low, high, table, codes + (2 * Height)), value, sum2);
                sum3 = TLanes.MultiplyAdd(TLanes.Decode(low, high, table, codes + (3 * Height)), value, sum3);
            }

            (q0, q1, q2, q3) = (sum0, sum1, sum2, sum3);
        }
    }
}
