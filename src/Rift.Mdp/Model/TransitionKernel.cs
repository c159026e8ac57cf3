using System.Buffers;

namespace Rift.Mdp;

/// <summary>A successor of a state-action pair and the probability of going there.</summary>
/// <param name="State">The successor state, 0 to S - 1.</param>
/// <param name="Probability">T(s'|s,a), positive, at most 1.</param>
public readonly record struct Successor(int State, double Probability);

/// <summary>The dynamics T(s'|s,a) as a pair of linear maps: the expectation E on values and its adjoint E* on occupancies.</summary>
/// <remarks>
/// <para><c>(E V)(s,a) = sum_s' T(s'|s,a) V(s')</c> takes an S-vector to an S x A table; <c>(E* mu)(s') = sum_s,a T(s'|s,a) mu(s,a)</c> takes it back.
/// Everything else in the toolkit is written against these two, so a kernel that is never stored explicitly needs nothing more.</para>
/// <para>A pair without successors is an action that is not available; every state has at least one that is. The row of an available pair sums to one
/// within <see cref="RowSumTolerance"/>; by how much the worst row misses is <see cref="RowSumError"/>, and the certificates account for it.</para>
/// <para>Immutable and safe to share: many problems use one kernel.</para>
/// </remarks>
public abstract class TransitionKernel
{
    /// <summary>How far the sum of a row may be from one: 1e-12, the rounding of a few thousand successors.</summary>
    public const double RowSumTolerance = 1e-12;

    /// <summary>For implementations: the shape.</summary>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <exception cref="ArgumentException">A number is below 1, or S A exceeds what one array can hold.</exception>
    protected TransitionKernel(int states, int actions)
    {
        Require.Pairs(states, actions);
        (States, Actions) = (states, actions);
    }

    /// <summary>Number of states S.</summary>
    public int States { get; }

    /// <summary>Number of actions A.</summary>
    public int Actions { get; }

    /// <summary>The largest distance of a row sum from one, over all available pairs, rounding of the sum included.</summary>
    public abstract double RowSumError { get; }

    /// <summary>The most roundings that one term of an expectation passes through, at least 1: the largest number of successors of one pair, where a row is summed term by term.</summary>
    public abstract int LargestRow { get; }

    /// <summary>The most roundings that one term of <see cref="Push(ReadOnlySpan{double}, Span{double})"/> passes through, at least 1: the largest number of pairs that lead to one state, where rows are added one by one.</summary>
    public abstract int LargestColumn { get; }

    /// <summary>The number of stored transitions (positive probabilities).</summary>
    public abstract long Transitions { get; }

    /// <summary>Whether every action is available in every state.</summary>
    public abstract bool AllAvailable { get; }

    /// <summary>The rows, where they are in memory; null for a kernel that computes them.</summary>
    internal virtual RowStore? Rows => null;

    /// <summary>T(s|s,a), the probability of staying; 0 where the action is not available.</summary>
    internal virtual double Staying(int state, int action)
    {
        double probability = 0;
        foreach (Successor next in Successors(state, action))
            if (next.State == state) probability += next.Probability;
        return probability;
    }

    /// <summary>Whether the action can be taken in the state.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public abstract bool IsAvailable(int state, int action);

    /// <summary>The successors of a pair in increasing order of state; empty where the action is not available.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public abstract IEnumerable<Successor> Successors(int state, int action);

    /// <summary>The expectations (E V)(s,a) of a run of states.</summary>
    /// <param name="firstState">The first state of the run.</param>
    /// <param name="values">V, S entries.</param>
    /// <param name="expectations">Receives A entries for each state from <paramref name="firstState"/> on; its length says how many states. Pairs that are not available receive 0.</param>
    /// <remarks>An entry's arithmetic does not depend on where a run begins or ends, so any division into runs gives the same bits.</remarks>
    public abstract void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations);

    /// <summary>Adds <c>weight * T(.|s,a)</c> to a vector over states: one row of E*.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    /// <param name="weight">The factor of the row.</param>
    /// <param name="states">S numbers, to which the row is added.</param>
    public abstract void AddRow(int state, int action, double weight, Span<double> states);

    /// <summary>E* mu: where an occupancy leads in one step.</summary>
    /// <param name="occupancy">mu, S x A entries.</param>
    /// <param name="states">Receives S entries.</param>
    public virtual void Push(ReadOnlySpan<double> occupancy, Span<double> states)
    {
        Require.Length(occupancy.Length, States * Actions, nameof(occupancy));
        Require.Length(states.Length, States, nameof(states));
        states.Clear();
        for (int s = 0; s < States; s++)
            for (int a = 0; a < Actions; a++)
                if (occupancy[(s * Actions) + a] is double weight and not 0) AddRow(s, a, weight, states);
    }

    /// <summary>E* of the occupancy x(s) w(s,a): a step of the chain that takes a in s with the weight w.</summary>
    /// <param name="states">x, S entries.</param>
    /// <param name="weights">w, S x A entries.</param>
    /// <param name="result">Receives S entries.</param>
    /// <param name="threads">At most so many threads; the bits do not depend on it.</param>
    internal virtual void Push(ReadOnlySpan<double> states, ReadOnlySpan<double> weights, Span<double> result, int threads)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(weights.Length);
        Span<double> occupancy = rented.AsSpan(0, weights.Length);
        for (int s = 0; s < States; s++)
            for (int i = s * Actions; i < (s + 1) * Actions; i++) occupancy[i] = states[s] * weights[i];
        Push(occupancy, result);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>E V as a table, S x A.</summary>
    /// <param name="values">V, S entries.</param>
    public StateActionTable Expect(ReadOnlySpan<double> values)
    {
        Require.Length(values.Length, States, nameof(values));
        double[] expectations = new double[States * Actions];
        Expect(0, values, expectations);
        return StateActionTable.Own(States, Actions, expectations);
    }

    /// <summary>E* mu as a vector of S entries.</summary>
    /// <param name="occupancy">mu, S x A.</param>
    public double[] Push(StateActionTable occupancy)
    {
        Require.Shape(Require.NotNull(occupancy), States, Actions, nameof(occupancy));
        double[] states = new double[States];
        Push(occupancy.Entries, states);
        return states;
    }
}
