using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rift.Bench;

/// <summary>What this machine can do at best, by its own measure: the yardsticks that a sweep is compared with.</summary>
/// <param name="Read">Bytes a second read from memory, by vector loads from an array far larger than the caches.</param>
/// <param name="Copy">Bytes a second read and written by copying; a line that is fetched only to be overwritten is not counted.</param>
/// <param name="Exponentials">Exponentials a second, by the runtime's widest vectors on numbers in the nearest cache.</param>
internal readonly record struct MachineSpeed(double Read, double Copy, double Exponentials)
{
    private const int LargeEntries = 1 << 25, CachedEntries = 2048, ExponentialPasses = 2000, Rounds = 7;

    /// <summary>The bits of the widest vectors the processor computes with.</summary>
    internal static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64;

    /// <summary>Measures with a number of threads at once; the best of a few rounds. Half a gigabyte of memory, two seconds.</summary>
    internal static MachineSpeed Measure(int threads)
    {
        double[] source = new double[LargeEntries], target = new double[LargeEntries];
        Array.Fill(source, 1);
        Array.Fill(target, 2);
        int share = LargeEntries / threads;
        double[] sums = new double[threads];
        double read = Best(threads, t => sums[t] = Sum(source.AsSpan(t * share, share)));
        double copy = Best(threads, t => source.AsSpan(t * share, share).CopyTo(target.AsSpan(t * share, share)));
        double[] arguments = [.. Enumerable.Range(0, CachedEntries).Select(i => -20.0 * i / CachedEntries)];
        double exponentials = Best(threads, _ => Exponentiate(arguments, new double[CachedEntries]));
        double bytes = 8.0 * share * threads;
        return new MachineSpeed(bytes / read, 2 * bytes / copy, (double)CachedEntries * ExponentialPasses * threads / exponentials);
    }

    private static double Best(int threads, Action<int> share) =>
        Timing.Of(() => Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, share), Rounds).Minimum;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum(ReadOnlySpan<double> numbers)
    {
        // Four sums, so that the loads and not the additions are waited for.
        ReadOnlySpan<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(numbers);
        Vector<double> a = default, b = default, c = default, d = default;
        for (int i = 0; i + 3 < vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        return Vector.Sum(a + b + (c + d));
    }

    private static void Exponentiate(double[] arguments, double[] results)
    {
        for (int pass = 0; pass < ExponentialPasses; pass++) ExponentiateOnce(arguments, results);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ExponentiateOnce(double[] arguments, double[] results)
    {
        if (Vector512.IsHardwareAccelerated)
            for (int i = 0; i < arguments.Length; i += Vector512<double>.Count) Vector512.Exp(Vector512.Create(arguments, i)).CopyTo(results, i);
        else if (Vector256.IsHardwareAccelerated)
            for (int i = 0; i < arguments.Length; i += Vector256<double>.Count) Vector256.Exp(Vector256.Create(arguments, i)).CopyTo(results, i);
        else
            for (int i = 0; i < arguments.Length; i += Vector128<double>.Count) Vector128.Exp(Vector128.Create(arguments, i)).CopyTo(results, i);
    }
}
