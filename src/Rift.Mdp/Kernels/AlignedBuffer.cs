using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>A zeroed array that never moves and whose first element lies on a cache line.</summary>
/// <remarks>A pinned array underneath: nothing to free. Elements are checked like those of a span; the drivers of the sweeps, which are not, take the address by <c>fixed</c>.</remarks>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    private readonly object _memory; // holds the elements
    private readonly T* _first;

    /// <summary>An array of zeros.</summary>
    /// <param name="length">Number of elements.</param>
    /// <param name="margin">So many zeros more may be read before the first and after the last element.</param>
    internal AlignedBuffer(int length, int margin = 0)
    {
        (Length, Margin) = (length, margin);
        (nint first, _memory) = AlignedBuffer.Allocator((long)margin * sizeof(T), ((long)length + margin) * sizeof(T));
        _first = (T*)first;
    }

    internal int Length { get; }

    /// <summary>Elements that may be read before the first and after the last.</summary>
    internal int Margin { get; }

    internal Span<T> Span
    {
        get
        {
            Span<T> span = new(_first, Length);
            GC.KeepAlive(_memory); // until here: the span holds the elements itself
            return span;
        }
    }

    internal ref T this[int index] => ref Span[index];

    /// <summary>For <c>fixed</c>.</summary>
    public ref T GetPinnableReference()
    {
        ref T first = ref Unsafe.AsRef<T>(_first);
        GC.KeepAlive(_memory);
        return ref first;
    }
}

/// <summary>Where the arrays lie.</summary>
internal static unsafe class AlignedBuffer
{
    internal const int CacheLine = 64;

    /// <summary>Finds room: an address, so many bytes before it and so many from it on, all zero, and whoever holds them. The tests surround them with pages that cannot be read.</summary>
    internal static Func<long, long, (nint First, object Memory)> Allocator { get; set; } = Pinned;

    private static (nint First, object Memory) Pinned(long before, long bytes)
    {
        long[] array = GC.AllocateArray<long>(checked((int)((before + bytes + (2 * CacheLine)) / sizeof(long))), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array)) + (nint)before;
        return ((start + CacheLine - 1) & -CacheLine, array);
    }
}
