namespace Rift.Mdp;

/// <summary>Eight numbers that are looked up by codes of one byte: the numbers themselves, then their low words, then their high words, for machines that look up words.</summary>
internal static unsafe class DecodeTable
{
    /// <summary>How many numbers.</summary>
    internal const int Numbers = 8;

    /// <summary>Where the low words begin, in doubles.</summary>
    internal const int LowWords = Numbers;

    /// <summary>Where the high words begin, in doubles.</summary>
    internal const int HighWords = Numbers + (Numbers / 2);

    /// <summary>Doubles in the table.</summary>
    internal const int Size = 2 * Numbers;

    /// <summary>Enters a number.</summary>
    internal static void Set(double* table, int code, double x)
    {
        table[code] = x;
        ulong bits = BitConverter.DoubleToUInt64Bits(x);
        ((uint*)(table + LowWords))[code] = (uint)bits;
        ((uint*)(table + HighWords))[code] = (uint)(bits >> 32);
    }
}
