using System.Runtime.InteropServices;

namespace Rift.Mdp.Tests;

/// <summary>While it lives, arrays of the kernels end right before a page that cannot be touched, or begin right behind one: whoever reaches outside ends the process.</summary>
internal sealed partial class GuardedMemory : IDisposable
{
    private const int ReadWrite = 3, PrivateAnonymousOnLinux = 0x22, PrivateAnonymousOnMac = 0x1002;
    private const int CommitAndReserve = 0x3000, Release = 0x8000, NoAccess = 1, ReadWriteOnWindows = 4;

    private readonly Func<long, long, (nint First, object Memory)> _usual = AlignedBuffer.Allocator;
    private readonly List<(nint Start, nint Length)> _regions = [];
    private readonly bool _behind;

    /// <summary>Guards arrays that are made from now on.</summary>
    /// <param name="behind">Whether the page lies behind the last element; otherwise before the first.</param>
    internal GuardedMemory(bool behind)
    {
        _behind = behind;
        AlignedBuffer.Allocator = Allocate;
    }

    /// <summary>Frees the arrays: nobody may use them any more.</summary>
    public void Dispose()
    {
        AlignedBuffer.Allocator = _usual;
        foreach ((nint start, nint length) in _regions)
            if (OperatingSystem.IsWindows() ? VirtualFree(start, 0, Release) == 0 : Unmap(start, length) != 0) throw new InvalidOperationException("cannot free pages");
    }

    private (nint First, object Memory) Allocate(long before, long bytes)
    {
        nint page = Environment.SystemPageSize, room = (nint)((before + bytes + page - 1) / page * page), length = room + (2 * page), start;
        if (OperatingSystem.IsWindows())
        {
            start = VirtualAlloc(0, length, CommitAndReserve, ReadWriteOnWindows);
            if (start == 0 || VirtualProtect(start, page, NoAccess, out _) == 0 || VirtualProtect(start + page + room, page, NoAccess, out _) == 0) throw new InvalidOperationException("cannot guard pages");
        }
        else
        {
            start = Map(0, length, ReadWrite, OperatingSystem.IsMacOS() ? PrivateAnonymousOnMac : PrivateAnonymousOnLinux, -1, 0);
            if (start == -1 || Protect(start, page, 0) != 0 || Protect(start + page + room, page, 0) != 0) throw new InvalidOperationException("cannot guard pages");
        }

        _regions.Add((start, length));
        return ((nint)(_behind ? start + page + room - bytes : start + page + before), this);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("kernel32")]
    private static partial nint VirtualAlloc(nint address, nint size, int type, int protection);

    [LibraryImport("kernel32")]
    private static partial int VirtualProtect(nint address, nint size, int protection, out int old);

    [LibraryImport("kernel32")]
    private static partial int VirtualFree(nint address, nint size, int type);
}
