namespace Rift.Testing;

/// <summary>What a piece of code allocates.</summary>
public static class Allocation
{
    /// <summary>
    /// The bytes that the calling thread allocates while the code runs: the least of five runs, because a collection on another thread is charged to whoever has room left.
    /// </summary>
    public static long Of(Action code)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 5; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            code();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
