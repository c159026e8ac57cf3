namespace Rift.Mdp;

/// <summary>The backup of eight problems of one kernel at once; lanes are problems, so one successor's number and one probability serve all of them.</summary>
/// <remarks>A lane does what <see cref="BellmanSweep"/> does with its problem, operation by operation: the bits are the same, whatever is in the other lanes.</remarks>
internal sealed class BatchSweep : FusedSweep
{
    private readonly int _states;
    private readonly Action<int> _body;
    private AlignedBuffer<double> _values = null!, _next = null!;

    /// <summary>Room for eight problems.</summary>
    /// <param name="kind">One of them: hard or soft, with or without base measure, as the others are.</param>
    /// <param name="sharedReward">Whether all have its reward.</param>
    /// <param name="sharedBase">Whether all have its base measure.</param>
    /// <param name="threads">At most so many threads.</param>
    internal BatchSweep(SoftProblem kind, bool sharedReward, bool sharedBase, int threads)
        : base(kind, lanesAreProblems: true, threads, kind.Mdp.Kernel.Rows)
    {
        _states = kind.Mdp.States;
        Reward = Table(sharedReward);
        if (!kind.BaseRow(0).IsEmpty) Base = Table(sharedBase);
        if (sharedReward) Write(Reward, [(0, kind)], RewardRow);
        if (sharedBase && Base.Entries is not null) Write(Base, [(0, kind)], BaseRow);
        _body = worker => Rows!.Sweep(this, Part(worker, _values, _next));
    }

    private protected override Lanewise Reward { get; }

    private protected override Lanewise Base { get; }

    /// <summary>Puts problems into lanes: in one pass over the tables, where the lanes of a state and action share a cache line.</summary>
    internal void Put(IReadOnlyList<(int Lane, SoftProblem Problem)> problems)
    {
        foreach ((int lane, SoftProblem problem) in problems) (Discounts[lane], Temperatures[lane]) = (problem.Mdp.Discount, problem.Temperature);
        if (!Reward.Shared) Write(Reward, problems, RewardRow);
        if (Base.Entries is not null && !Base.Shared) Write(Base, problems, BaseRow);
    }

    /// <summary>Writes T V of <paramref name="values"/> into <paramref name="next"/>, both with eight numbers a state.</summary>
    internal void Backup(AlignedBuffer<double> values, AlignedBuffer<double> next)
    {
        (_values, _next) = (values, next);
        Share(_body);
    }

    /// <summary>The smallest and largest change of a lane in the last backup.</summary>
    internal (double Min, double Max) Change(int lane)
    {
        double min = double.PositiveInfinity, max = double.NegativeInfinity;
        for (int w = 0; w < Workers; w++) (min, max) = (Math.Min(min, Least[w][lane]), Math.Max(max, Most[w][lane]));
        return (min, max);
    }

    private Lanewise Table(bool shared) => new(new AlignedBuffer<double>(checked(_states * Actions * (shared ? 1 : RowStore.Height))), shared);

    private void Write(Lanewise table, IReadOnlyList<(int Lane, SoftProblem Problem)> problems, Action<SoftProblem, int, Span<double>> read)
    {
        Span<double> row = new double[Actions], target = table.Entries!.Span;
        int stride = table.Shared ? 1 : RowStore.Height;
        for (int s = 0; s < _states; s++)
        {
            foreach ((int lane, SoftProblem problem) in problems)
            {
                read(problem, s, row);
                for (int a = 0, at = (s * row.Length * stride) + lane; a < row.Length; a++, at += stride) target[at] = row[a];
            }
        }
    }

    private static void RewardRow(SoftProblem problem, int state, Span<double> row) => problem.Mdp.Reward.Row(state).CopyTo(row);

    private static void BaseRow(SoftProblem problem, int state, Span<double> row) => problem.EffectiveBase(state, row);
}
