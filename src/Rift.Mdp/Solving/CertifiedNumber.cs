using System.Globalization;

namespace Rift.Mdp;

/// <summary>A computed number and a proved bound of its error.</summary>
/// <param name="Value">The number.</param>
/// <param name="ErrorBound">The exact number is within this of <see cref="Value"/>.</param>
public readonly record struct CertifiedNumber(double Value, double ErrorBound) : IFormattable
{
    private const int MostDecimals = 15;

    /// <summary>The number with as many decimals as its bound leaves meaning to, at most 15, and how far from the exact number what is written may be: <c>0.542026 ± 1e-6</c>.</summary>
    public override string ToString() => ToString(null, null);

    /// <summary>The number with at most so many decimals, and how far from the exact number what is written may be.</summary>
    /// <param name="format">The most decimals, as in <c>$"{number:6}"</c>; null or empty for 15.</param>
    /// <param name="formatProvider">How numbers are written; null for the invariant culture.</param>
    /// <returns>The error is a power of ten that covers the bound and the rounding of what is written: one unit of the last decimal.</returns>
    /// <exception cref="FormatException">The format is not a number of decimals from 0 to 15.</exception>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        IFormatProvider provider = formatProvider ?? CultureInfo.InvariantCulture;
        int most = MostDecimals;
        if (!string.IsNullOrEmpty(format) && (!int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most > MostDecimals))
            throw new FormatException($"found the format \"{format}\", expected the most decimals, 0 to {MostDecimals}");
        if (!double.IsFinite(Value) || !double.IsFinite(ErrorBound)) return string.Create(provider, $"{Value} ± {ErrorBound}");
        int decimals = most;
        while (ErrorBound > Math.Pow(10, -decimals) / 2) decimals--;
        double unit = Math.Pow(10, -decimals), rounded = decimals >= 0 ? Math.Round(Value, decimals) : Math.Round(Value / unit) * unit;
        string digits = (rounded == 0 ? 0 : rounded).ToString($"F{Math.Max(0, decimals)}", provider);
        return string.Create(provider, $"{digits} ± {(decimals is 0 ? "1" : $"1e{(decimals > 0 ? "-" : "+")}{Math.Abs(decimals)}")}");
    }

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
