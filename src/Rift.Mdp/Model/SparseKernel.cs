using System.Globalization;

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

    /// <summary>A kernel from compressed rows, for models too large to be added transition by transition. O(N) for N transitions; the spans are only read.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="rowStart">S A + 1 numbers: the transitions of pair s A + a are those from <c>rowStart[s A + a]</c> up to the next. Starts at 0, never falls, ends at N.</param>
    /// <param name="successors">s', N numbers, strictly increasing within a row.</param>
    /// <param name="probabilities">T(s'|s,a), N numbers from 0 to 1; transitions of probability 0 are dropped. A row without others is an action that is not available.</param>
    /// <exception cref="ArgumentException">A length or a row start is wrong.</exception>
    /// <exception cref="InvalidModelException">A successor is out of range or out of order, a probability is not one, a row does not sum to one, or a state has no available action.</exception>
    public static SparseKernel FromRows(int states, int actions, ReadOnlySpan<long> rowStart, ReadOnlySpan<int> successors, ReadOnlySpan<double> probabilities)
    {
        long pairs = (long)Require.Positive(states, nameof(states)) * Require.Positive(actions, nameof(actions));
        Require.Length(rowStart.Length, pairs + 1, nameof(rowStart));
        Require.Length(probabilities.Length, successors.Length, nameof(probabilities));
        int[] start = new int[rowStart.Length], next = new int[successors.Length];
        double[] probability = new double[successors.Length];
        int kept = 0;
        if (rowStart[0] != 0 || rowStart[^1] != successors.Length)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found rows from {rowStart[0]} to {rowStart[^1]}, expected 0 to {successors.Length}"), nameof(rowStart));
        for (int s = 0; s < states; s++)
        {
            int before = kept;
            for (int a = 0; a < actions; a++)
            {
                int pair = (s * actions) + a, first = kept, last = -1;
                if (rowStart[pair + 1] < rowStart[pair] || rowStart[pair + 1] > successors.Length)
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found row {pair} from {rowStart[pair]} to {rowStart[pair + 1]}, expected an end from the start on, at most {successors.Length}"), nameof(rowStart));
                for (int k = (int)rowStart[pair]; k < rowStart[pair + 1]; k++)
                {
                    if (successors[k] <= last || successors[k] >= states)
                        throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found successor {successors[k]} after {last}"), string.Create(CultureInfo.InvariantCulture, $"increasing successors from 0 to {states - 1}"), s, a);
                    last = successors[k];
                    RowSum.RequireProbability(probabilities[k], s, a);
                    if (probabilities[k] == 0) continue;
                    (next[kept], probability[kept]) = (last, probabilities[k]);
                    kept++;
                }

                start[pair + 1] = kept;
                if (kept > first) RowSum.Require(probability.AsSpan(first..kept), s, a);
            }

            RowSum.RequireAction(kept > before, s);
        }

        return new SparseKernel(states, actions, start, next[..kept], probability[..kept]);
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

    internal override bool StoresRows => true;

    internal override int Row(int state, int action, Span<int> successors, Span<double> probabilities)
    {
        int pair = (state * Actions) + action, start = _rowStart[pair], count = _rowStart[pair + 1] - start;
        _next.AsSpan(start, count).CopyTo(successors);
        _probability.AsSpan(start, count).CopyTo(probabilities);
        return count;
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
