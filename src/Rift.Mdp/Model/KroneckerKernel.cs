using System.Globalization;

namespace Rift.Mdp;

/// <summary>
/// A product of components that move independently once the action is known, <c>T_a = P_1[b_1(a)] (x) P_2[b_2(a)] (x) ...</c>, and is never stored: only the
/// factors are.
/// </summary>
/// <remarks>
/// <para>A live state is a tuple (c_1, ..., c_K) of live states of the components; its number is <c>(c_1 n_2 + c_2) n_3 + ... + c_K</c>, the last component
/// fastest. After the L live states come the ends, absorbing, with action 0 alone. Action a lets component k take its action b_k(a).</para>
/// <para>E V is computed component by component, the first one first, for each c_1 the combination of the rows V(c_1', .) and so on: S times the sum of the
/// branching numbers instead of their product, vectorised over the trailing components, with two short vectors of scratch. A run of states needs only what its
/// components reach. E* goes the same way backwards.</para>
/// <para>Order the components so that the last is the longest that still fits a first-level cache (a few thousand states), and number its states so
/// that neighbours go to neighbours.</para>
/// <para>The probabilities are the exact products of the factors'. <see cref="Successors"/> and <see cref="AddRow"/> give them rounded; <see cref="RowSumError"/>
/// includes that rounding.</para>
/// <para>Rewards of ends belong to the pairs that lead there: <c>Expect</c> of the vector that is the end's reward at the end and 0 at live states.</para>
/// </remarks>
public sealed partial class KroneckerKernel : TransitionKernel
{
    // E* goes by chunks of the last component, so many that threads can share them.
    private const int Chunks = 4;

    private readonly KroneckerFactor[] _factors;
    private readonly int[] _stride;      // n_{k+1} ... n_K: a step of component k in the number of a state
    private readonly int[][] _choice;    // b_k(a)
    private readonly int[] _order;       // the actions sorted by their tuples, so that actions with a common beginning share its work
    private readonly KroneckerEnd[] _ways;
    private readonly PairedRows _endRows;      // f_K of each way: a row for each (b, t, c)
    private readonly PairedRows[] _endColumns; // the same for each chunk of the last component: a row for each (b, t)
    private readonly int _scratch;

    /// <summary>A product of components.</summary>
    /// <param name="factors">The components, at least one.</param>
    /// <param name="actions">For each action the action of every component.</param>
    /// <param name="ends">The ways to the ends, numbered from 0 without a gap; null for one end that is entered as soon as a component enters an end of its own, and none where no component has any.</param>
    /// <exception cref="ArgumentException">Shapes differ, an index is out of range, or the product has more pairs than an array can hold.</exception>
    /// <exception cref="InvalidModelException">A row over live states and ends does not sum to one, or a state has no action.</exception>
    public KroneckerKernel(IReadOnlyList<KroneckerFactor> factors, IReadOnlyList<IReadOnlyList<int>> actions, IReadOnlyList<KroneckerEnd>? ends = null)
        : this([.. Require.NotNull(factors)], [.. Require.NotNull(actions)], [.. ends ?? KroneckerEnd.AsSoonAsOneEnds(factors)])
    {
    }

    private KroneckerKernel(KroneckerFactor[] factors, IReadOnlyList<int>[] actions, KroneckerEnd[] ways)
        : base(CountStates(factors, ways), actions.Length)
    {
        (_factors, _ways) = (factors, ways);
        Ends = CountEnds(ways);
        LiveStates = States - Ends;
        _stride = new int[factors.Length];
        for (int k = factors.Length - 1, stride = 1; k >= 0; stride *= factors[k--].Live) _stride[k] = stride;
        _choice = [.. factors.Select((factor, k) => Choices(actions, k, factors.Length, factor.Actions))];
        _order = [.. Enumerable.Range(0, Actions)];
        foreach (int[] choice in _choice.Reverse()) _order = [.. _order.OrderBy(a => choice[a])];
        _scratch = _stride.Sum() + (factors.Length * ways.Length);
        RequireWays();
        (_endRows, _endColumns, int longest) = LastProbabilities();

        AllAvailable = (Ends == 0 || Actions == 1) && Enumerable.Range(0, factors.Length).All(k => _choice[k].All(factors[k].IsAlwaysAvailable));
        for (int a = 0; a < Actions; a++) Transitions += factors.Select((factor, k) => factor.Transitions(_choice[k][a])).Aggregate(1L, (product, count) => product * count);
        LargestRow = ways.Length + factors.Sum(factor => Math.Max(1, factor.LargestRow));
        LargestColumn = Math.Max(longest + factors.Length + 5, Actions + factors[^1].LargestColumn + factors.SkipLast(1).Sum(factor => 1 + (factor.Actions * factor.LargestColumn)));
        RowSumError = CheckedRows();
        Transitions += TransitionsToEnds();
    }

