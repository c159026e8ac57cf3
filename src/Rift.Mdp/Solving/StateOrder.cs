namespace Rift.Mdp;

/// <summary>The states of a kernel by their distance from what is never left, and what that is.</summary>
/// <remarks>
/// An end is a closed class: states that lead only to one another, whatever is done; most often one absorbing state. Found by strongly connected components (Tarjan 1972) among the
/// states that reach no absorbing one; distances by breadth-first search along the transitions backwards. O(transitions) time and memory.
/// </remarks>
internal sealed class StateOrder
{
    // A level of so many states fills its slices.
    private const int WideLevel = 16 * RowStore.Height;

    private readonly RowStore _rows;
    private readonly int[] _successors;
    private readonly double[] _probabilities;
    private readonly int[] _found; // states in the order of the search
    private int _count, _levels, _levelEnd;

    private StateOrder(RowStore rows)
    {
        _rows = rows;
        _successors = new int[rows.Capacity];
        _probabilities = new double[rows.Capacity];
        _found = new int[rows.States];
        bool[] seen = new bool[rows.States];
        (int[] start, int[] predecessors) = Predecessors();
        for (int s = 0; s < rows.States; s++)
            if (IsAbsorbing(s)) Find(s, seen);
        AbsorbingStates = _found[.._count];
        Search(0, seen, start, predecessors);
        if (_count < rows.States)
        {
            ClosedClasses = ClosedAmong(seen);
            int first = _count;
            foreach (int[] closed in ClosedClasses)
                foreach (int s in closed) Find(s, seen);
            Search(first, seen, start, predecessors);
        }

        // Two halves as the model numbers its states, which is nearly always by neighbourhood, each in the order of the search.
        FirstHalf = rows.States / 2 / RowStore.Height * RowStore.Height;
        States = [.. Arranged([.. _found.Where(s => s < FirstHalf)]), .. Arranged([.. _found.Where(s => s >= FirstHalf)])];
        Rank = new int[rows.States];
        for (int i = 0; i < States.Length; i++) Rank[States[i]] = i;
    }

    /// <summary>States that no action leaves.</summary>
    internal int[] AbsorbingStates { get; }

    /// <summary>The other closed classes, two states or more each.</summary>
    internal int[][] ClosedClasses { get; } = [];

    /// <summary>The states in order: those of the first half by distance, then those of the second half; where levels are narrow, eight stretches of each side by side.</summary>
    internal int[] States { get; }

    /// <summary>The place of each state in <see cref="States"/>.</summary>
    internal int[] Rank { get; }

    /// <summary>Number of states in the first half.</summary>
    internal int FirstHalf { get; }

    internal static StateOrder FromEnds(RowStore rows) => new(rows);

    private ReadOnlySpan<int> Successors(int state, int action) => _successors.AsSpan(0, _rows.Row(state, action, _successors, _probabilities));

    private bool IsAbsorbing(int state)
    {
        for (int a = 0; a < _rows.Actions; a++)
            if (Successors(state, a).ContainsAnyExcept(state)) return false;
        return true;
    }

    private void Find(int state, bool[] seen)
    {
        seen[state] = true;
        _found[_count++] = state;
    }

    private void Search(int from, bool[] seen, int[] start, int[] predecessors)
    {
        _levelEnd = from;
        for (int i = from; i < _count; i++)
        {
            if (i == _levelEnd) (_levels, _levelEnd) = (_levels + 1, _count);
            foreach (int s in predecessors.AsSpan(start[_found[i]]..start[_found[i] + 1]))
                if (!seen[s]) Find(s, seen);
        }
    }

    /// <summary>
    /// A slice of eight states is backed up at once. Where a level of the search fills slices by itself, that is as it should be. Where levels are narrow, the eight are taken from
    /// eight stretches of the order, so that none waits for another of its slice.
    /// </summary>
    private int[] Arranged(int[] found)
    {
        int slices = found.Length / RowStore.Height;
        if (_rows.States >= WideLevel * (long)_levels) return found;
        int[] arranged = [.. found];
        for (int i = 0; i < slices * RowStore.Height; i++) arranged[i] = found[(i / RowStore.Height) + (i % RowStore.Height * slices)];
        return arranged;
    }

    /// <summary>For each state the states that lead to it, once for each action.</summary>
    private (int[] Start, int[] Predecessors) Predecessors()
    {
        int[] start = new int[_rows.States + 1];
        for (int s = 0; s < _rows.States; s++)
            for (int a = 0; a < _rows.Actions; a++)
                foreach (int next in Successors(s, a)) start[next + 1]++;
        for (int s = 0; s < _rows.States; s++) start[s + 1] = checked(start[s + 1] + start[s]);
        int[] predecessors = new int[start[^1]], at = start[..^1];
        for (int s = 0; s < _rows.States; s++)
            for (int a = 0; a < _rows.Actions; a++)
                foreach (int next in Successors(s, a)) predecessors[at[next]++] = s;
        return (start, predecessors);
    }

    /// <summary>The strongly connected components that are never left, among the states not seen; these lead to no other.</summary>
    private int[][] ClosedAmong(bool[] seen)
    {
        int[] index = new int[_rows.States], low = new int[_rows.States];
        bool[] open = new bool[_rows.States]; // on the stack of a component not yet complete
        List<int> component = [];
        List<int[]> closed = [];
        Stack<(int State, IEnumerator<int> Next)> path = new();
        int found = 0;
        for (int root = 0; root < _rows.States; root++)
        {
            if (seen[root] || index[root] > 0) continue;
            Enter(root);
            while (path.TryPeek(out (int State, IEnumerator<int> Next) top))
            {
                int s = top.State;
                if (top.Next.MoveNext())
                {
                    int next = top.Next.Current;
                    if (index[next] == 0) Enter(next);
                    else if (open[next]) low[s] = Math.Min(low[s], index[next]);
                    continue;
                }

                path.Pop();
                if (path.TryPeek(out (int State, IEnumerator<int> Next) below)) low[below.State] = Math.Min(low[below.State], low[s]);
                if (low[s] < index[s]) continue;
                int first = component.LastIndexOf(s);
                int[] members = [.. component[first..]];
                if (members.All(m => AllSuccessors(m).All(next => open[next] && index[next] >= index[s]))) closed.Add(members);
                foreach (int m in members) open[m] = false;
                component.RemoveRange(first, members.Length);
            }
        }

        return [.. closed];

        void Enter(int state)
        {
            index[state] = low[state] = ++found;
            open[state] = true;
            component.Add(state);
            path.Push((state, AllSuccessors(state).GetEnumerator()));
        }
    }

    private IEnumerable<int> AllSuccessors(int state)
    {
        for (int a = 0; a < _rows.Actions; a++)
            foreach (int next in Successors(state, a).ToArray()) yield return next;
    }
}
