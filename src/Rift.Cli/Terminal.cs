namespace Rift.Cli;

/// <summary>What surrounds a command: where it prints, and how it learns that it should stop.</summary>
internal sealed record Terminal
{
    /// <summary>Standard output: results, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: errors, notes, progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody watches standard error, so that a line may be rewritten.</summary>
    public bool ErrorIsInteractive { get; init; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Does work that does not look at <see cref="Cancellation"/> itself: when it is cancelled the command ends at once and leaves the work behind.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Abandonable<T>(Func<T> work) => Task.Run(work, Cancellation).WaitAsync(Cancellation).GetAwaiter().GetResult();
}
