namespace Rift.Mdp;

/// <summary>The constants of the error analysis, for all that state bounds.</summary>
public static class Rounding
{
    /// <summary>The unit roundoff of double precision, 2^-53: a correctly rounded operation errs by at most this, relative to its result.</summary>
    public const double Unit = 1.1102230246251565e-16;

    /// <summary>Covers all products of unit roundoffs in a first-order bound, as long as fewer than 10^13 operations are counted.</summary>
    public const double SecondOrder = 1.01;

    /// <summary>A bound of the rounding errors of a computed residual <c>b - (x - gamma P x)</c>, in the norm of its arguments.</summary>
    /// <param name="terms">The most roundings that a term of an entry of gamma P x goes through.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="x">||x||.</param>
    /// <param name="b">||b||.</param>
    internal static double OfResidual(int terms, double discount, double x, double b) => SecondOrder * Unit * ((terms * discount * x) + (2 * x) + b);

    /// <summary>
    /// What an error made in every step adds up to: <c>perStep / (1 - gamma (1 + rowError))</c>; positive infinity where rows exceed one by so much that the stored
    /// chain need not contract, for then nothing is proved.
    /// </summary>
    /// <param name="perStep">The error of a step, at least 0.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <param name="rowError">By how much a row may exceed one, at least 0.</param>
    public static double Accumulated(double perStep, double discount, double rowError)
    {
        double contraction = 1 - (discount * (1 + rowError));
        return perStep == 0 ? 0 : contraction > 0 ? perStep / contraction : double.PositiveInfinity;
    }
}
