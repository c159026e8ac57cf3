namespace Rift.Mdp;

/// <summary>A kernel that stores the positive probabilities only, pair by pair (compressed rows). The default.</summary>
/// <remarks>Memory 12 bytes a transition and 4 bytes a pair; E and E* cost O(number of transitions). Built by <see cref="TransitionKernelBuilder"/>.</remarks>
public sealed class SparseKernel : TransitionKernel
{
    private readonly int[] _rowStart;
    private readonly int[] _next;
    private readonly double[] _probability;

    internal SparseKernel(int states, int actions, int[] rowStart, int[] next, double[] probability)
        : base(states, actions)
    {
        _rowStart = rowStart;
        _next = next;
        _probability = probability;
        AllAvailable = true;
        for (int pair = 0; pair < states * actions; pair++)
        {
            ReadOnlySpan<double> row = probability.AsSpan(rowStart[pair]..rowStart[pair + 1]);
            AllAvailable &= !row.IsEmpty;
            LargestRow = Math.Max(LargestRow, row.Length);
            if (!row.IsEmpty) RowSumError = Math.Max(RowSumError, RowSum.Error(row));
        }

        int[] column = new int[states];
        foreach (int successor in next) LargestColumn = Math.Max(LargestColumn, ++column[successor]);
    }

    /// <inheritdoc/>
    public override double RowSumError { get; }

    /// <inheritdoc/>
    public override int LargestRow { get; }

    /// <inheritdoc/>
    public override int LargestColumn { get; }

    /// <inheritdoc/>
    public override long Transitions => _next.Length;

    /// <inheritdoc/>
    public override bool AllAvailable { get; }

    /// <inheritdoc/>
    public override bool IsAvailable(int state, int action)
    {
        int pair = Pair(state, action);
        return _rowStart[pair] < _rowStart[pair + 1];
    }

    /// <inheritdoc/>
    public override IEnumerable<Successor> Successors(int state, int action)
    {
        int pair = Pair(state, action);
        for (int k = _rowStart[pair]; k < _rowStart[pair + 1]; k++) yield return new Successor(_next[k], _probability[k]);
    }

    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        int firstPair = firstState * Actions;
        for (int i = 0; i < expectations.Length; i++)
        {
            double sum = 0;
            int end = _rowStart[firstPair + i + 1];
            for (int k = _rowStart[firstPair + i]; k < end; k++) sum += _probability[k] * values[_next[k]];
            expectations[i] = sum;
        }
    }

    /// <inheritdoc/>
    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        int pair = Pair(state, action);
        for (int k = _rowStart[pair]; k < _rowStart[pair + 1]; k++) states[_next[k]] += weight * _probability[k];
    }

    private int Pair(int state, int action)
    {
        Require.Index(state, States, nameof(state));
        Require.Index(action, Actions, nameof(action));
        return (state * Actions) + action;
    }
}
