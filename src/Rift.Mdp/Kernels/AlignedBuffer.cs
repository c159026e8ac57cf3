using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>A zeroed array whose first element lies on a cache line, with room for a vector to be read before the first and after the last element.</summary>
/// <remarks>An ordinary array underneath: nothing to free. Large arrays do not move, so the alignment lasts; were one to move, only speed would suffer.</remarks>
internal sealed unsafe class AlignedBuffer<T>
    where T : unmanaged
{
    /// <summary>Elements that may be read before the first and after the last; they are not zero for ever where a caller writes them.</summary>
    internal const int Margin = 8;

    private const int CacheLine = 64;

    private readonly T[] _array;
    private readonly int _first;

    internal AlignedBuffer(int length)
    {
        int line = CacheLine / sizeof(T);
        Length = length;
        _array = new T[checked(length + (2 * Margin) + (2 * line))];
        fixed (T* start = _array)
            _first = Margin + ((int)(((nint)CacheLine - ((nint)(start + Margin) % CacheLine)) % CacheLine) / sizeof(T));
    }

    internal int Length { get; }

    internal Span<T> Span => _array.AsSpan(_first, Length);

    internal ReadOnlyMemory<T> Memory => _array.AsMemory(_first, Length);

    internal ref T this[int index] => ref _array[_first + index];

    /// <summary>For <c>fixed</c>.</summary>
    public ref T GetPinnableReference() => ref Unsafe.AsRef(in _array[_first]);
}
