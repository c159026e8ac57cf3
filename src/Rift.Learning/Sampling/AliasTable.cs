using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Draws from a distribution in constant time: one random number, one look into a table (the alias method of Walker 1977, set up as by Vose 1991).</summary>
/// <remarks>16 bytes for each positive probability. The probabilities are met up to the rounding of the table and 2^-50. A certain outcome takes no random number. Immutable; safe to share.</remarks>
internal sealed class AliasTable
{
    private readonly Column[] _columns;

    /// <summary>A table.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="weights">Their weights, not negative, with a positive sum; they need not sum to one.</param>
    internal AliasTable(ReadOnlySpan<int> outcomes, ReadOnlySpan<double> weights)
    {
        int count = 0;
        double sum = 0;
        foreach (double weight in weights)
        {
            if (!(weight > 0)) continue;
            sum += weight;
            count++;
        }

        _columns = new Column[count];
        double[] heights = new double[count];
        int[] small = new int[count], large = new int[count];
        int smalls = 0, larges = 0, at = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (!(weights[i] > 0)) continue;
            _columns[at] = new Column(1, outcomes[i], outcomes[i]);
            heights[at] = weights[i] / sum * count;
            if (heights[at] < 1) small[smalls++] = at;
            else large[larges++] = at;
            at++;
        }

        // A column that is too low is filled up by one that is too high; what rounding leaves over is full.
        while (smalls > 0 && larges > 0)
        {
            int low = small[--smalls], high = large[larges - 1];
            _columns[low] = new Column(heights[low], _columns[low].Own, _columns[high].Own);
            heights[high] -= 1 - heights[low];
            if (heights[high] >= 1) continue;
            larges--;
            small[smalls++] = high;
        }
    }

    /// <summary>An outcome.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Draw(SplittableRandom random)
    {
        if (_columns.Length == 1) return _columns[0].Own;
        ref readonly Column column = ref _columns[(int)Math.BigMul(random.NextBits(), (ulong)_columns.Length, out ulong rest)];
        return (rest >> 11) * (1.0 / (1UL << 53)) < column.Height ? column.Own : column.Alias;
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Column(double Height, int Own, int Alias);
}
