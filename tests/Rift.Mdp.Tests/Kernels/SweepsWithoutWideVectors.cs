using System.Runtime.Intrinsics;

namespace Rift.Mdp.Tests;

/// <summary>The sweeps in a process that was denied instructions: the work of a child process.</summary>
internal static class SweepsWithoutWideVectors
{
    /// <summary>Holds every layout against the scalar backup, and says what vectors there were.</summary>
    internal static int Run()
    {
        BellmanSweepTests tests = new();
        for (int states = 1; states <= 40; states++) tests.Every_number_of_states_ends_where_it_should(states);
        Console.WriteLine($"{(Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0)} bits, {(LaneMath.IsFused ? "fused" : "not fused")}");
        return 0;
    }
}
