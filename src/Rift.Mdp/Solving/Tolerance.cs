namespace Rift.Mdp;

/// <summary>How tight the bracket of V is to be: its half-width, the largest over all states.</summary>
/// <remarks>A plain number converts to an absolute tolerance.</remarks>
public readonly record struct Tolerance
{
    private enum Kind
    {
        Default,
        Absolute,
        RoundingFloor,
    }

    private readonly Kind _kind;
    private readonly double _absolute;

    private Tolerance(Kind kind, double absolute)
    {
        _kind = kind;
        _absolute = absolute;
    }

    /// <summary>1e-10 max(1, max|V|), or four times the rounding floor where that is larger.</summary>
    public static Tolerance Default { get; }

    /// <summary>As tight as double precision allows: until the error of the iteration is half the bound for its rounding.</summary>
    public static Tolerance RoundingFloor { get; } = new(Kind.RoundingFloor, 0);

    /// <summary>An absolute half-width, positive, in the units of the reward.</summary>
    /// <param name="halfWidth">The half-width, positive.</param>
    public static Tolerance Absolute(double halfWidth) => new(Kind.Absolute, Require.Positive(halfWidth, nameof(halfWidth)));

    /// <summary>An absolute half-width.</summary>
    public static implicit operator Tolerance(double halfWidth) => Absolute(halfWidth);

    /// <summary>The half-width to reach.</summary>
    /// <param name="largestValue">max |V|.</param>
    /// <param name="rounding">The rounding floor: the part of the half-width that no iteration removes.</param>
    public double HalfWidth(double largestValue, double rounding) => _kind switch
    {
        Kind.Absolute => _absolute,
        Kind.RoundingFloor => (1 + Unreachable) * rounding,
        _ => Math.Max(1e-10 * Math.Max(1, largestValue), 4 * rounding),
    };

    /// <summary>An iteration whose own error is below this share of the rounding floor has nothing left to gain.</summary>
    internal const double Unreachable = 0.5;
}
