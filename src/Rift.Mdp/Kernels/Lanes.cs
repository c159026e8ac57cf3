using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rift.Mdp;

/// <summary>A handful of doubles that are worked on together: what a kernel needs of a vector, so that it is written once for every width.</summary>
/// <typeparam name="V">The vector: 8, 4, 2 or 1 doubles.</typeparam>
/// <remarks>Every operation acts lane by lane, so a lane's result has the same bits at any width. Addresses need no alignment.</remarks>
internal unsafe interface ILanes<V>
    where V : unmanaged
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in every lane.</summary>
    static abstract V Create(double x);

    static abstract V Load(double* source);

    static abstract void Store(double* target, V x);

    /// <summary>values[indices[i]] in lane i.</summary>
    static abstract V Gather(double* values, int* indices);

    /// <summary>What <see cref="Decode"/> wants of a <see cref="DecodeTable"/> in registers.</summary>
    static abstract void LoadTable(double* table, out V first, out V second);

    /// <summary>table[codes[i]] in lane i, for a <see cref="DecodeTable"/> and what was loaded of it.</summary>
    static abstract V Decode(V first, V second, double* table, byte* codes);

    /// <summary>source[i * stride] in lane i.</summary>
    static abstract V LoadStrided(double* source, int stride);

    static abstract V Add(V x, V y);

    static abstract V Subtract(V x, V y);

    static abstract V Multiply(V x, V y);

    static abstract V Divide(V x, V y);

    /// <summary>x y + z: rounded once where the machine has that operation, otherwise twice; the same at all widths.</summary>
    static abstract V MultiplyAdd(V x, V y, V z);

    static abstract V Max(V x, V y);

    static abstract V Min(V x, V y);

    /// <summary>x 2^n, where the low bits of <paramref name="shifted"/> hold n; x and the result normal.</summary>
    static abstract V ScaleByLowBits(V x, V shifted);

    /// <summary>m in [1/sqrt 2, sqrt 2) and the integer e with x = m 2^e, for x from 1 on.</summary>
    static abstract V Split(V x, out V exponent);

    static abstract double SmallestOf(V x);

    static abstract double LargestOf(V x);
}

/// <summary>One double: the reference for the others, and what is left over at the end of a range.</summary>
internal readonly unsafe struct ScalarLane : ILanes<double>
{
    public static int Count => 1;

    public static double Create(double x) => x;

    public static double Load(double* source) => *source;

    public static void Store(double* target, double x) => *target = x;

    public static double Gather(double* values, int* indices) => values[*indices];

    public static void LoadTable(double* table, out double first, out double second) => first = second = 0;

    public static double Decode(double first, double second, double* table, byte* codes) => table[*codes];

    public static double LoadStrided(double* source, int stride) => *source;

    public static double Add(double x, double y) => x + y;

    public static double Subtract(double x, double y) => x - y;

    public static double Multiply(double x, double y) => x * y;

    public static double Divide(double x, double y) => x / y;

    public static double MultiplyAdd(double x, double y, double z) => LaneMath.IsFused ? Math.FusedMultiplyAdd(x, y, z) : (x * y) + z;

    public static double Max(double x, double y) => x > y ? x : y;

    public static double Min(double x, double y) => x < y ? x : y;

    public static double ScaleByLowBits(double x, double shifted) =>
        BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(x) + (BitConverter.DoubleToInt64Bits(shifted) << LaneMath.MantissaBits));

    public static double Split(double x, out double exponent)
    {
        long bits = BitConverter.DoubleToInt64Bits(x), e = (bits - LaneMath.BitsOfHalfRoot) >>> LaneMath.MantissaBits;
        exponent = BitConverter.Int64BitsToDouble(e | LaneMath.BitsOfTwoTo52) - LaneMath.TwoTo52;
        return BitConverter.Int64BitsToDouble(bits - (e << LaneMath.MantissaBits));
    }

    public static double SmallestOf(double x) => x;

    public static double LargestOf(double x) => x;
}

