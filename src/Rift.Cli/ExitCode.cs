namespace Rift.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    internal const int Done = 0;

    /// <summary>A check failed, a search found nothing, the tolerance was not reached, or the program itself is at fault.</summary>
    internal const int Failed = 1;

    /// <summary>Bad input or usage.</summary>
    internal const int BadInput = 2;

    /// <summary>Cancelled by Ctrl-C or SIGTERM: 128 plus the number of SIGINT.</summary>
    internal const int Cancelled = 130;
}