    /// <summary>The components.</summary>
    public IReadOnlyList<KroneckerFactor> Factors => _factors;

    /// <summary>L, the number of live states: the product of the components'.</summary>
    public int LiveStates { get; }

    /// <summary>The number of ends; end e is state L + e.</summary>
    public int Ends { get; }

    /// <inheritdoc/>
    public override double RowSumError { get; }

    /// <inheritdoc/>
    public override int LargestRow { get; }

    /// <inheritdoc/>
    public override int LargestColumn { get; }

    /// <summary>The number of transitions that an explicit kernel would store.</summary>
    public override long Transitions { get; }

    /// <inheritdoc/>
    public override bool AllAvailable { get; }

    /// <summary>The number of a live state.</summary>
    /// <param name="components">c_1, ..., c_K.</param>
    public int StateOf(params ReadOnlySpan<int> components)
    {
        Require.Length(components.Length, _factors.Length, nameof(components));
        int state = 0;
        for (int k = 0; k < components.Length; k++)
        {
            Require.Index(components[k], _factors[k].Live, nameof(components));
            state += components[k] * _stride[k];
        }

        return state;
    }

    /// <summary>c_k of a live state.</summary>
    /// <param name="state">The state, 0 to L - 1.</param>
    /// <param name="component">k, from 0.</param>
    public int ComponentOf(int state, int component)
    {
        Require.Index(state, LiveStates, nameof(state));
        Require.Index(component, _factors.Length, nameof(component));
        return state / _stride[component] % _factors[component].Live;
    }

    /// <inheritdoc/>
    public override bool IsAvailable(int state, int action)
    {
        RequirePair(state, action);
        if (state >= LiveStates) return action == 0;
        for (int k = 0; k < _factors.Length; k++)
            if (!_factors[k].IsAvailable(_choice[k][action], state / _stride[k] % _factors[k].Live)) return false;
        return true;
    }

    /// <inheritdoc/>
    public override IEnumerable<Successor> Successors(int state, int action)
    {
        RequirePair(state, action);
        if (!IsAvailable(state, action)) return [];
        if (state >= LiveStates) return [new Successor(state, 1)];
        List<Successor> successors = [new Successor(0, 1)];
        for (int k = 0; k < _factors.Length; k++)
        {
            List<Successor> longer = [];
            foreach (Successor prefix in successors)
            {
                KroneckerFactor.Entries row = _factors[k].Row(_choice[k][action], ComponentOf(state, k));
                for (int i = 0; i < row.Next.Length; i++) longer.Add(new Successor(prefix.State + (row.Next[i] * _stride[k]), prefix.Probability * row.Probability[i]));
            }

            successors = longer;
        }

        for (int end = 0; end < Ends; end++) successors.Add(new Successor(LiveStates + end, EndProbability(state, action, end)));
        return successors.Where(successor => successor.Probability > 0);
    }

    /// <summary>The product of the components' probabilities of staying.</summary>
    internal override double Staying(int state, int action)
    {
        if (state >= LiveStates) return action == 0 ? 1 : 0;
        double product = 1;
        for (int k = 0; k < _factors.Length && product > 0; k++) product *= _factors[k].Staying(_choice[k][action], state / _stride[k] % _factors[k].Live);
        return product;
    }

    /// <inheritdoc/>
    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        RequirePair(state, action);
        if (!IsAvailable(state, action)) return;
        if (state >= LiveStates)
        {
            states[state] += weight;
            return;
        }