/// <summary>Two doubles.</summary>
internal readonly unsafe struct Lanes128 : ILanes<Vector128<double>>
{
    public static int Count => 2;

    public static Vector128<double> Create(double x) => Vector128.Create(x);

    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    public static void Store(double* target, Vector128<double> x) => x.Store(target);

    public static Vector128<double> Gather(double* values, int* indices) => Pair(values, indices[0], indices[1]);

    public static void LoadTable(double* table, out Vector128<double> first, out Vector128<double> second) => first = second = default;

    public static Vector128<double> Decode(Vector128<double> first, Vector128<double> second, double* table, byte* codes) => Pair(table, codes[0], codes[1]);

    public static Vector128<double> LoadStrided(double* source, int stride) => Pair(source, 0, stride);

    public static Vector128<double> Add(Vector128<double> x, Vector128<double> y) => x + y;

    public static Vector128<double> Subtract(Vector128<double> x, Vector128<double> y) => x - y;

    public static Vector128<double> Multiply(Vector128<double> x, Vector128<double> y) => x * y;

    public static Vector128<double> Divide(Vector128<double> x, Vector128<double> y) => x / y;

    public static Vector128<double> MultiplyAdd(Vector128<double> x, Vector128<double> y, Vector128<double> z) => Vector128.MultiplyAddEstimate(x, y, z);

    public static Vector128<double> Max(Vector128<double> x, Vector128<double> y) => Vector128.MaxNative(x, y);

    public static Vector128<double> Min(Vector128<double> x, Vector128<double> y) => Vector128.MinNative(x, y);

    public static Vector128<double> ScaleByLowBits(Vector128<double> x, Vector128<double> shifted) =>
        (x.AsInt64() + Vector128.ShiftLeft(shifted.AsInt64(), LaneMath.MantissaBits)).AsDouble();

    public static Vector128<double> Split(Vector128<double> x, out Vector128<double> exponent)
    {
        Vector128<long> bits = x.AsInt64(), e = Vector128.ShiftRightLogical(bits - Vector128.Create(LaneMath.BitsOfHalfRoot), LaneMath.MantissaBits);
        exponent = (e | Vector128.Create(LaneMath.BitsOfTwoTo52)).AsDouble() - Vector128.Create(LaneMath.TwoTo52);
        return (bits - Vector128.ShiftLeft(e, LaneMath.MantissaBits)).AsDouble();
    }

    public static double SmallestOf(Vector128<double> x) => Math.Min(x[0], x[1]);

    public static double LargestOf(Vector128<double> x) => Math.Max(x[0], x[1]);

    /// <summary>Two loads and an insert: one instruction each, and faster than a gather instruction while the values are in cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<double> Pair(double* values, int first, int second) =>
        Sse2.IsSupported ? Sse2.LoadHigh(Sse2.LoadScalarVector128(values + first), values + second) : Vector128.Create(values[first], values[second]);
}

