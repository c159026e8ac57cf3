using System.Globalization;

namespace Rift.Mdp;

/// <summary>Which part of a <see cref="ValueEnclosure"/> fails.</summary>
public enum EnclosurePart
{
    /// <summary>The process: gamma times a row sum is not below 1, so that nothing can be concluded.</summary>
    Rows,

    /// <summary>L: in some state it is above what one step more would give.</summary>
    Lower,

    /// <summary>U: in some state it is below what one step more would give.</summary>
    Upper,
}

/// <summary>Why a <see cref="ValueEnclosure"/> is refused: the worst place.</summary>
/// <param name="Part">What fails.</param>
/// <param name="State">The state in which it fails by most.</param>
/// <param name="Excess">
/// By how much, to the few digits that the rounding of the check leaves: T U - U or L - T L in the units of the reward; gamma times the row sum, less 1, for rows.
/// Information only: what decides is the inequality itself.
/// </param>
public sealed record EnclosureRefusal(EnclosurePart Part, int State, double Excess)
{
    /// <inheritdoc/>
    public override string ToString() => Part switch
    {
        EnclosurePart.Rows => Say($"state {State}: gamma times a row sum exceeds 1 by {Excess:G3}, expected less than 1"),
        EnclosurePart.Lower => Say($"state {State}: the lower bound exceeds its backup by {Excess:G3}, expected at most 0"),
        _ => Say($"state {State}: the backup of the upper bound exceeds it by {Excess:G3}, expected at most 0"),
    };

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
