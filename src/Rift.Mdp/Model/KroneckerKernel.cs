using System.Buffers;
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
public sealed class KroneckerKernel : TransitionKernel
{
    private readonly KroneckerFactor[] _factors;
    private readonly int[] _stride;      // n_{k+1} ... n_K: a step of component k in the number of a state
    private readonly int[][] _choice;    // b_k(a)
    private readonly int[] _order;       // the actions sorted by their tuples, so that actions with a common beginning share its work
    private readonly KroneckerEnd[] _ways;
    private readonly PairedRows _endRows, _endColumns; // f_K of each way: a row for each (b, t, c), and for each (b, t)
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
        LargestColumn = Math.Max(longest + factors.Length + 3, Actions + factors[^1].LargestColumn + factors.SkipLast(1).Sum(factor => 1 + (factor.Actions * factor.LargestColumn)));
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

    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        int last = firstState + (expectations.Length / Actions), live = Math.Clamp(LiveStates - firstState, 0, last - firstState);
        double[] rented = ArrayPool<double>.Shared.Rent(_scratch);
        expectations.Clear();
        if (live > 0)
        {
            Span<double> worth = rented.AsSpan(0, _ways.Length);
            for (int t = 0; t < worth.Length; t++) worth[t] = values[LiveStates + _ways[t].End];
            Expect(0, 0, Actions, firstState, firstState + live, values, worth, rented.AsSpan(worth.Length), expectations[..(live * Actions)]);
        }

        for (int s = firstState + live; s < last; s++) expectations[(s - firstState) * Actions] = values[s];
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <inheritdoc/>
    public override void Push(ReadOnlySpan<double> occupancy, Span<double> states)
    {
        Require.Length(occupancy.Length, (long)States * Actions, nameof(occupancy));
        Require.Length(states.Length, States, nameof(states));
        PushLive(0, _factors[^1].Live, occupancy, states);
        PushEnds(occupancy, states);
    }

