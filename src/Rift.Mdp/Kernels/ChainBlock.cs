using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>Consecutive rows of a stored chain without its diagonal: of each row the entries against the flow, to earlier places, then those with it.</summary>
/// <remarks>Row i has its entries in <c>[Start[i], Start[i + 1])</c>, those with the flow from <c>Diagonal[i]</c> on.</remarks>
internal sealed class ChainBlock
{
    /// <summary>Rows of every block but the last: few enough that they stay near while they are made.</summary>
    internal const int Height = 1 << Shift;

    private const int Shift = 9;

    private ChainBlock(int[] start)
    {
        (Start, Diagonal) = (start, new int[start.Length - 1]);
        // Pinned: the collector is not to copy what lives as long as the chain.
        (Column, Weight) = (GC.AllocateUninitializedArray<int>(start[^1], pinned: true), GC.AllocateUninitializedArray<double>(start[^1], pinned: true));
    }

    /// <summary>Room for rows with so many entries each.</summary>
    internal static ChainBlock For(ReadOnlySpan<int> entries)
    {
        int[] start = new int[entries.Length + 1];
        for (int row = 0; row < entries.Length; row++) start[row + 1] = checked(start[row] + entries[row]);
        return new ChainBlock(start);
    }

    internal int[] Start { get; }

    internal int[] Diagonal { get; }

    /// <summary>The place each entry leads to.</summary>
    internal int[] Column { get; }

    /// <summary>The discounted probability of each entry.</summary>
    internal double[] Weight { get; }

    internal int Rows => Diagonal.Length;

    internal int LongestRow => Enumerable.Range(0, Rows).Max(row => Start[row + 1] - Start[row]);

    /// <summary>The number of blocks of a chain.</summary>
    internal static int Count(int states) => (states + Height - 1) >> Shift;

    /// <summary>The block of a place, and its row there.</summary>
    internal static (int Block, int Row) Of(int place) => (place >> Shift, place & (Height - 1));

    /// <summary>The places a row leads to.</summary>
    internal ReadOnlySpan<int> Columns(int row) => Column.AsSpan(Start[row]..Start[row + 1]);

    /// <summary>The discounted probabilities of a row.</summary>
    internal ReadOnlySpan<double> Weights(int row) => Weight.AsSpan(Start[row]..Start[row + 1]);

    /// <summary>Writes a row, parted at its own place; what leads to the end of its half or beyond counts as against the flow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Set(int row, int place, ReadOnlySpan<int> places, ReadOnlySpan<double> weights, int endOfHalf = int.MaxValue)
    {
        int length = Start[row + 1] - Start[row], below = 0, above = length - 1;
        ref int column = ref MemoryMarshal.GetReference(Column.AsSpan(Start[row], length));
        ref double weight = ref MemoryMarshal.GetReference(Weight.AsSpan(Start[row], length));
        places = places[..length];
        weights = weights[..length];
        for (int k = 0; k < places.Length; k++)
        {
            // Which side it belongs to can hardly be predicted: written on both, it is kept on one. Both ends stay within the row, since below <= above until the last entry is written.
            Unsafe.Add(ref column, below) = Unsafe.Add(ref column, above) = places[k];
            Unsafe.Add(ref weight, below) = Unsafe.Add(ref weight, above) = weights[k];
            int against = ((places[k] - place) | (endOfHalf - 1 - places[k])) >>> 31;
            below += against;
            above -= 1 - against;
        }

        Diagonal[row] = Start[row] + below;
    }
}
