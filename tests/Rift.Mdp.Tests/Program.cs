namespace Rift.Mdp.Tests;

/// <summary>What the tests have done in a process of its own, because a failure ends it.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        bool behind = arguments[1] == "behind";
        return arguments[0] == "sweep" ? GuardedSweeps.Run(behind) : GuardedSweeps.Overrun(behind) is 0 ? 0 : 1;
    }
}
