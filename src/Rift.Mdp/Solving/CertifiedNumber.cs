namespace Rift.Mdp;

/// <summary>A computed number and a proved bound of its error.</summary>
/// <param name="Value">The number.</param>
/// <param name="ErrorBound">The exact number is within this of <see cref="Value"/>.</param>
public readonly record struct CertifiedNumber(double Value, double ErrorBound)
{
    /// <summary>The expectation of a certified function of the states.</summary>
    /// <param name="distribution">S probabilities.</param>
    /// <param name="values">S numbers, bounded in the sup norm. A state of probability zero does not count, even where its value is infinite.</param>
    internal static CertifiedNumber Expectation(ReadOnlySpan<double> distribution, CertifiedVector values)
    {
        double sum = 0, size = 0, mass = 0;
        int terms = 0;
        for (int s = 0; s < distribution.Length; s++)
        {
            if (distribution[s] == 0) continue;
            double term = distribution[s] * values.Values[s];
            sum += term;
            size += Math.Abs(term);
            mass += distribution[s];
            terms++;
        }

        return double.IsFinite(sum)
            ? new CertifiedNumber(sum, Rounding.SecondOrder * ((values.ErrorBound * mass) + (Rounding.Unit * (terms + 1) * size)))
            : new CertifiedNumber(sum, 0);
    }
}
