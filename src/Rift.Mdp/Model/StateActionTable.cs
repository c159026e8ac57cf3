namespace Rift.Mdp;

/// <summary>A real number for every state and action: a reward r, a value Q, an occupancy mu, an intervention probability phi.</summary>
/// <remarks>
/// Shape S x A, stored row by row (state-action index <c>s * A + a</c>). Immutable and safe to share between threads.
/// Entries may be any double; whoever takes a table states what it requires. Elementwise operations cost O(S A) time and one new table.
/// </remarks>
public sealed class StateActionTable
{
    private readonly double[] _entries;

    /// <summary>A table with the given entries.</summary>
    /// <param name="states">Number of states S, at least 1.</param>
    /// <param name="actions">Number of actions A, at least 1; S * A is at most what one array can hold, some 2 * 10^9.</param>
    /// <param name="entries">S * A numbers, row by row. They are copied.</param>
    /// <exception cref="ArgumentException">The number of entries is not S * A.</exception>
    public StateActionTable(int states, int actions, ReadOnlySpan<double> entries)
        : this(states, actions, entries.ToArray())
    {
    }

    private StateActionTable(int states, int actions, double[] owned)
    {
        Require.Length(owned.Length, Require.Pairs(states, actions), "entries");
        States = states;
        Actions = actions;
        _entries = owned;
    }

    /// <summary>Number of states S.</summary>
    public int States { get; }

    /// <summary>Number of actions A.</summary>
    public int Actions { get; }

    /// <summary>All S * A entries, row by row.</summary>
    public ReadOnlySpan<double> Entries => _entries;

    /// <summary>The entry of a state and an action.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such state.</exception>
    /// <exception cref="IndexOutOfRangeException">There is no such action.</exception>
    public double this[int state, int action] => Row(state)[action];

    /// <summary>The entry with state-action index <c>s * A + a</c>.</summary>
    /// <param name="pair">The pair, state A + action, from 0 to S A - 1.</param>
    public double this[int pair] => _entries[pair];

    /// <summary>The A entries of one state.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    public ReadOnlySpan<double> Row(int state) => _entries.AsSpan(state * Actions, Actions);

    /// <summary>A table filled with one number.</summary>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <param name="value">The number.</param>
    public static StateActionTable Constant(int states, int actions, double value)
    {
        double[] entries = Allocate(states, actions);
        Array.Fill(entries, value);
        return new StateActionTable(states, actions, entries);
    }

    /// <summary>A table whose entries are computed from state and action.</summary>
    /// <param name="states">S, at least 1.</param>
    /// <param name="actions">A, at least 1.</param>
    /// <param name="entry">The entry of a state and an action.</param>
    public static StateActionTable Create(int states, int actions, Func<int, int, double> entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        double[] entries = Allocate(states, actions);
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++)
                entries[(s * actions) + a] = entry(s, a);
        return new StateActionTable(states, actions, entries);
    }

    /// <summary>A table that takes the array over without a copy. The caller gives the array away.</summary>
    internal static StateActionTable Own(int states, int actions, double[] entries) => new(states, actions, entries);

    /// <summary>The table with <paramref name="function"/> applied to every entry.</summary>
    /// <param name="function">What becomes of an entry.</param>
    public StateActionTable Map(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return Own(States, Actions, Array.ConvertAll(_entries, function.Invoke));
    }

    /// <summary>The table of <paramref name="function"/> applied to the entries of two tables of one shape.</summary>
    /// <param name="other">The other one, of the same shape.</param>
    /// <param name="function">What becomes of two entries, this table's first.</param>
    public StateActionTable Zip(StateActionTable other, Func<double, double, double> function)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(function);
        Require.SameShape(other, this, nameof(other));
        double[] result = new double[_entries.Length];
        for (int i = 0; i < result.Length; i++) result[i] = function(_entries[i], other._entries[i]);
        return Own(States, Actions, result);
    }

    /// <summary>The inner product <c>sum_s,a x(s,a) y(s,a)</c>, summed in index order; a zero on either side cancels an infinity on the other.</summary>
    /// <param name="other">y, S x A.</param>
    public double InnerProduct(StateActionTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Require.SameShape(other, this, nameof(other));
        double sum = 0;
        for (int i = 0; i < _entries.Length; i++)
            if (_entries[i] != 0 && other._entries[i] != 0) sum += _entries[i] * other._entries[i];
        return sum;
    }

    /// <summary>The largest absolute entry: the sup norm.</summary>
    public double MaxAbs()
    {
        double max = 0;
        foreach (double x in _entries) max = Math.Max(max, Math.Abs(x));
        return max;
    }

    /// <summary>The sum of all entries, in index order.</summary>
    public double Sum()
    {
        double sum = 0;
        foreach (double x in _entries) sum += x;
        return sum;
    }

    /// <summary>Entrywise sum.</summary>
    public static StateActionTable operator +(StateActionTable left, StateActionTable right) => Require.NotNull(left).Zip(right, (x, y) => x + y);

    /// <summary>Entrywise difference.</summary>
    public static StateActionTable operator -(StateActionTable left, StateActionTable right) => Require.NotNull(left).Zip(right, (x, y) => x - y);

    /// <summary>Entrywise negation.</summary>
    public static StateActionTable operator -(StateActionTable table) => Require.NotNull(table).Map(x => -x);

    /// <summary>Every entry times a number.</summary>
    public static StateActionTable operator *(double factor, StateActionTable table) => Require.NotNull(table).Map(x => factor * x);

    /// <summary>Every entry divided by a number.</summary>
    public static StateActionTable operator /(StateActionTable table, double divisor) => Require.NotNull(table).Map(x => x / divisor);

    /// <inheritdoc/>
    public override string ToString() => $"{States} x {Actions} table";

    private static double[] Allocate(int states, int actions) => new double[Require.Pairs(states, actions)];
}
