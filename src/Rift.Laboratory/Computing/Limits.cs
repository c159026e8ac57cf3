using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>What is small enough for a page that answers at once; larger models are for the command line.</summary>
public static class Limits
{
    /// <summary>The most states.</summary>
    public const int States = 600;

    /// <summary>The most state-action pairs.</summary>
    public const int Pairs = 4000;

    /// <summary>The most transitions.</summary>
    public const int Transitions = 40_000;

    /// <summary>The most cells of a map.</summary>
    public const int Cells = 2500;

    /// <summary>The most steps of an episode.</summary>
    public const int Horizon = 1000;

    /// <summary>The most bytes of a model file.</summary>
    public const int FileBytes = 2_000_000;

    /// <summary>Refuses a name that asks for more than the page can hold, before anything is made of it.</summary>
    /// <exception cref="FormatException">It does.</exception>
    public static void Require(string world)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (world.Length > WorldText.Longest) throw TooLarge("the world", FormattableString.Invariant($"{world.Length} characters"), FormattableString.Invariant($"{WorldText.Longest}"));
        long product = 1;
        foreach ((string name, int size) in WorldText.Parse(world)?.Sizes ?? [])
        {
            if (size > States) throw TooLarge("the world", FormattableString.Invariant($"{name} = {size}"), FormattableString.Invariant($"{States}"));
            product *= Math.Max(1, size);
        }

        if (product > Transitions) throw TooLarge("the world", FormattableString.Invariant($"{product} transitions"), FormattableString.Invariant($"{Transitions}"));
    }

    /// <summary>Refuses a model that is too large.</summary>
    /// <exception cref="FormatException">It is.</exception>
    public static MarkovDecisionProcess Require(MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        if (mdp.States > States) throw TooLarge("the model", FormattableString.Invariant($"{mdp.States} states"), FormattableString.Invariant($"{States}"));
        if (mdp.States * mdp.Actions > Pairs) throw TooLarge("the model", FormattableString.Invariant($"{mdp.States * mdp.Actions} state-action pairs"), FormattableString.Invariant($"{Pairs}"));
        if (mdp.Kernel.Transitions > Transitions) throw TooLarge("the model", FormattableString.Invariant($"{mdp.Kernel.Transitions} transitions"), FormattableString.Invariant($"{Transitions}"));
        if (mdp.Description.Grid is { } grid && (long)grid.Rows * grid.Columns > Cells) throw TooLarge("the map", FormattableString.Invariant($"{(long)grid.Rows * grid.Columns} cells"), FormattableString.Invariant($"{Cells}"));
        if (mdp.Description.EvaluationHorizon is int horizon and > Horizon) throw TooLarge("the model", FormattableString.Invariant($"episodes of {horizon} steps"), FormattableString.Invariant($"{Horizon}"));
        return mdp;
    }

    /// <summary>What is said of something too large.</summary>
    internal static FormatException TooLarge(string what, string found, string most) => new($"{what}: found {found}, expected at most {most} on this page; rift solve takes larger ones");
}
