namespace Rift.Cli;

/// <summary>What surrounds a command: where it prints, and how it learns that it should stop.</summary>
internal sealed record Terminal
{
    private const int StandardWidth = 80;

    private readonly List<string> _notes = [];

    /// <summary>Standard output: results, and nothing else.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Standard error: errors, notes, progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether somebody watches standard error, so that a line may be rewritten.</summary>
    public bool ErrorIsInteractive { get; init; }

    /// <summary>Whether standard output is a terminal that understands colours, and nobody asked for none (https://no-color.org).</summary>
    public bool HasColours { get; init; }

    /// <summary>Number of columns of standard output.</summary>
    public int Width { get; init; } = StandardWidth;

    /// <summary>Tells how long something has taken: for progress, never for a result.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Keeps a line for standard error until it is known that the command does not fail: an error is told in one line and nothing beside it.</summary>
    public void Note(string line) => _notes.Add(line);

    /// <summary>Writes the notes kept so far.</summary>
    public void TellNotes()
    {
        foreach (string line in _notes) Error.WriteLine(line);
        _notes.Clear();
    }

    /// <summary>Does work that does not look at <see cref="Cancellation"/> itself: when it is cancelled the command ends at once and leaves the work behind.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T Abandonable<T>(Func<T> work) => Task.Run(work, Cancellation).WaitAsync(Cancellation).GetAwaiter().GetResult();
}
