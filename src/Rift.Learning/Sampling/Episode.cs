namespace Rift.Learning;

/// <summary>One step of an episode.</summary>
/// <param name="State">s, where it was decided.</param>
/// <param name="Action">a.</param>
/// <param name="Next">s', where the world went, also if the pair was stopped.</param>
/// <param name="Stopped">Whether the emergency stop was pressed at this pair: the residual reward is -1 then, and 0 otherwise.</param>
public readonly record struct Transition(int State, int Action, int Next, bool Stopped);

/// <summary>What became of an episode.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Succeeded">Whether it ended in what the model calls success; false where the model does not say.</param>
/// <param name="Steps">Number of decisions; 0 for an episode that begins at an end.</param>
/// <param name="Return">The sum of rewards, not discounted.</param>
/// <param name="Stops">How often the emergency stop was pressed; at most once unless stops are only noted.</param>
public readonly record struct EpisodeSummary(Ending Ending, bool Succeeded, int Steps, double Return, int Stops);

/// <summary>An episode with all its steps.</summary>
/// <remarks>Where the expert acts after a stop, the steps behind the stopped one are the expert's.</remarks>
public sealed class Episode
{
    private readonly Transition[] _transitions;

    internal Episode(EpisodeSummary summary, Transition[] transitions)
    {
        Summary = summary;
        _transitions = transitions;
    }

    /// <summary>What became of it.</summary>
    public EpisodeSummary Summary { get; }

    /// <summary>The steps in order.</summary>
    public IReadOnlyList<Transition> Transitions => _transitions;
}
