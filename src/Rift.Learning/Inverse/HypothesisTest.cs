using MathNet.Numerics.Distributions;

namespace Rift.Learning;

/// <summary>A test of a hypothesis: a statistic, and how likely one as large is if the hypothesis holds.</summary>
/// <param name="Name">What is tested, and how.</param>
/// <param name="Statistic">Chi-squared distributed under the hypothesis, in large samples.</param>
/// <param name="DegreesOfFreedom">Degrees of freedom of that distribution, at least 1.</param>
/// <param name="PValue">The probability of a statistic at least as large.</param>
public sealed record HypothesisTest(string Name, double Statistic, int DegreesOfFreedom, double PValue)
{
    /// <summary>The 97.5 % point of the standard normal distribution.</summary>
    public static double Normal95 { get; } = Normal.InvCDF(0, 1, 0.975);

    /// <summary>A test by a statistic that is chi-squared distributed under the hypothesis.</summary>
    /// <param name="name">What is tested.</param>
    /// <param name="statistic">At least 0, or not a number where there is none.</param>
    /// <param name="degreesOfFreedom">At least 1.</param>
    public static HypothesisTest ChiSquared(string name, double statistic, int degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degreesOfFreedom, 1);
        // The upper tail by itself: one minus the distribution function has no digits where it matters.
        double tail = statistic > 0 ? (double.IsInfinity(statistic) ? 0 : MathNet.Numerics.SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2.0, statistic / 2)) : double.IsNaN(statistic) ? double.NaN : 1;
        return new HypothesisTest(name, statistic, degreesOfFreedom, tail);
    }

    /// <summary>Twice the difference of two log-likelihoods (Wilks 1938).</summary>
    /// <param name="full">Of the larger family.</param>
    /// <param name="restricted">Of the smaller one.</param>
    /// <param name="degreesOfFreedom">The number of restrictions.</param>
    public static HypothesisTest LikelihoodRatio(double full, double restricted, int degreesOfFreedom) => ChiSquared("likelihood ratio", Math.Max(0, 2 * (full - restricted)), degreesOfFreedom);
}
