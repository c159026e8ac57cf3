using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Central differences with their error: (f(h) - f(-h)) / 2h errs by at most h^2/6 max|f'''| (Taylor) plus the error of f over h.</summary>
internal static class CentralDifference
{
    // The largest third central moment of a variable on an interval of length 1: 1 / (6 sqrt 3), attained by two points.
    private const double ThirdMoment = 0.09622504486493764;

    /// <summary>The step that balances truncation against the noise of f.</summary>
    internal static double Step(double thirdDerivative, double noise) => Math.Cbrt(3 * noise / thirdDerivative);

    /// <summary>The error bound for a step.</summary>
    internal static double Bound(double thirdDerivative, double noise, double step) =>
        Rounding.SecondOrder * ((thirdDerivative * step * step / 6) + (noise / step));

    /// <summary>|d^3/dt^3 alpha log sum exp((q + t x)/alpha)| for |x| at most 1: the third cumulant of x over alpha^2.</summary>
    internal static double ThirdDerivativeOfLogSum(double temperature) => 8 * ThirdMoment / temperature / temperature;

    /// <summary>
    /// |d^3 V / dt^3| of the soft-optimal values along a reward r + t x, where the derivative G = dQ/dt stays within <paramref name="slope"/> in absolute value:
    /// V' = E G; V'' = E V''_next + Var(G)/alpha; V''' = E V'''_next + 3 Cov(G, Q'')/alpha + kappa_3(G)/alpha^2, each summed with the discount, with
    /// Var at most slope^2, |Cov(G, Q'')| at most slope times half the range of Q'', and kappa_3 at most (2 slope)^3 / (6 sqrt 3).
    /// </summary>
    internal static double ThirdDerivativeOfValues(MarkovDecisionProcess mdp, double temperature, double slope)
    {
        double second = SecondDerivativeOfValues(mdp, temperature, slope);
        double third = (8 * ThirdMoment * slope * slope * slope / temperature / temperature) + (1.5 * slope * mdp.Discount * second / temperature);
        return third / (1 - mdp.Discount);
    }

    /// <summary>
    /// The largest |dQ/dt| for all |t| at most <paramref name="step"/>: what it is at t = 0, and what its own derivative, at most gamma V'', can add on the way.
    /// </summary>
    internal static double SlopeWithin(MarkovDecisionProcess mdp, double temperature, double slopeAtZero, double step) =>
        slopeAtZero + (step * mdp.Discount * SecondDerivativeOfValues(mdp, temperature, 1 / (1 - mdp.Discount)));

    private static double SecondDerivativeOfValues(MarkovDecisionProcess mdp, double temperature, double slope) =>
        slope * slope / temperature / (1 - mdp.Discount);
}
