using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;

namespace Rift.Bench;

/// <summary>A file of numbers as memory: the operating system pages it in while it is read, and nothing is copied.</summary>
/// <remarks>All danger of this project is in this file: the pages stay mapped until <see cref="IDisposable.Dispose"/>, and no span may be used after it.</remarks>
internal sealed unsafe class MappedFile<T> : MemoryManager<T>
    where T : unmanaged
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>Maps a file of exactly <paramref name="length"/> numbers.</summary>
    internal MappedFile(string path, int length)
    {
        _length = length;
        if (length == 0) return; // An empty file cannot be mapped.
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        _view = _file.CreateViewAccessor(0, (long)length * Unsafe.SizeOf<T>(), MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <inheritdoc/>
    public override Span<T> GetSpan() => new(_start, _length);

    /// <inheritdoc/>
    public override MemoryHandle Pin(int elementIndex = 0) => new(((T*)_start) + elementIndex);

    /// <inheritdoc/>
    public override void Unpin()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (_view is null) return;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file!.Dispose();
    }
}
