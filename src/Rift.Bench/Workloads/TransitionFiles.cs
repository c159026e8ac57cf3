using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rift.Bench;

/// <summary>The successors and probabilities of a workload folder, read in stretches, so that they are never in memory as a whole.</summary>
internal sealed class TransitionFiles : IDisposable
{
    private readonly Stretch<int> _successors;
    private readonly Stretch<double> _probabilities;

    /// <summary>Opens the two files.</summary>
    internal TransitionFiles(string successors, string probabilities)
    {
        _successors = new Stretch<int>(successors);
        _probabilities = new Stretch<double>(probabilities);
    }

    /// <summary>Reads the transitions from a number on; quick where the numbers rise from call to call.</summary>
    internal void Read(long first, Span<int> successors, Span<double> probabilities)
    {
        _successors.Read(first, successors);
        _probabilities.Read(first, probabilities);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _successors.Dispose();
        _probabilities.Dispose();
    }

    private sealed class Stretch<T>(string path) : IDisposable
        where T : unmanaged
    {
        private readonly SafeFileHandle _file = File.OpenHandle(path);
        private readonly T[] _buffer = new T[1 << 16];
        private long _first;
        private int _length;

        internal void Read(long first, Span<T> entries)
        {
            while (!entries.IsEmpty)
            {
                if (first < _first || first >= _first + _length) Fill(first);
                int offset = (int)(first - _first), count = Math.Min(entries.Length, _length - offset);
                _buffer.AsSpan(offset, count).CopyTo(entries);
                entries = entries[count..];
                first += count;
            }
        }

        public void Dispose() => _file.Dispose();

        private void Fill(long first)
        {
            Span<byte> bytes = MemoryMarshal.AsBytes(_buffer.AsSpan());
            int size = Unsafe.SizeOf<T>(), read = 0;
            while (read < bytes.Length && RandomAccess.Read(_file, bytes[read..], (first * size) + read) is int more and > 0) read += more;
            if (read < size) throw new EndOfStreamException($"{path}: found the end of the file, expected more");
            (_first, _length) = (first, read / size);
        }
    }
}
