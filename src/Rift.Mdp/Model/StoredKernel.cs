namespace Rift.Mdp;

/// <summary>A kernel whose rows are in memory. How they lie there is decided by looking at them, and does not change what a kernel is.</summary>
public abstract class StoredKernel : TransitionKernel
{
    private readonly RowStore _rows;
    private readonly bool[]? _available; // null where every action is available

    private protected StoredKernel(RowStore rows)
        : base(rows.States, rows.Actions)
    {
        _rows = rows;
        int[] successors = new int[rows.Capacity], column = new int[rows.States];
        double[] probabilities = new double[rows.Capacity];
        for (int s = 0; s < States; s++)
        {
            for (int a = 0; a < Actions; a++)
            {
                int count = rows.Row(s, a, successors, probabilities);
                if (count == 0)
                {
                    if (_available is null) Array.Fill(_available = new bool[States * Actions], true);
                    _available[(s * Actions) + a] = false;
                    continue;
                }

                Transitions += count;
                LargestRow = Math.Max(LargestRow, count);
                RowSumError = Math.Max(RowSumError, RowSum.Error(probabilities.AsSpan(0, count)));
                for (int k = 0; k < count; k++) LargestColumn = Math.Max(LargestColumn, ++column[successors[k]]);
            }
        }
    }

    /// <inheritdoc/>
    public override double RowSumError { get; }

    /// <inheritdoc/>
    public override int LargestRow { get; }

    /// <inheritdoc/>
    public override int LargestColumn { get; }

    /// <inheritdoc/>
    public override long Transitions { get; }

    /// <inheritdoc/>
    public override bool AllAvailable => _available is null;

    internal override RowStore Rows => _rows;

    /// <inheritdoc/>
    public override bool IsAvailable(int state, int action)
    {
        int pair = Pair(state, action);
        return _available is null || _available[pair];
    }

    /// <inheritdoc/>
    public override IEnumerable<Successor> Successors(int state, int action)
    {
        _ = Pair(state, action);
        int[] successors = new int[LargestRow];
        double[] probabilities = new double[LargestRow];
        int count = _rows.Row(state, action, successors, probabilities);
        for (int k = 0; k < count; k++) yield return new Successor(successors[k], probabilities[k]);
    }

    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        for (int i = 0; i < expectations.Length; i++) expectations[i] = _rows.Expect(firstState + (i / Actions), i % Actions, values);
    }

    /// <inheritdoc/>
    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        _ = Pair(state, action);
        _rows.Add(state, action, weight, states);
    }

    private int Pair(int state, int action)
    {
        Require.Index(state, States, nameof(state));
        Require.Index(action, Actions, nameof(action));
        return (state * Actions) + action;
    }
}
