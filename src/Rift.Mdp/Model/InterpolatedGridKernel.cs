using System.Globalization;

namespace Rift.Mdp;

/// <summary>Where a continuous state goes in one step.</summary>
/// <param name="point">x, one number for each dimension.</param>
/// <param name="action">The action, 0 to A - 1.</param>
/// <param name="outcome">Which of the chance outcomes occurred, 0 to W - 1.</param>
/// <param name="next">Receives x'.</param>
/// <returns>Whether the process goes on; false where it ends, and x' has no meaning.</returns>
public delegate bool GridMotion(ReadOnlySpan<double> point, int action, int outcome, Span<double> next);

/// <summary>Continuous dynamics x' = f(x, a, w) on a rectangular grid, computed whenever they are needed and never stored.</summary>
/// <remarks>
/// <para>x' is rounded at random to the corners of the cell that it lies in, independently in each dimension, so that the mean is x': E V is multilinear
/// interpolation of V at x', averaged over the outcomes w. Beyond the grid x' is moved to its border. States are numbered with the last dimension fastest; where the process may
/// end, the end is the last state, absorbing, with action 0 alone.</para>
/// <para>E and E* cost O(S A W) calls of the motion and O(S A W 2^d) additions, without memory of their own. Where the dimensions do not mix, a
/// <see cref="KroneckerKernel"/> of interpolated factors is faster by far; where the rows fit into memory, so is <see cref="SparseKernel.From"/>.</para>
/// </remarks>
public sealed class InterpolatedGridKernel : TransitionKernel
{
    private const int MostDimensions = 8;

    private readonly GridAxis[] _axes;
    private readonly double[] _outcomes;
    private readonly GridMotion _motion;
    private readonly int _end; // the number of the end; the number of points where there is none

    /// <summary>A kernel on a grid.</summary>
    /// <param name="axes">The grid, one axis for each dimension, at most eight.</param>
    /// <param name="actions">Number of actions A; all are available at every point.</param>
    /// <param name="outcomes">The probabilities of the outcomes of chance, positive, summing to one within 1e-12.</param>
    /// <param name="motion">f: a pure function, which several threads may call at a time. Called here once for every point, action and outcome.</param>
    /// <param name="mayEnd">Whether the motion may end the process.</param>
    /// <exception cref="ArgumentException">There are no axes or too many, or more pairs than an array can hold.</exception>
    /// <exception cref="InvalidModelException">The outcomes are no distribution, x' is not a number, or the motion ends where it may not.</exception>
    public InterpolatedGridKernel(IReadOnlyList<GridAxis> axes, int actions, ReadOnlySpan<double> outcomes, GridMotion motion, bool mayEnd = false)
        : base(CountStates(Require.NotNull(axes), mayEnd), actions)
    {
        (_axes, _outcomes, _motion, _end) = ([.. axes], outcomes.ToArray(), Require.NotNull(motion), States - (mayEnd ? 1 : 0));
        foreach (double p in outcomes)
            if (!(p > 0)) throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the probability {p:R} of an outcome"), "a positive number");
        double outcomeError = RowSum.Require(outcomes, null, null);
        int dimensions = axes.Count, corners = 1 << dimensions;

        // A weight is rounded once in each dimension, then come V, a sum over corners, p, and a sum over outcomes.
        LargestRow = dimensions + corners + outcomes.Length + 3;
        AllAvailable = !mayEnd || actions == 1;
        int[] arrivals = new int[States];
        double[] row = new double[States];
        List<int> reached = [];
        for (int s = 0; s < States; s++)
        {
            for (int a = 0; a < actions; a++)
            {
                if (!IsAvailable(s, a)) continue;
                Visit(s, a, (next, probability) =>
                {
                    arrivals[next]++;
                    if (row[next] == 0) reached.Add(next);
                    row[next] += probability;
                });
                foreach (int next in reached) row[next] = 0;
                Transitions += reached.Count;
                reached.Clear();
            }
        }

        LargestColumn = arrivals.Max() + dimensions + 2;

        // The two weights of a dimension sum to one within one roundoff; and twice what a row is rounded by, so that exact and rounded rows, as they are and normalised, are covered.
        RowSumError = outcomeError + (Rounding.SecondOrder * Rounding.Unit * (dimensions + (2 * LargestRow)));
    }

    /// <summary>The grid.</summary>
    public IReadOnlyList<GridAxis> Axes => _axes;

    /// <inheritdoc/>
    public override double RowSumError { get; }

    /// <inheritdoc/>
    public override int LargestRow { get; }

    /// <inheritdoc/>
    public override int LargestColumn { get; }

    /// <summary>The number of transitions that a stored kernel would hold.</summary>
    public override long Transitions { get; }

