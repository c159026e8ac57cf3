using System.Globalization;

namespace Rift.Mdp;

/// <summary>A kernel that stores every T(s'|s,a), zeros included: for small models and for models where most transitions are possible.</summary>
/// <remarks>Memory 8 S A S bytes; E and E* cost O(S A S). A row of zeros is an action that is not available.</remarks>
public sealed class DenseKernel : TransitionKernel
{
    private readonly double[] _probability;
    private readonly bool[] _available;

    /// <summary>A kernel from its table.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="probabilities">T(s'|s,a) at index <c>(s * A + a) * S + s'</c>: S A S numbers, copied.</param>
    /// <exception cref="ArgumentException">The number of entries is not S A S.</exception>
    /// <exception cref="InvalidModelException">A probability is negative or not a number, a row does not sum to one, or a state has no action.</exception>
    public DenseKernel(int states, int actions, ReadOnlySpan<double> probabilities)
        : base(states, actions)
    {
        Require.Length(probabilities.Length, (long)states * actions * states, nameof(probabilities));
        _probability = probabilities.ToArray();
        _available = new bool[states * actions];
        AllAvailable = true;
        for (int s = 0; s < states; s++)
        {
            for (int a = 0; a < actions; a++)
            {
                ReadOnlySpan<double> row = Row(s, a);
                int successors = row.Length - System.MemoryExtensions.Count(row, 0.0);
                foreach (double p in row) RowSum.RequireProbability(p, s, a);
                if (successors > 0) RowSumError = Math.Max(RowSumError, RowSum.Require(row, s, a));
                _available[(s * actions) + a] = successors > 0;
                AllAvailable &= successors > 0;
                Transitions += successors;
                LargestRow = Math.Max(LargestRow, successors);
            }

            RowSum.RequireAction(_available.AsSpan(s * actions, actions).Contains(true), s);
        }
    }

    /// <summary>The same dynamics as another kernel, stored densely.</summary>
    /// <exception cref="ArgumentException">S A S exceeds what one array can hold.</exception>
    public static DenseKernel From(TransitionKernel kernel)
    {
        long entries = (long)Require.NotNull(kernel).States * kernel.Actions * kernel.States;
        if (entries > Array.MaxLength)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {entries} entries, expected at most {Array.MaxLength}"), nameof(kernel));
        double[] probabilities = new double[entries];
        for (int s = 0; s < kernel.States; s++)
            for (int a = 0; a < kernel.Actions; a++)
                kernel.AddRow(s, a, 1, probabilities.AsSpan(((s * kernel.Actions) + a) * kernel.States, kernel.States));
        return new DenseKernel(kernel.States, kernel.Actions, probabilities);
    }

    /// <inheritdoc/>
    public override double RowSumError { get; }

    /// <inheritdoc/>
    public override int LargestRow { get; }

    /// <inheritdoc/>
    public override int LargestColumn => States * Actions;

    /// <inheritdoc/>
    public override long Transitions { get; }

    /// <inheritdoc/>
    public override bool AllAvailable { get; }

    /// <inheritdoc/>
    public override bool IsAvailable(int state, int action) => _available.AsSpan(state * Actions, Actions)[action];

    /// <inheritdoc/>
    public override IEnumerable<Successor> Successors(int state, int action)
    {
        for (int next = 0; next < States; next++)
            if (Row(state, action)[next] is double probability and not 0) yield return new Successor(next, probability);
    }

    internal override bool StoresRows => true;

    internal override int Row(int state, int action, Span<int> successors, Span<double> probabilities)
    {
        int count = 0;
        ReadOnlySpan<double> row = Row(state, action);
        for (int next = 0; next < row.Length; next++)
            if (row[next] != 0) (successors[count], probabilities[count++]) = (next, row[next]);
        return count;
    }

    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        ReadOnlySpan<double> rows = _probability.AsSpan(firstState * Actions * States, expectations.Length * States);
        for (int i = 0; i < expectations.Length; i++)
        {
            ReadOnlySpan<double> row = rows.Slice(i * States, States);
            double sum = 0;
            for (int next = 0; next < row.Length; next++) sum += row[next] * values[next];
            expectations[i] = sum;
        }
    }

    /// <inheritdoc/>
    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        ReadOnlySpan<double> row = Row(state, action);
        for (int next = 0; next < row.Length; next++) states[next] += weight * row[next];
    }

    private ReadOnlySpan<double> Row(int state, int action)
    {
        Require.Index(state, States, nameof(state));
        Require.Index(action, Actions, nameof(action));
        return _probability.AsSpan(((state * Actions) + action) * States, States);
    }
}
