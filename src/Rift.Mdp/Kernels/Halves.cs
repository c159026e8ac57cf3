namespace Rift.Mdp;

/// <summary>Work on long vectors in two halves, for two threads. Where they meet depends on the length alone, so neither do the results on the threads.</summary>
internal static class Halves
{
    /// <summary>Shorter vectors are worked on as a whole.</summary>
    internal const int Fewest = 1 << 15;

    // A half begins on a cache line.
    private const int Line = 8;

    /// <summary>The crew for a computation on vectors of a length; null where it would have nothing to share.</summary>
    internal static WorkCrew? Crew(int length, int threads) => threads > 1 && length >= Fewest ? new WorkCrew(2) : null;

    /// <summary>Runs a body once for each half, at the same time where there is a crew.</summary>
    internal static void Run(WorkCrew? crew, Action<int> body)
    {
        if (crew is not null)
        {
            crew.Run(body);
            return;
        }

        body(0);
        body(1);
    }

    /// <summary>Runs a body over the range of each half, and gives what it returned for the two; for a short vector the second is the default.</summary>
    internal static (T First, T Second) Over<T>(int length, WorkCrew? crew, Func<int, int, T> body)
        where T : struct
    {
        if (length < Fewest) return (body(0, length), default);
        int middle = length / 2 / Line * Line;
        T first = default, second = default;
        Run(crew, half =>
        {
            if (half == 0) first = body(0, middle);
            else second = body(middle, length);
        });
        return (first, second);
    }
}