    /// <inheritdoc/>
    public override bool AllAvailable { get; }

    /// <summary>The coordinates of a state.</summary>
    /// <param name="state">A state that is no end.</param>
    /// <param name="point">Receives one number for each dimension.</param>
    public void PointOf(int state, Span<double> point)
    {
        Require.Index(state, _end, nameof(state));
        Require.Length(point.Length, _axes.Length, nameof(point));
        for (int k = _axes.Length - 1; k >= 0; state /= _axes[k--].Count) point[k] = _axes[k][state % _axes[k].Count];
    }

    /// <inheritdoc/>
    public override bool IsAvailable(int state, int action)
    {
        Require.Index(state, States, nameof(state));
        Require.Index(action, Actions, nameof(action));
        return state < _end || action == 0;
    }

    /// <inheritdoc/>
    public override IEnumerable<Successor> Successors(int state, int action)
    {
        SortedDictionary<int, double> row = [];
        if (IsAvailable(state, action)) Visit(state, action, (next, probability) => row[next] = row.GetValueOrDefault(next) + probability);
        return row.Select(entry => new Successor(entry.Key, entry.Value));
    }

    /// <inheritdoc/>
    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        if (!IsAvailable(state, action)) return;
        Span<int> corners = stackalloc int[1 << _axes.Length];
        Span<double> weights = stackalloc double[corners.Length];
        for (int w = 0; w < _outcomes.Length; w++)
        {
            int count = Corners(state, action, w, corners, weights);
            for (int i = 0; i < count; i++) states[corners[i]] += weight * (_outcomes[w] * weights[i]);
        }
    }

    /// <inheritdoc/>
    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        Span<int> corners = stackalloc int[1 << _axes.Length];
        Span<double> weights = stackalloc double[corners.Length];
        for (int i = 0; i < expectations.Length; i++)
        {
            double mean = 0;
            (int state, int action) = (firstState + (i / Actions), i % Actions);
            for (int w = 0; w < _outcomes.Length && (state < _end || action == 0); w++)
            {
                double interpolated = 0;
                int count = Corners(state, action, w, corners, weights);
                for (int c = 0; c < count; c++) interpolated += weights[c] * values[corners[c]];
                mean += _outcomes[w] * interpolated;
            }

            expectations[i] = mean;
        }
    }

    private void Visit(int state, int action, Action<int, double> body)
    {
        Span<int> corners = stackalloc int[1 << _axes.Length];
        Span<double> weights = stackalloc double[corners.Length];
        for (int w = 0; w < _outcomes.Length; w++)
        {
            int count = Corners(state, action, w, corners, weights);
            for (int i = 0; i < count; i++) body(corners[i], _outcomes[w] * weights[i]);
        }
    }

    /// <summary>The states that an outcome leads to, with their positive weights; returns how many.</summary>
    private int Corners(int state, int action, int outcome, Span<int> corners, Span<double> weights)
    {
        (corners[0], weights[0]) = (_end, 1);
        if (state == _end) return 1;
        Span<double> point = stackalloc double[2 * MostDimensions], next = point[MostDimensions..][.._axes.Length];
        point = point[.._axes.Length];
        PointOf(state, point);
        if (!_motion(point, action, outcome, next))
            return _end < States ? 1 : throw new InvalidModelException($"the motion ends at outcome {outcome}", "that it goes on, for the kernel has no end", state, action);
        corners[0] = 0;
        int count = 1;
        for (int k = 0; k < _axes.Length; k++)
        {
            if (double.IsNaN(next[k])) throw new InvalidModelException($"coordinate {k} is not a number at outcome {outcome}", "a number", state, action);
            GridPosition at = _axes[k].Locate(next[k]);
            for (int i = 0; i < count; i++)
            {
                int lower = (corners[i] * _axes[k].Count) + at.Lower;
                double weight = weights[i];
                (corners[i], weights[i]) = (lower, weight * at.LowerWeight);
                if (at.UpperWeight > 0) (corners[count + i], weights[count + i]) = (lower + 1, weight * at.UpperWeight);
            }

            if (at.UpperWeight > 0) count *= 2;
        }

        return count;
    }

    private static int CountStates(IReadOnlyList<GridAxis> axes, bool mayEnd)
    {
        if (axes.Count is < 1 or > MostDimensions) throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {axes.Count} axes, expected 1 to {MostDimensions}"), nameof(axes));
        long states = 1;
        foreach (GridAxis axis in axes)
            if ((states *= Require.NotNull(axis).Count) > Array.MaxLength) break;
        states += mayEnd ? 1 : 0;
        return states <= Array.MaxLength ? (int)states : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found a product of {states} states or more, expected at most {Array.MaxLength}"), nameof(axes));
    }
}