    /// <summary>E* mu at those live states whose last component is in a range: ranges share nothing and may run in parallel, and their bits do not depend on how they are cut.</summary>
    internal void PushLive(int firstComponent, int lastComponent, ReadOnlySpan<double> occupancy, Span<double> states)
    {
        int width = _factors[^1].Live;
        for (int row = 0; row < LiveStates; row += width) states[(row + firstComponent)..(row + lastComponent)].Clear();
        double[] rented = ArrayPool<double>.Shared.Rent(_scratch);
        Push(0, 0, Actions, firstComponent, lastComponent, occupancy[..(LiveStates * Actions)], rented, states[..LiveStates]);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>E* mu at the ends.</summary>
    internal void PushEnds(ReadOnlySpan<double> occupancy, Span<double> states)
    {
        if (Ends == 0) return;
        Span<CompensatedSum> sums = new CompensatedSum[Ends];
        Span<double> weights = new double[(_factors.Length + 1) * _ways.Length];
        weights[.._ways.Length].Fill(1);
        CollectEnds(0, 0, Actions, occupancy[..(LiveStates * Actions)], weights, sums);
        for (int end = 0; end < Ends; end++)
        {
            sums[end].Add(occupancy[(LiveStates + end) * Actions]);
            states[LiveStates + end] = sums[end].Value;
        }
    }

    /// <summary>
    /// Adds E of a function of (c_k, ..., c_K), for the actions from <paramref name="low"/> to <paramref name="high"/> in order, which agree before component k, at
    /// the tuples numbered <paramref name="first"/> to <paramref name="last"/>. worth holds for each way to an end what it is worth times its probability so far.
    /// </summary>
    private void Expect(int k, int low, int high, int first, int last, ReadOnlySpan<double> values, Span<double> worth, Span<double> scratch, Span<double> table)
    {
        KroneckerFactor factor = _factors[k];
        if (k == _factors.Length - 1)
        {
            for (int i = low; i < high; i++) ExpectLast(factor, _order[i], first, last, values, worth, table);
            return;
        }

        int stride = _stride[k];
        Span<double> inner = scratch[..stride], innerWorth = scratch.Slice(stride, worth.Length), rest = scratch[(stride + worth.Length)..];
        for (int c = first / stride; c * stride < last; c++)
        {
            int from = Math.Max(first, c * stride), to = Math.Min(last, (c + 1) * stride);
            (int lowest, int highest) = Reach(k + 1, from - (c * stride), to - (c * stride));
            for (int i = low, next; i < high; i = next)
            {
                int b = _choice[k][_order[i]];
                next = EndOfGroup(k, i, high);
                if (lowest <= highest) factor.Rows.Combine((b * factor.Live) + c, values, stride, lowest, inner[lowest..(highest + 1)]);
                for (int t = 0; t < worth.Length; t++) innerWorth[t] = worth[t] * _ways[t].Probabilities[k][c, b];
                Expect(k + 1, i, next, from - (c * stride), to - (c * stride), inner, innerWorth, rest, table[((from - first) * Actions)..((to - first) * Actions)]);
            }
        }
    }

    private void ExpectLast(KroneckerFactor factor, int action, int first, int last, ReadOnlySpan<double> values, ReadOnlySpan<double> worth, Span<double> table)
    {
        int b = _choice[^1][action];
        factor.Rows.AddProduct((b * factor.Live) + first, (b * factor.Live) + last, values, 1, table[action..], Actions);
        for (int t = 0; t < worth.Length; t++)
        {
            int row = ((b * worth.Length) + t) * factor.Live;
            if (worth[t] != 0) _endRows.AddProduct(row + first, row + last, worth.Slice(t, 1), 1, table[action..], Actions);
        }
    }

    /// <summary>The first and the last tuple (c_k, ..., c_K) that a value is needed of for a run of tuples.</summary>
    private (int Lowest, int Highest) Reach(int k, int first, int last)
    {
        int stride = _stride[k];
        (int lowest, int highest) = _factors[k].Reach(first / stride, (last - 1) / stride);
        return (lowest * stride, (highest * stride) + stride - 1);
    }

    /// <summary>Adds E* of an occupancy of (c_k, ..., c_K), for a range of the last component.</summary>
    private void Push(int k, int low, int high, int firstComponent, int lastComponent, ReadOnlySpan<double> occupancy, Span<double> scratch, Span<double> states)
    {
        KroneckerFactor factor = _factors[k];
        if (k == _factors.Length - 1)
        {
            for (int i = low; i < high; i++)
            {
                int column = _choice[k][_order[i]] * factor.Live;
                factor.Columns.AddProduct(column + firstComponent, column + lastComponent, occupancy[_order[i]..], Actions, states[firstComponent..], 1);
            }

            return;
        }

        int stride = _stride[k], width = _factors[^1].Live;
        Span<double> inner = scratch[..stride];
        for (int c = 0; c < factor.Live; c++)
        {
            for (int i = low, next; i < high; i = next)
            {
                next = EndOfGroup(k, i, high);
                KroneckerFactor.Entries row = factor.Row(_choice[k][_order[i]], c);
                for (int at = 0; at < stride; at += width) inner[(at + firstComponent)..(at + lastComponent)].Clear();
                Push(k + 1, i, next, firstComponent, lastComponent, occupancy.Slice(c * stride * Actions, stride * Actions), scratch[stride..], inner);
                for (int j = 0; j < row.Next.Length; j++)
                    for (int at = 0; at < stride; at += width)
                        PairedRows.Add(row.Probability[j], inner[(at + firstComponent)..(at + lastComponent)], states.Slice((row.Next[j] * stride) + at + firstComponent, lastComponent - firstComponent));
            }
        }
    }

    /// <summary>Adds what an occupancy of (c_k, ..., c_K) sends to the ends; weights hold the probability of each way so far.</summary>
    private void CollectEnds(int k, int low, int high, ReadOnlySpan<double> occupancy, Span<double> weights, Span<CompensatedSum> sums)
    {
        int ways = _ways.Length;
        Span<double> rest = weights[ways..];
        for (int i = low, next; i < high; i = next)
        {
            int b = _choice[k][_order[i]];
            if (k == _factors.Length - 1)
            {
                next = i + 1;
                rest[..ways].Clear();
                for (int t = 0; t < ways; t++)
                {
                    if (weights[t] == 0) continue;
                    _endColumns.AddProduct((b * ways) + t, (b * ways) + t + 1, occupancy[_order[i]..], Actions, rest.Slice(t, 1), 1);
                    sums[_ways[t].End].Add(weights[t] * rest[t]);
                }

                continue;
            }

            next = EndOfGroup(k, i, high);
            for (int c = 0; c < _factors[k].Live; c++)
            {
                for (int t = 0; t < ways; t++) rest[t] = weights[t] * _ways[t].Probabilities[k][c, b];
                CollectEnds(k + 1, i, next, occupancy.Slice(c * _stride[k] * Actions, _stride[k] * Actions), rest, sums);
            }
        }
    }

    /// <summary>Where the actions stop that agree with the one at a place of the order on component k.</summary>
    private int EndOfGroup(int k, int place, int high)
    {
        int end = place + 1;
        while (end < high && _choice[k][_order[end]] == _choice[k][_order[place]]) end++;
        return end;
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
    private (PairedRows Rows, PairedRows Columns, int Longest) LastProbabilities()
    {
        int live = _factors[^1].Live, actions = _factors[^1].Actions, ways = _ways.Length;
        double F(int action, int way, int state) => _ways[way].Probabilities[^1][state, action];
        (PairedRows rows, _) = PairedRows.Of(actions * ways * live, 1, (row, _) => F(row / live / ways, row / live % ways, row % live));
        (PairedRows columns, int longest) = PairedRows.Of(actions * ways, live, (row, c) => F(row / ways, row % ways, c));
        return (rows, columns, longest);
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

    /// <summary>A sum with its rounding errors summed beside it (Neumaier 1974): exact up to one rounding.</summary>
    private struct CompensatedSum
    {
        private double _sum, _lost;

        internal readonly double Value => _sum + _lost;

        internal void Add(double x)
        {
            double next = _sum + x;
            _lost += Math.Abs(_sum) >= Math.Abs(x) ? _sum - next + x : x - next + _sum;
            _sum = next;
        }
    }
}
