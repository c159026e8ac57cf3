using System.Globalization;

namespace Rift.Mdp;

/// <summary>A kernel that stores the positive probabilities only. The default.</summary>
/// <remarks>Memory 12 bytes a transition, padded to the longest row of eight states, and less where transitions repeat; E and E* cost O(number of transitions). Built by <see cref="TransitionKernelBuilder"/>, or from rows that are in order already.</remarks>
public sealed class SparseKernel : StoredKernel
{
    private SparseKernel(RowStore rows)
        : base(rows)
    {
    }

    /// <summary>Reads a stretch of a model's transitions, in order of state, action and successor.</summary>
    /// <param name="first">The number of the first transition wanted, from 0.</param>
    /// <param name="successors">Receives s'.</param>
    /// <param name="probabilities">Receives T(s'|s,a).</param>
    public delegate void TransitionReader(long first, Span<int> successors, Span<double> probabilities);

    /// <summary>A kernel from compressed rows.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="rowStart">S A + 1 numbers: the transitions of pair s A + a are those from <c>rowStart[s A + a]</c> up to the next. Starts at 0, never falls, ends at N.</param>
    /// <param name="successors">s', N numbers, strictly increasing within a row.</param>
    /// <param name="probabilities">T(s'|s,a), N numbers from 0 to 1; transitions of probability 0 are dropped. A row without others is an action that is not available.</param>
    /// <exception cref="ArgumentException">A length or a row start is wrong.</exception>
    /// <exception cref="InvalidModelException">A successor is out of range or out of order, a probability is not one, a row does not sum to one, or a state has no available action.</exception>
    public static SparseKernel FromRows(int states, int actions, ReadOnlySpan<long> rowStart, int[] successors, double[] probabilities)
    {
        Require.Length(Require.NotNull(probabilities).Length, Require.NotNull(successors).Length, nameof(probabilities));
        if (rowStart.Length > 0) Require.Length(successors.Length, rowStart[^1], nameof(successors));
        return FromRows(states, actions, rowStart, (first, someSuccessors, someProbabilities) =>
        {
            successors.AsSpan((int)first, someSuccessors.Length).CopyTo(someSuccessors);
            probabilities.AsSpan((int)first, someProbabilities.Length).CopyTo(someProbabilities);
        });
    }

    /// <summary>A kernel from compressed rows that are read as they are needed, so that nothing is in memory twice. O(N) for N transitions.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="rowStart">As in the other overload.</param>
    /// <param name="read">Reads transitions; called for one state after the other.</param>
    /// <exception cref="ArgumentException">A length or a row start is wrong.</exception>
    /// <exception cref="InvalidModelException">A successor is out of range or out of order, a probability is not one, a row does not sum to one, or a state has no available action.</exception>
    public static SparseKernel FromRows(int states, int actions, ReadOnlySpan<long> rowStart, TransitionReader read)
    {
        long pairs = (long)Require.Positive(states, nameof(states)) * Require.Positive(actions, nameof(actions));
        Require.Length(rowStart.Length, pairs + 1, nameof(rowStart));
        Require.NotNull(read);
        if (rowStart[0] != 0) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found the first row at {rowStart[0]}, expected 0"), nameof(rowStart));
        for (int pair = 0; pair < pairs; pair++)
            if (!(rowStart[pair + 1] - rowStart[pair] is >= 0 and long length && length <= states))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found row {pair} from {rowStart[pair]} to {rowStart[pair + 1]}, expected 0 to {states} entries"), nameof(rowStart));

        SlicedRows rows = new(states, actions, rowStart);
        int[] successors = [];
        double[] probabilities = [];
        for (int s = 0; s < states; s++)
        {
            long first = rowStart[s * actions];
            int count = (int)(rowStart[(s + 1) * actions] - first);
            if (count > successors.Length) (successors, probabilities) = (new int[2 * count], new double[2 * count]);
            read(first, successors.AsSpan(0, count), probabilities.AsSpan(0, count));
            bool any = false;
            for (int a = 0; a < actions; a++)
            {
                Range range = (int)(rowStart[(s * actions) + a] - first)..(int)(rowStart[(s * actions) + a + 1] - first);
                ReadOnlySpan<int> next = successors.AsSpan(range);
                ReadOnlySpan<double> probability = probabilities.AsSpan(range);
                RequireRow(next, probability, states, s, a);
                rows.Set(s, a, next, probability);
                any |= probability.ContainsAnyExcept(0.0);
            }

            RowSum.RequireAction(any, s);
        }

        return new SparseKernel(RowStore.Choose(rows));
    }

    /// <summary>The same dynamics as another kernel, stored row by row as it gives them: two passes over its successors, and nothing in memory twice.</summary>
    /// <param name="kernel">The dynamics.</param>
    public static SparseKernel From(TransitionKernel kernel)
    {
        int actions = Require.NotNull(kernel).Actions, state = 0;
        long[] rowStart = new long[((long)kernel.States * actions) + 1];
        for (int pair = 0; pair < rowStart.Length - 1; pair++) rowStart[pair + 1] = rowStart[pair] + kernel.Successors(pair / actions, pair % actions).LongCount();
        return FromRows(kernel.States, actions, rowStart, (_, successors, probabilities) =>
        {
            int at = 0;
            for (int a = 0; a < actions; a++)
                foreach (Successor next in kernel.Successors(state, a)) (successors[at], probabilities[at++]) = (next.State, next.Probability);
            state++;
        });
    }

    private static void RequireRow(ReadOnlySpan<int> successors, ReadOnlySpan<double> probabilities, int states, int state, int action)
    {
        int last = -1;
        foreach (int next in successors)
        {
            if (next <= last || next >= states)
                throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found successor {next} after {last}"), string.Create(CultureInfo.InvariantCulture, $"increasing successors from 0 to {states - 1}"), state, action);
            last = next;
        }

        // Positive numbers that sum to one are at most one.
        foreach (double p in probabilities)
            if (!(p >= 0)) RowSum.RequireProbability(p, state, action);
        if (probabilities.ContainsAnyExcept(0.0)) RowSum.Require(probabilities, state, action);
    }
}
