namespace Rift.Mdp;

/// <summary>Gauss-Seidel sweeps of a problem in the order of distance from its ends, over a copy of the kernel's rows in that order.</summary>
internal sealed class OrderedSweep : IDisposable
{
    // The contraction is measured over so many sweeps.
    private const int Window = 30;

    // The first sweeps carry values through the states and say nothing about the rest.
    private const int Settling = 120;

    // A closed class of so many states is solved beforehand.
    private const int LargestEnd = Auto.DirectStates;

    private readonly int[] _order;
    private readonly int _split;
    private readonly int[][] _seenAcross; // states of the one half that rows of the other lead to
    private readonly BellmanSweep _sweep;
    private readonly AlignedBuffer<double> _first, _second;

    private OrderedSweep(SoftIteration iteration, StateOrder order, RowStore rows)
    {
        SoftProblem problem = iteration.Problem;
        _order = order.States;
        _split = order.FirstHalf / RowStore.Height;
        Ends = order.AbsorbingStates.Length + order.ClosedClasses.Sum(closed => closed.Length);
        _sweep = new BellmanSweep(problem, Math.Min(2, iteration.Execution.Threads), rows, _order);
        (_first, _second) = (BellmanSweep.Room(_order.Length), BellmanSweep.Room(_order.Length));
        _seenAcross = SeenAcross(rows, order.FirstHalf);
    }

    /// <summary>The number of states that are never left.</summary>
    internal int Ends { get; }

    /// <summary>Sweeps for a problem with ends and stored rows; null for others. Sets V to a lower bound, exact at the ends, unless the caller gave a start.</summary>
    internal static OrderedSweep? Of(SoftIteration iteration)
    {
        SoftProblem problem = iteration.Problem;
        if (problem.Mdp.Kernel.Rows is not RowStore rows) return null;
        StateOrder order = StateOrder.FromEnds(rows);
        bool ends = order.AbsorbingStates.Length > 0 || order.ClosedClasses.Any(closed => closed.Length <= LargestEnd);
        if (!ends || rows.Renumbered(order.States, order.Rank) is not RowStore renumbered) return null;
        OrderedSweep ordered = new(iteration, order, renumbered);
        if (!iteration.Warm) ordered.Start(iteration, order);
        return ordered;
    }

    /// <summary>
    /// Sweeps until the next backup promises to be the last, the iterations run out, or the measured contraction predicts that more than so many sweeps are still needed.
    /// </summary>
    /// <returns>Whether it got there.</returns>
    internal bool Improve(SoftIteration iteration, int maxIterations, double affordable = double.PositiveInfinity)
    {
        Read(iteration.Values);
        double[] recent = new double[Window];
        bool done = false;
        for (int sweep = 0; !done; sweep++)
        {
            double change = Sweep();
            if (iteration.Bracket.Note(change, maxIterations)) break;
            done = iteration.Bracket.Suffices(change);
            double earlier = recent[sweep % Window];
            recent[sweep % Window] = change;
            if (sweep < Settling || sweep % Window != 0 || double.IsPositiveInfinity(affordable)) continue;
            double rate = Math.Pow(change / earlier, 1.0 / Window);
            if (!(rate < 1) || iteration.Bracket.Shortfall(change) / -Math.Log(rate) > affordable) break;
        }

        Write(iteration.Revise());
        return done;
    }

    /// <inheritdoc/>
    public void Dispose() => _sweep.Dispose();

    /// <summary>One sweep; the largest change.</summary>
    private double Sweep()
    {
        (double min, double max) = _sweep.InOrder(_first, _second, _split);
        foreach (int s in _seenAcross[0]) _second[s] = _first[s];
        foreach (int s in _seenAcross[1]) _first[s] = _second[s];
        return Math.Max(Math.Abs(min), Math.Abs(max));
    }

    private void Read(ReadOnlySpan<double> values)
    {
        for (int i = 0; i < _order.Length; i++) _first[i] = _second[i] = values[_order[i]];
    }

    private void Write(Span<double> values)
    {
        int half = _split * RowStore.Height;
        for (int i = 0; i < _order.Length; i++) values[_order[i]] = i < half ? _first[i] : _second[i];
    }

    /// <summary>T V &gt;= V for V = min T0 / (1 - gamma), so that is below V*; a state that is never left has V* = T0 / (1 - gamma), a small closed class is a problem of its own.</summary>
    private void Start(SoftIteration iteration, StateOrder order)
    {
        SoftProblem problem = iteration.Problem;
        _sweep.Backup(_first, _second);
        double smallest = double.PositiveInfinity, scale = 1 / (1 - problem.Mdp.Discount);
        foreach (double value in _second.Span) smallest = Math.Min(smallest, value);
        Span<double> values = iteration.Revise();
        values.Fill(scale * smallest);
        foreach (int s in order.AbsorbingStates) values[s] = scale * _second[order.Rank[s]];
        foreach (int[] closed in order.ClosedClasses)
            if (closed.Length <= LargestEnd)
            {
                ReadOnlySpan<double> exact = problem.Within(closed).Solve(new SoftPolicyIteration { Linear = LinearMethod.Elimination, Tolerance = Tolerance.RoundingFloor }).Values;
                for (int i = 0; i < closed.Length; i++) values[closed[i]] = exact[i];
            }
    }

    private static int[][] SeenAcross(RowStore rows, int half)
    {
        bool[] seen = new bool[rows.States];
        int[] successors = new int[rows.Capacity];
        double[] probabilities = new double[rows.Capacity];
        for (int s = 0; s < rows.States; s++)
            for (int a = 0; a < rows.Actions; a++)
                foreach (int next in successors.AsSpan(0, rows.Row(s, a, successors, probabilities)))
                    seen[next] |= s < half != next < half;
        return [.. Enumerable.Range(0, 2).Select(h => Enumerable.Range(h == 0 ? 0 : half, h == 0 ? half : rows.States - half).Where(s => seen[s]).ToArray())];
    }
}
