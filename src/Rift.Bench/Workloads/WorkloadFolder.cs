using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Rift.Models;

namespace Rift.Bench;

/// <summary>A workload as a folder: <c>meta.txt</c> with <c>S A nnz gamma</c>, and little-endian arrays that any program can read or map.</summary>
/// <remarks>
/// <c>rowptr.i64</c> holds S A + 1 row starts, <c>col.i32</c> the successors, <c>val.f64</c> their probabilities, <c>r.f64</c> the S A rewards; row s A + a. Other files are
/// left alone. Sizes are compared with the files before anything is allocated; successors and probabilities are checked where the kernel is built.
/// </remarks>
internal static class WorkloadFolder
{
    // Arrays go in pieces, because a span of bytes ends at two gigabytes.
    private const int EntriesAtOnce = 1 << 20;

    /// <summary>Opens a folder.</summary>
    /// <exception cref="ModelFormatException">A file does not hold what <c>meta.txt</c> promises.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    internal static Workload Read(string folder)
    {
        if (!BitConverter.IsLittleEndian) throw new IOException("the arrays are little-endian, expected a machine that is so too");
        if (!Directory.Exists(folder)) throw new IOException($"{folder}: found no such folder, expected a workload");
        (int states, int actions, int transitions, double discount) = ReadMeta(Path.Combine(folder, "meta.txt"));
        int pairs = states * actions;
        Require<int>(folder, "col.i32", transitions);
        Require<double>(folder, "val.f64", transitions);
        long[] rowStart = ReadArray<long>(folder, "rowptr.i64", pairs + 1);
        RequireRows(Path.Combine(folder, "rowptr.i64"), rowStart, transitions);
        double[] rewards = ReadArray<double>(folder, "r.f64", pairs);
        RequireFinite(Path.Combine(folder, "r.f64"), rewards);
        TransitionFiles files = new(Path.Combine(folder, "col.i32"), Path.Combine(folder, "val.f64"));
        return new Workload
        {
            Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))),
            Origin = folder,
            States = states,
            Actions = actions,
            Discount = discount,
            RowStart = rowStart,
            Rewards = rewards,
            Read = files.Read,
            Files = files,
        };
    }

    /// <summary>Writes a workload into a folder, which is made where it is missing.</summary>
    internal static void Write(string folder, Workload workload)
    {
        Directory.CreateDirectory(folder);
        (int[] successors, double[] probabilities) = workload.ReadAll();
        WriteArray<long>(folder, "rowptr.i64", workload.RowStart);
        WriteArray<int>(folder, "col.i32", successors);
        WriteArray<double>(folder, "val.f64", probabilities);
        WriteArray<double>(folder, "r.f64", workload.Rewards);
        File.WriteAllText(
            Path.Combine(folder, "meta.txt"), string.Create(CultureInfo.InvariantCulture, $"{workload.States} {workload.Actions} {workload.Transitions} {workload.Discount:R}\n"));
    }

    private static (int States, int Actions, int Transitions, double Discount) ReadMeta(string path)
    {
        const string Expected = "'S A nnz gamma': three whole numbers from 1 and a discount of at least 0 and below 1";
        string[] words = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 4) throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {words.Length} words"), Expected);
        int states = Count(0), actions = Count(1), transitions = Count(2);
        if (!double.TryParse(words[3], NumberStyles.Float, CultureInfo.InvariantCulture, out double discount) || discount is not (>= 0 and < 1))
            throw new ModelFormatException(path, $"found the discount '{words[3]}'", Expected);
        if ((long)states * actions >= Array.MaxLength)
            throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {states} x {actions} pairs"), string.Create(CultureInfo.InvariantCulture, $"fewer than {Array.MaxLength}"));
        return (states, actions, transitions, discount);

        int Count(int word) =>
            int.TryParse(words[word], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 ? count : throw new ModelFormatException(path, $"found '{words[word]}'", Expected);
    }

    /// <summary>The path of a file that holds as many numbers as it should.</summary>
    private static string Require<T>(string folder, string name, int length)
        where T : unmanaged
    {
        string path = Path.Combine(folder, name);
        long expected = (long)length * Unsafe.SizeOf<T>();
        if (!File.Exists(path)) throw new IOException(string.Create(CultureInfo.InvariantCulture, $"{path}: found no such file, expected one of {expected} bytes"));
        long found = new FileInfo(path).Length;
        if (found != expected)
            throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {found} bytes"), string.Create(CultureInfo.InvariantCulture, $"{expected} as meta.txt says"));
        return path;
    }

    private static T[] ReadArray<T>(string folder, string name, int length)
        where T : unmanaged
    {
        using FileStream stream = new(Require<T>(folder, name, length), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        T[] entries = new T[length];
        for (int first = 0; first < length; first += EntriesAtOnce)
            stream.ReadExactly(MemoryMarshal.AsBytes(entries.AsSpan(first, Math.Min(EntriesAtOnce, length - first))));
        return entries;
    }

    private static void RequireRows(string path, ReadOnlySpan<long> rowStart, int transitions)
    {
        if (rowStart[0] != 0) throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {rowStart[0]} first"), "0");
        for (int pair = 0; pair + 1 < rowStart.Length; pair++)
            if (rowStart[pair + 1] <= rowStart[pair])
                throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found row {pair} from {rowStart[pair]} to {rowStart[pair + 1]}"), "an end after the start");
        if (rowStart[^1] != transitions)
            throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {rowStart[^1]} last"), string.Create(CultureInfo.InvariantCulture, $"{transitions} as meta.txt says"));
    }

    private static void RequireFinite(string path, ReadOnlySpan<double> rewards)
    {
        for (int pair = 0; pair < rewards.Length; pair++)
            if (!double.IsFinite(rewards[pair])) throw new ModelFormatException(path, string.Create(CultureInfo.InvariantCulture, $"found {rewards[pair]} for row {pair}"), "a finite number");
    }

    private static void WriteArray<T>(string folder, string name, ReadOnlySpan<T> entries)
        where T : unmanaged
    {
        using FileStream stream = File.Create(Path.Combine(folder, name));
        for (int first = 0; first < entries.Length; first += EntriesAtOnce)
            stream.Write(MemoryMarshal.AsBytes(entries.Slice(first, Math.Min(EntriesAtOnce, entries.Length - first))));
    }
}
