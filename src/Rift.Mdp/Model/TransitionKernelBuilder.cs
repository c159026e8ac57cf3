using System.Globalization;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>Builds a <see cref="SparseKernel"/> from single transitions, in any order.</summary>
/// <remarks>Duplicate successors of a pair are summed, transitions of probability zero dropped. O(N log N) time for N transitions, 24 bytes each while building.</remarks>
public sealed class TransitionKernelBuilder
{
    private readonly List<(int Pair, int Next, double Probability)> _transitions = [];

    /// <summary>A builder for a kernel of the given shape.</summary>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or S A exceeds what one table can hold.</exception>
    public TransitionKernelBuilder(int states, int actions)
    {
        States = Require.Positive(states, nameof(states));
        Actions = Require.Positive(actions, nameof(actions));
        if ((long)states * actions > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(states), states, string.Create(CultureInfo.InvariantCulture, $"expected at most {Array.MaxLength} state-action pairs"));
    }

    /// <summary>Number of states S.</summary>
    public int States { get; }

    /// <summary>Number of actions A.</summary>
    public int Actions { get; }

    /// <summary>How many transitions <see cref="Build"/> summed into another of the same pair and successor.</summary>
    public int DuplicatesSummed { get; private set; }

    /// <summary>Adds a transition.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    /// <param name="next">The successor, from 0 to S - 1.</param>
    /// <param name="probability">Its probability, from 0 to 1; 0 adds nothing.</param>
    /// <returns>This builder, so that transitions can be added one after the other.</returns>
    /// <exception cref="InvalidModelException">An index is out of range, or the probability is not a number from 0 to 1.</exception>
    public TransitionKernelBuilder Add(int state, int action, int next, double probability)
    {
        if ((uint)state >= (uint)States) throw Unknown("state", state, States, null, null);
        if ((uint)action >= (uint)Actions) throw Unknown("action", action, Actions, state, null);
        if ((uint)next >= (uint)States) throw Unknown("successor", next, States, state, action);
        RowSum.RequireProbability(probability, state, action);
        if (probability > 0) _transitions.Add(((state * Actions) + action, next, probability));
        return this;
    }

    /// <summary>The kernel.</summary>
    /// <exception cref="InvalidModelException">A row does not sum to one, or a state has no available action.</exception>
    public SparseKernel Build()
    {
        // A stable order, so that duplicates are summed as they were added.
        (int Pair, int Next, double Probability)[] sorted = [.. _transitions];
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (i, j) => sorted[i].Pair != sorted[j].Pair ? sorted[i].Pair.CompareTo(sorted[j].Pair)
            : sorted[i].Next != sorted[j].Next ? sorted[i].Next.CompareTo(sorted[j].Next) : i.CompareTo(j));

        long[] rowStart = new long[(States * Actions) + 1];
        List<int> next = new(sorted.Length);
        List<double> probability = new(sorted.Length);
        DuplicatesSummed = 0;
        int last = -1;
        foreach (int i in order)
        {
            (int pair, int successor, double p) = sorted[i];
            if (pair == last && next[^1] == successor)
            {
                CollectionsMarshal.AsSpan(probability)[^1] += p;
                DuplicatesSummed++;
                continue;
            }

            next.Add(successor);
            probability.Add(p);
            rowStart[pair + 1] = next.Count;
            last = pair;
        }

        for (int pair = 0; pair < rowStart.Length - 1; pair++) rowStart[pair + 1] = Math.Max(rowStart[pair + 1], rowStart[pair]);
        return SparseKernel.FromRows(States, Actions, rowStart, [.. next], [.. probability]);
    }

    private static InvalidModelException Unknown(string what, int found, int count, int? state, int? action) =>
        new(string.Create(CultureInfo.InvariantCulture, $"found {what} {found}"), string.Create(CultureInfo.InvariantCulture, $"0 to {count - 1}"), state, action);
}