        AddProduct(0, state, action, weight, states);
        for (int end = 0; end < Ends; end++) states[LiveStates + end] += weight * EndProbability(state, action, end);
    }

    private void AddProduct(int k, int tuple, int action, double weight, Span<double> states)
    {
        if (k == _factors.Length)
        {
            states[0] += weight;
            return;
        }

        KroneckerFactor.Entries row = _factors[k].Row(_choice[k][action], tuple / _stride[k]);
        for (int i = 0; i < row.Next.Length; i++) AddProduct(k + 1, tuple % _stride[k], action, weight * row.Probability[i], states[(row.Next[i] * _stride[k])..]);
    }

    private double EndProbability(int state, int action, int end)
    {
        double sum = 0;
        foreach (KroneckerEnd way in _ways)
        {
            if (way.End != end) continue;
            double product = 1;
            for (int k = 0; k < _factors.Length; k++) product *= way.Probabilities[k][ComponentOf(state, k), _choice[k][action]];
            sum += product;
        }

        return sum;
    }

    /// <summary>Checks that rows sum to one and that every state has an action: the rows' sums are the expectations of one. Returns the bound of their error.</summary>
    /// <remarks>What the sums may be off by, and twice what a product of probabilities is rounded by, so that exact and rounded products, as they are and normalised, are all covered.</remarks>
    private double CheckedRows()
    {
        double worst = 0;
        double[] ones = new double[States];
        Array.Fill(ones, 1);
        ForEachRow(ones, (state, sums) =>
        {
            bool any = false;
            for (int a = 0; a < Actions; a++)
            {
                bool available = AllAvailable || IsAvailable(state, a);
                any |= available;
                if (!(Math.Abs(sums[a] - (available ? 1 : 0)) <= RowSumTolerance))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"probabilities sum to {sums[a]:R}"), available ? "1 within 1e-12" : "0, for a component cannot take its action", state, a);
                if (available) worst = Math.Max(worst, Math.Abs(sums[a] - 1));
            }

            RowSum.RequireAction(any, state);
        });
        return worst + (Rounding.SecondOrder * Rounding.Unit * (LargestRow + 2 + (2 * (_factors.Length + _ways.Length))));
    }

    /// <summary>The number of positive probabilities of ends: those are the expectations of an end's indicator.</summary>
    private long TransitionsToEnds()
    {
        long count = 0;
        double[] indicator = new double[States];
        for (int end = LiveStates; end < States; end++)
        {
            indicator.AsSpan().Clear();
            indicator[end] = 1;
            ForEachRow(indicator, (_, reached) => count += reached.Length - System.MemoryExtensions.Count(reached, 0.0));
        }

        return count;
    }

    private void ForEachRow(double[] values, Action<int, ReadOnlySpan<double>> body)
    {
        int run = Math.Min(States, 1024);
        double[] expectations = new double[run * Actions];
        for (int first = 0; first < States; first += run)
        {
            int states = Math.Min(run, States - first);
            Expect(first, values, expectations.AsSpan(0, states * Actions));
            for (int i = 0; i < states; i++) body(first + i, expectations.AsSpan(i * Actions, Actions));
        }
    }

    /// <summary>The probabilities f_K of the last component by its states and by the ways, and the most states that one of them is positive in.</summary>
    private (PairedRows Rows, PairedRows[] Columns, int Longest) LastProbabilities()
    {
        int live = _factors[^1].Live, actions = _factors[^1].Actions, ways = _ways.Length;
        double F(int action, int way, int state) => _ways[way].Probabilities[^1][state, action];
        (PairedRows rows, _) = PairedRows.Of(actions * ways * live, 1, (row, _) => F(row / live / ways, row / live % ways, row % live));
        (PairedRows Matrix, int LongestRow)[] columns = [.. Enumerable.Range(0, Chunks).Select(chunk =>
            PairedRows.Of(actions * ways, live, (row, c) => c >= live * chunk / Chunks && c < live * (chunk + 1) / Chunks ? F(row / ways, row % ways, c) : 0))];
        return (rows, [.. columns.Select(chunk => chunk.Matrix)], columns.Max(chunk => chunk.LongestRow));
    }

    private void RequireWays()
    {
        foreach (KroneckerEnd way in _ways)
        {
            Require.Length(way.Probabilities.Count, _factors.Length, "ends");
            for (int k = 0; k < _factors.Length; k++)
            {
                StateActionTable table = way.Probabilities[k];
                int rows = table.States == _factors[k].Live ? _factors[k].Live : _factors[k].Kernel.States;
                Require.Shape(table, rows, _factors[k].Actions, "ends");
                for (int c = 0; c < _factors[k].Live; c++)
                    for (int b = 0; b < table.Actions; b++)
                        RowSum.RequireProbability(table[c, b], c, b);
            }
        }
    }

    private void RequirePair(int state, int action)
    {
        Require.Index(state, States, nameof(state));
        Require.Index(action, Actions, nameof(action));
    }

    private static int[] Choices(IReadOnlyList<int>[] actions, int k, int factors, int count)
    {
        foreach (IReadOnlyList<int> tuple in actions)
        {
            Require.Length(tuple.Count, factors, nameof(actions));
            Require.Index(tuple[k], count, nameof(actions));
        }

        return [.. actions.Select(tuple => tuple[k])];
    }

    private static int CountEnds(KroneckerEnd[] ends)
    {
        int count = ends.Select(way => way.End + 1).DefaultIfEmpty(0).Max();
        if (ends.DistinctBy(way => way.End).Count() < count) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found an end below {count} that nothing leads to, expected none"), nameof(ends));
        return count;
    }

    private static int CountStates(KroneckerFactor[] factors, KroneckerEnd[] ways)
    {
        Require.Positive(factors.Length, nameof(factors));
        long states = 1;
        foreach (KroneckerFactor factor in factors)
            if ((states *= Require.NotNull(factor).Live) > Array.MaxLength) break;
        states += CountEnds(ways);
        return states <= Array.MaxLength ? (int)states : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found a product of {states} states or more, expected at most {Array.MaxLength}"), nameof(factors));
    }
}
