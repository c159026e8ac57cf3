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
        return mdp;
    }

    /// <summary>What is said of something too large.</summary>
    internal static FormatException TooLarge(string what, string found, string most) => new($"{what}: found {found}, expected at most {most} on this page; rift solve takes larger ones");
}
