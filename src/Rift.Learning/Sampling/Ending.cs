namespace Rift.Learning;

/// <summary>How an episode ended. An emergency stop is no end of the world: it truncates, and what would have followed keeps its value (section 6.5).</summary>
public enum Ending
{
    /// <summary>The world reached an end: nothing follows, and the value beyond is 0.</summary>
    Terminal,

    /// <summary>The supervisor pressed the emergency stop: the episode was truncated.</summary>
    EmergencyStop,

    /// <summary>The time was up: the episode was truncated.</summary>
    TimeLimit,
}

/// <summary>What happens when the supervisor presses the emergency stop.</summary>
public enum StopResponse
{
    /// <summary>The episode is truncated (Algorithm 1).</summary>
    EndsEpisode,

    /// <summary>The expert acts from there on, until the world ends or the time is up; data continue.</summary>
    ExpertActs,

    /// <summary>The stop is noted and changes nothing: how success without the supervisor and the stops that there would be are counted on the same episodes.</summary>
    IsNoted,
}

/// <summary>What a learner makes of the successor of a stopped pair.</summary>
public enum StopTarget
{
    /// <summary>The successor's value stays in the target, as for any other pair.</summary>
    Truncation,

    /// <summary>The value behind a stop counts as 0, as behind an end of the world.</summary>
    Termination,
}
