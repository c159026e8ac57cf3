using Rift.Learning;

namespace Rift.Cli;

/// <summary>The stopping rules as <c>--until</c> names them.</summary>
internal static class UntilSpec
{
    /// <summary>All forms, for help and messages.</summary>
    internal const string Forms = "match, psi:X";

    internal static readonly string[] Names = ["match", "psi:"];

    /// <summary>The stopping rule of a specification; null for none.</summary>
    /// <param name="text">The specification.</param>
    /// <param name="episodes">Episodes from which rates are estimated.</param>
    /// <exception cref="InputException">It is none, or a number is out of range.</exception>
    internal static StoppingRule Parse(string? text, int episodes)
    {
        if (text is null) return new FixedRounds();
        SpecText spec = new("--until", text);
        switch (spec.Name)
        {
            case "match":
                spec.Parts("match");
                return new MatchingRates { Episodes = episodes };
            case "psi":
                return new CloseToExpert(spec.NotNegative(spec.Parts("psi:X")[0], "X"));
            default:
                throw spec.Refusal($"one of {Forms}");
        }
    }
}
