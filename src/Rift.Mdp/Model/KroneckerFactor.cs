using System.Globalization;

namespace Rift.Mdp;

/// <summary>One component of a <see cref="KroneckerKernel"/>: how it moves by itself, and which of its states are ends.</summary>
/// <remarks>
/// A kernel of its own, on n + m states: the component goes on while it is in one of the first n, and the whole product ends where it enters one of the last
/// m. What the kernel says of the last m states is not used. Stored by rows and by columns, some 50 bytes a transition between live states. Immutable.
/// </remarks>
public sealed class KroneckerFactor
{
    // Row b n + c holds where c goes under b: live states in increasing order.
    private readonly int[] _rowStart, _next;
    private readonly double[] _probability;
    private readonly int[] _lowest, _highest; // of the successors of c under any action
    private readonly bool[] _available;

    /// <summary>A component.</summary>
    /// <param name="kernel">Its dynamics, n + m states.</param>
    /// <param name="live">n, the number of states in which it goes on, 1 to the number of states; null for all.</param>
    /// <exception cref="ArgumentException">There are not so many states, or too many transitions for one array.</exception>
    public KroneckerFactor(TransitionKernel kernel, int? live = null)
    {
        Kernel = Require.NotNull(kernel);
        Live = live ?? kernel.States;
        if (Live < 1 || Live > kernel.States)
            throw new ArgumentOutOfRangeException(nameof(live), live, string.Create(CultureInfo.InvariantCulture, $"expected 1 to {kernel.States}"));
        if ((long)Live * Actions >= Array.MaxLength || kernel.Transitions > Array.MaxLength)
            throw new ArgumentException("found a factor too large to be stored, expected at most 2^31 pairs and transitions", nameof(kernel));
        _rowStart = new int[(Live * Actions) + 1];
        _available = new bool[Live * Actions];
        (_lowest, _highest) = (new int[Live], new int[Live]);
        List<int> next = [];
        List<double> probability = [];
        for (int row = 0; row < Live * Actions; row++)
        {
            foreach (Successor successor in kernel.Successors(row % Live, row / Live))
            {
                _available[row] = true;
                if (successor.State >= Live) continue;
                next.Add(successor.State);
                probability.Add(successor.Probability);
            }

            _rowStart[row + 1] = next.Count;
        }

        (_next, _probability) = ([.. next], [.. probability]);
        Rows = new PairedRows(_rowStart, _next, _probability);
        (int[] columnStart, int[] from, double[] weight) = Transposed();
        Columns = new PairedRows(columnStart, from, weight);
        for (int c = 0; c < Live; c++)
        {
            (_lowest[c], _highest[c]) = (Live, -1);
            for (int b = 0; b < Actions; b++)
            {
                ReadOnlySpan<int> row = Row(b, c).Next;
                LargestRow = Math.Max(LargestRow, row.Length);
                if (!row.IsEmpty) (_lowest[c], _highest[c]) = (Math.Min(_lowest[c], row[0]), Math.Max(_highest[c], row[^1]));
                LargestColumn = Math.Max(LargestColumn, columnStart[(b * Live) + c + 1] - columnStart[(b * Live) + c]);
            }
        }
    }

    /// <summary>The dynamics of the component, ends included.</summary>
    public TransitionKernel Kernel { get; }

    /// <summary>Number of states in which the component goes on: the first of the kernel's.</summary>
    public int Live { get; }

    /// <summary>Number of actions of the component.</summary>
    public int Actions => Kernel.Actions;

    /// <summary>Row b n + c: where a live state c goes under b.</summary>
    internal PairedRows Rows { get; }

    /// <summary>Row b n + c': where a live state c' is reached from under b.</summary>
    internal PairedRows Columns { get; }

    /// <summary>The most live successors of a state under one action.</summary>
    internal int LargestRow { get; }

    /// <summary>The most live predecessors of a state under one action.</summary>
    internal int LargestColumn { get; }

    internal bool IsAvailable(int action, int state) => _available[(action * Live) + state];

    internal bool IsAlwaysAvailable(int action) => !_available.AsSpan(action * Live, Live).Contains(false);

    /// <summary>The number of transitions between live states under an action.</summary>
    internal long Transitions(int action) => _rowStart[(action + 1) * Live] - _rowStart[action * Live];

    /// <summary>Where a live state goes, in increasing order.</summary>
    internal Entries Row(int action, int state)
    {
        int row = (action * Live) + state, start = _rowStart[row], length = _rowStart[row + 1] - start;
        return new Entries(_next.AsSpan(start, length), _probability.AsSpan(start, length));
    }

    /// <summary>The probability of staying in a live state.</summary>
    internal double Staying(int action, int state)
    {
        Entries row = Row(action, state);
        int at = row.Next.BinarySearch(state);
        return at < 0 ? 0 : row.Probability[at];
    }

    /// <summary>The first and the last live state that the states from <paramref name="first"/> to <paramref name="last"/> can go to under any action; nowhere is an empty range.</summary>
    internal (int Lowest, int Highest) Reach(int first, int last)
    {
        int lowest = Live, highest = -1;
        foreach (int c in _lowest.AsSpan(first, last - first + 1)) lowest = Math.Min(lowest, c);
        foreach (int c in _highest.AsSpan(first, last - first + 1)) highest = Math.Max(highest, c);
        return (lowest, highest);
    }

    /// <summary>The first and the last live state from which some action leads to those from <paramref name="first"/> to before <paramref name="last"/>; an empty range where none does.</summary>
    internal (int Lowest, int Highest) Sources(int first, int last)
    {
        int lowest = Live, highest = -1;
        for (int c = 0; c < Live; c++)
            if (_lowest[c] < last && _highest[c] >= first) (lowest, highest) = (Math.Min(lowest, c), c);
        return (lowest, highest);
    }

    /// <summary>A sparse row: states and their probabilities.</summary>
    internal readonly ref struct Entries(ReadOnlySpan<int> next, ReadOnlySpan<double> probability)
    {
        internal readonly ReadOnlySpan<int> Next = next;
        internal readonly ReadOnlySpan<double> Probability = probability;
    }

    private (int[] Start, int[] From, double[] Weight) Transposed()
    {
        int[] start = new int[_rowStart.Length], from = new int[_next.Length];
        double[] weight = new double[_next.Length];
        for (int row = 0; row < Live * Actions; row++)
            for (int i = _rowStart[row]; i < _rowStart[row + 1]; i++) start[(row / Live * Live) + _next[i] + 1]++;
        for (int column = 1; column < start.Length; column++) start[column] += start[column - 1];
        int[] filled = start.AsSpan(0, start.Length - 1).ToArray();
        for (int row = 0; row < Live * Actions; row++)
        {
            for (int i = _rowStart[row]; i < _rowStart[row + 1]; i++)
            {
                int at = filled[(row / Live * Live) + _next[i]]++;
                (from[at], weight[at]) = (row % Live, _probability[i]);
            }
        }

        return (start, from, weight);
    }
}
