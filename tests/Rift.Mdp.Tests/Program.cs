namespace Rift.Mdp.Tests;

/// <summary>What the tests have done in a process of its own: because a failure ends it, or because a process has the instructions it was started with.</summary>
internal static class Program
{
    private static int Main(string[] arguments) => arguments switch
    {
        ["sweep", string where] => GuardedSweeps.Run(where == "behind"),
        ["overrun", string where] => GuardedSweeps.Overrun(where == "behind") is 0 ? 0 : 1,
        _ => SweepsWithoutWideVectors.Run(),
    };
}
