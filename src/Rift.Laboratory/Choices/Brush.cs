namespace Rift.Laboratory;

/// <summary>What pointing at a place does.</summary>
public enum Brush
{
    /// <summary>It is looked at.</summary>
    Look,

    /// <summary>It becomes plain ground.</summary>
    Ground,

    /// <summary>It becomes a wall.</summary>
    Wall,

    /// <summary>It becomes a pit.</summary>
    Pit,

    /// <summary>It becomes a goal.</summary>
    Goal,

    /// <summary>It becomes the start, and the only one.</summary>
    Start,

    /// <summary>A reward is added to every action there.</summary>
    Reward,
}