/// <summary>Four doubles.</summary>
internal readonly unsafe struct Lanes256 : ILanes<Vector256<double>>
{
    public static int Count => 4;

    public static Vector256<double> Create(double x) => Vector256.Create(x);

    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    public static void Store(double* target, Vector256<double> x) => x.Store(target);

    public static Vector256<double> Gather(double* values, int* indices) => Four(values, indices[0], indices[1], indices[2], indices[3]);

    public static void LoadTable(double* table, out Vector256<double> first, out Vector256<double> second) =>
        (first, second) = (Vector256.Load(table + DecodeTable.LowWords), Vector256.Load(table + DecodeTable.HighWords));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Decode(Vector256<double> first, Vector256<double> second, double* table, byte* codes)
    {
        if (!Avx2.IsSupported) return Four(table, codes[0], codes[1], codes[2], codes[3]);

        // The four codes, each in two words; the low and the high words of their numbers, of which each word is right in one.
        Vector256<int> twice = Avx2.Shuffle(Avx2.BroadcastScalarToVector256((uint*)codes).AsByte(), Vector256.Create(
            0, 255, 255, 255, 0, 255, 255, 255, 1, 255, 255, 255, 1, 255, 255, 255, 2, 255, 255, 255, 2, 255, 255, 255, 3, 255, 255, 255, 3, 255, 255, 255)).AsInt32();
        Vector256<int> low = Avx2.PermuteVar8x32(first.AsInt32(), twice), high = Avx2.PermuteVar8x32(second.AsInt32(), twice);
        return Avx2.Blend(low, high, 0b1010_1010).AsDouble();
    }

    public static Vector256<double> LoadStrided(double* source, int stride) => Four(source, 0, stride, 2 * stride, 3 * stride);

    public static Vector256<double> Add(Vector256<double> x, Vector256<double> y) => x + y;

    public static Vector256<double> Subtract(Vector256<double> x, Vector256<double> y) => x - y;

    public static Vector256<double> Multiply(Vector256<double> x, Vector256<double> y) => x * y;

    public static Vector256<double> Divide(Vector256<double> x, Vector256<double> y) => x / y;

    public static Vector256<double> MultiplyAdd(Vector256<double> x, Vector256<double> y, Vector256<double> z) => Vector256.MultiplyAddEstimate(x, y, z);

    public static Vector256<double> Max(Vector256<double> x, Vector256<double> y) => Vector256.MaxNative(x, y);

    public static Vector256<double> Min(Vector256<double> x, Vector256<double> y) => Vector256.MinNative(x, y);

    public static Vector256<double> ScaleByLowBits(Vector256<double> x, Vector256<double> shifted) =>
        (x.AsInt64() + Vector256.ShiftLeft(shifted.AsInt64(), LaneMath.MantissaBits)).AsDouble();

    public static Vector256<double> Split(Vector256<double> x, out Vector256<double> exponent)
    {
        Vector256<long> bits = x.AsInt64(), e = Vector256.ShiftRightLogical(bits - Vector256.Create(LaneMath.BitsOfHalfRoot), LaneMath.MantissaBits);
        exponent = (e | Vector256.Create(LaneMath.BitsOfTwoTo52)).AsDouble() - Vector256.Create(LaneMath.TwoTo52);
        return (bits - Vector256.ShiftLeft(e, LaneMath.MantissaBits)).AsDouble();
    }

    public static double SmallestOf(Vector256<double> x) => Lanes128.SmallestOf(Lanes128.Min(x.GetLower(), x.GetUpper()));

    public static double LargestOf(Vector256<double> x) => Lanes128.LargestOf(Lanes128.Max(x.GetLower(), x.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<double> Four(double* values, int i, int j, int k, int l) => Lanes128.Pair(values, i, j).ToVector256Unsafe().WithUpper(Lanes128.Pair(values, k, l));
}

/// <summary>Eight doubles.</summary>
internal readonly unsafe struct Lanes512 : ILanes<Vector512<double>>
{
    public static int Count => 8;

    public static Vector512<double> Create(double x) => Vector512.Create(x);

    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    public static void Store(double* target, Vector512<double> x) => x.Store(target);

    public static Vector512<double> Gather(double* values, int* indices) =>
        Lanes256.Four(values, indices[0], indices[1], indices[2], indices[3]).ToVector512Unsafe().WithUpper(Lanes256.Four(values, indices[4], indices[5], indices[6], indices[7]));

    public static void LoadTable(double* table, out Vector512<double> first, out Vector512<double> second) => (first, second) = (Vector512.Load(table), default);

    public static Vector512<double> Decode(Vector512<double> first, Vector512<double> second, double* table, byte* codes) => Avx512F.IsSupported
        ? Avx512F.PermuteVar8x64(first, Avx512F.ConvertToVector512Int64(Vector128.CreateScalarUnsafe(*(ulong*)codes).AsByte()))
        : Lanes256.Four(table, codes[0], codes[1], codes[2], codes[3]).ToVector512Unsafe().WithUpper(Lanes256.Four(table, codes[4], codes[5], codes[6], codes[7]));

    public static Vector512<double> LoadStrided(double* source, int stride) =>
        Lanes256.LoadStrided(source, stride).ToVector512Unsafe().WithUpper(Lanes256.LoadStrided(source + (4L * stride), stride));

    public static Vector512<double> Add(Vector512<double> x, Vector512<double> y) => x + y;

    public static Vector512<double> Subtract(Vector512<double> x, Vector512<double> y) => x - y;

    public static Vector512<double> Multiply(Vector512<double> x, Vector512<double> y) => x * y;

    public static Vector512<double> Divide(Vector512<double> x, Vector512<double> y) => x / y;

    public static Vector512<double> MultiplyAdd(Vector512<double> x, Vector512<double> y, Vector512<double> z) => Vector512.MultiplyAddEstimate(x, y, z);

    public static Vector512<double> Max(Vector512<double> x, Vector512<double> y) => Vector512.MaxNative(x, y);

    public static Vector512<double> Min(Vector512<double> x, Vector512<double> y) => Vector512.MinNative(x, y);

    public static Vector512<double> ScaleByLowBits(Vector512<double> x, Vector512<double> shifted) =>
        (x.AsInt64() + Vector512.ShiftLeft(shifted.AsInt64(), LaneMath.MantissaBits)).AsDouble();

    public static Vector512<double> Split(Vector512<double> x, out Vector512<double> exponent)
    {
        Vector512<long> bits = x.AsInt64(), e = Vector512.ShiftRightLogical(bits - Vector512.Create(LaneMath.BitsOfHalfRoot), LaneMath.MantissaBits);
        exponent = (e | Vector512.Create(LaneMath.BitsOfTwoTo52)).AsDouble() - Vector512.Create(LaneMath.TwoTo52);
        return (bits - Vector512.ShiftLeft(e, LaneMath.MantissaBits)).AsDouble();
    }

    public static double SmallestOf(Vector512<double> x) => Lanes256.SmallestOf(Lanes256.Min(x.GetLower(), x.GetUpper()));

    public static double LargestOf(Vector512<double> x) => Lanes256.LargestOf(Lanes256.Max(x.GetLower(), x.GetUpper()));
}
