namespace Rift.Mdp;

/// <summary>Where a solver stands.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="HalfWidth">Half-width of the bracket of V reached so far, rounding left out.</param>
/// <param name="Target">The half-width to reach.</param>
public readonly record struct SolveProgress(int Iteration, double HalfWidth, double Target);

/// <summary>How a computation runs: threads, cancellation, progress. It never changes a result that is completed.</summary>
public sealed record Execution
{
    /// <summary>One thread, no cancellation, no progress.</summary>
    public static Execution Default { get; } = new();

    /// <summary>Number of threads, at least 1. Results are bitwise the same for any number.</summary>
    public int Threads { get; init => field = Require.Positive(value, nameof(Threads)); } = 1;

    /// <summary>Cancelling ends an iteration early: the solution says so and its bracket still holds.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>Is told after every iteration.</summary>
    public IProgress<SolveProgress>? Progress { get; init; }
}
