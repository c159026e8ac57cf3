using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>The backup of one problem; lanes are states.</summary>
internal sealed unsafe class BellmanSweep : FusedSweep
{
    // States that a kernel without stored rows expects at a time.
    private const int StatesPerBlock = 1024;

    private readonly SoftProblem _problem;
    private readonly AlignedBuffer<double>[] _expectations; // one block, for each worker; empty where rows are stored
    private readonly Action<int> _body, _halfBody;
    private int _split;
    private AlignedBuffer<double> _values = null!, _next = null!;

    /// <summary>The backup of a problem.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="threads">At most so many threads.</param>
    /// <param name="rows">The rows of the kernel, renumbered; null for the kernel as it is.</param>
    /// <param name="order">The states in the order of the rows given.</param>
    internal BellmanSweep(SoftProblem problem, int threads, RowStore? rows = null, int[]? order = null)
        : base(problem, lanesAreProblems: false, threads, rows ?? problem.Mdp.Kernel.Rows)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        _problem = problem;
        Discounts.Span.Fill(mdp.Discount);
        Temperatures.Span.Fill(problem.Temperature);
        Reward = Sliced((s, row) => mdp.Reward.Row(order is null ? s : order[s]).CopyTo(row));
        if (!problem.BaseRow(0).IsEmpty) Base = Sliced((s, row) => problem.EffectiveBase(order is null ? s : order[s], row));
        _expectations = PerWorker(Rows is null ? Workers : 0, Math.Min(StatesPerBlock, mdp.States) * Actions);
        _body = worker => Sweep(Part(worker, _values, _next));
        _halfBody = half =>
        {
            if (half > 1) return;
            AlignedBuffer<double> values = half == 0 ? _values : _next;
            Sweep(new SweepRange(half == 0 ? 0 : _split, half == 0 ? _split : Groups, half % Workers, values, values));
        };
    }

    /// <summary>The layout of the kernel.</summary>
    internal string Layout => Rows?.Name ?? "expectation";

    private protected override Lanewise Reward { get; }

    private protected override Lanewise Base { get; }

    /// <summary>Room for a V, zero, as a sweep wants it.</summary>
    internal static AlignedBuffer<double> Room(int states) => new(states, RowStore.Margin);

    /// <summary>Writes T V of <paramref name="values"/> into <paramref name="next"/>; returns the smallest and largest change. Both are <see cref="Room"/>.</summary>
    internal (double Min, double Max) Backup(AlignedBuffer<double> values, AlignedBuffer<double> next)
    {
        (_values, _next) = (RequireRoom(values), RequireRoom(next));
        Share(_body);
        return Extremes();
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
        (_values, _next, _split) = (RequireRoom(first), RequireRoom(second), split);
        Share(_halfBody);
        if (Workers == 1) _halfBody(1);
        return Extremes();
    }

    /// <summary>The drivers check nothing: what they may read beside V must be there.</summary>
    private static AlignedBuffer<double> RequireRoom(AlignedBuffer<double> values) =>
        values.Margin >= RowStore.Margin ? values : throw new ArgumentException($"found a margin of {values.Margin}, expected at least {RowStore.Margin}", nameof(values));

    /// <summary>T V of values that lie elsewhere, S entries.</summary>
    internal double[] Backup(ReadOnlySpan<double> values)
    {
        AlignedBuffer<double> from = Room(values.Length), to = Room(values.Length);
        values.CopyTo(from.Span);
        Backup(from, to);
        return to.Span.ToArray();
    }

    private void Sweep(SweepRange range)
    {
        if (Rows is not null)
        {
            Rows.Sweep(this, range);
            return;
        }

        AlignedBuffer<double> block = _expectations[range.Worker];
        fixed (double* expectations = block)
        {
            for (int first = range.FirstGroup; first < range.EndGroup; first += StatesPerBlock / RowStore.Height)
            {
                int end = Math.Min(range.EndGroup, first + (StatesPerBlock / RowStore.Height)), state = first * RowStore.Height;
                _problem.Mdp.Kernel.Expect(state, range.Values.Span, block.Span[..((Math.Min(end * RowStore.Height, _problem.Mdp.States) - state) * Actions)]);
                Run(new TableCursor(Actions, first, expectations), range with { FirstGroup = first, EndGroup = end });
            }
        }
    }

    /// <summary>The smallest and largest change of all lanes and workers.</summary>
    private (double Min, double Max) Extremes()
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        for (int w = 0; w < Workers; w++)
            for (int lane = 0; lane < RowStore.Height; lane++) (min, max) = (Math.Min(min, Least[w][lane]), Math.Max(max, Most[w][lane]));
        return (min, max);
    }

    /// <summary>Expectations that are there already, state by state.</summary>
    private readonly struct TableCursor(int actions, int firstSlice, double* expectations) : IRowCursor
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Expect<TLanes, V>(int group, int lane, double* values, double* reward, V discount, V* q)
            where TLanes : struct, ILanes<V>
            where V : unmanaged
        {
            double* state = expectations + ((((group - firstSlice) * RowStore.Height) + lane) * actions);
            for (int a = 0; a < actions; a++) q[a] = TLanes.MultiplyAdd(discount, TLanes.LoadStrided(state + a, actions), TLanes.Load(reward + (a * RowStore.Height)));
        }
    }

    /// <summary>A table over states and actions, eight states side by side.</summary>
    private Lanewise Sliced(Action<int, Span<double>> write)
    {
        AlignedBuffer<double> sliced = new(checked(Groups * Actions * RowStore.Height));
        Span<double> target = sliced.Span;
        double[] row = new double[Actions];
        for (int s = 0; s < _problem.Mdp.States; s++)
        {
            write(s, row);
            int at = (s / RowStore.Height * Actions * RowStore.Height) + (s % RowStore.Height);
            for (int a = 0; a < row.Length; a++, at += RowStore.Height) target[at] = row[a];
        }

        return new Lanewise(sliced, Shared: false);
    }
}
