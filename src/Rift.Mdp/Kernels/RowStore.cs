namespace Rift.Mdp;

/// <summary>The rows T(.|s,a) in memory, in slices of eight consecutive states, so that a vector holds the same entry of eight rows.</summary>
/// <remarks>Which of the layouts a model gets is decided by looking at it: see <see cref="Choose"/>. All give the same expectations to rounding.</remarks>
internal abstract class RowStore
{
    /// <summary>States in a slice.</summary>
    internal const int Height = 8;

    /// <summary>So many numbers before the first and after the last value are read by shifted rows, and multiplied by a probability of zero.</summary>
    internal const int Margin = Height - 1;

    private protected RowStore(int states, int actions)
    {
        States = states;
        Actions = actions;
    }

    internal int States { get; }

    internal int Actions { get; }

    /// <summary>Number of slices; the last may be partly filled.</summary>
    internal int Slices => SlicesOf(States);

    /// <summary>No row has more entries.</summary>
    internal abstract int Capacity { get; }

    /// <summary>Whether eight problems are swept faster together than one after the other.</summary>
    internal abstract bool ServesManyProblems { get; }

    /// <summary>What is shown to the user.</summary>
    internal abstract string Name { get; }

    /// <summary>The work of one sweep over the slices before this one, in the same unit for all slices: where threads divide.</summary>
    internal abstract long WorkBefore(int slice);

    /// <summary>Reads a row: the number of its positive probabilities, with their successors in increasing order. The spans hold <see cref="Capacity"/>.</summary>
    internal abstract int Row(int state, int action, Span<int> successors, Span<double> probabilities);

    /// <summary>(E V)(s,a), one multiplication and addition a successor in increasing order, as <see cref="ILanes{V}.MultiplyAdd"/> does them.</summary>
    internal abstract double Expect(int state, int action, ReadOnlySpan<double> values);

    /// <summary>Adds weight T(.|s,a) to a vector over states.</summary>
    internal abstract void Add(int state, int action, double weight, Span<double> states);

    /// <summary>Backs up a run of groups.</summary>
    internal abstract void Sweep(FusedSweep sweep, SweepRange range);

    /// <summary>The same rows with state <c>order[i]</c> as the i-th and successors numbered likewise; null where that is not worth doing.</summary>
    /// <param name="order">The old numbers in their new order, S of them.</param>
    /// <param name="rank">The new number of each old one.</param>
    internal abstract RowStore? Renumbered(int[] order, int[] rank);

    internal static int SlicesOf(int states) => (states + Height - 1) / Height;

    /// <summary>The layout for these rows: dense where at least half of all entries are positive, coded where few different probabilities and shared successors make that cheaper, sliced otherwise.</summary>
    internal static RowStore Choose(SlicedRows rows) =>
        2 * rows.Transitions >= (long)rows.States * rows.Actions * rows.States ? DenseRows.From(rows) : CodedRows.TryFrom(rows) ?? (RowStore)rows;
}
