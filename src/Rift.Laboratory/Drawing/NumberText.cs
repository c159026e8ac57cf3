using System.Globalization;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>Numbers as the page writes them.</summary>
public static class NumberText
{
    /// <summary>Three significant digits: 0.542, −12.3, 4.1e−7.</summary>
    public static string Brief(double x) => Minus(x switch
    {
        double.PositiveInfinity => "∞",
        double.NegativeInfinity => "-∞",
        0 => "0",
        _ when double.IsNaN(x) => "–",
        _ when Math.Abs(x) is >= 1e-3 and < 1e5 => Trimmed(x.ToString(Math.Abs(x) >= 100 ? "F0" : Math.Abs(x) >= 10 ? "F1" : Math.Abs(x) >= 1 ? "F2" : "G3", CultureInfo.InvariantCulture)),
        _ => x.ToString("0.##e0", CultureInfo.InvariantCulture),
    });

    /// <summary>A number for a cell, in few letters: two decimals, one digit and a power of ten where these say nothing.</summary>
    public static string Cell(double x) => x == 0 || !double.IsFinite(x) ? Brief(x) : Minus(x.ToString(Math.Abs(x) switch { >= 1e4 => "0e0", >= 100 => "F0", >= 10 => "F1", >= 0.0095 => "F2", _ => "0e0" }, CultureInfo.InvariantCulture));

    /// <summary>A number on an axis whose marks are a unit apart: as many decimals as tell it from its neighbours.</summary>
    public static string Mark(double x, double unit)
    {
        int decimals = unit > 0 ? -(int)Math.Floor(Math.Log10(unit)) : 0;
        return decimals is > 0 and <= 8 && Math.Abs(x) < 1e6 ? Minus((Math.Round(x, decimals) + 0.0).ToString($"F{decimals}", CultureInfo.InvariantCulture)) : Brief(x);
    }

    /// <summary>A chance in percent: 97.3 %, &lt; 0.1 %.</summary>
    public static string Percent(double p) => p is > 0 and < 0.001 ? "< 0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * p:0.#} %");

    /// <summary>A positive bound with one digit, rounded up so that it stays one: 0.03, 4e−11.</summary>
    public static string Bound(double bound)
    {
        if (double.IsPositiveInfinity(bound)) return "∞";
        if (!(bound > 0)) return "0";
        // Below, powers of ten lose their digits; the factor covers the rounding of the next lines and of reading the text.
        bound = Math.Max(bound, 1e-300) * (1 + 1e-15);
        int exponent = (int)Math.Floor(Math.Log10(bound));
        double mantissa = Math.Ceiling(bound / Math.Pow(10, exponent));
        if (mantissa >= 10) (mantissa, exponent) = (1, exponent + 1);
        return exponent is >= -2 and <= 2 ? (mantissa * Math.Pow(10, exponent)).ToString("0.##", CultureInfo.InvariantCulture) : Minus(string.Create(CultureInfo.InvariantCulture, $"{mantissa:0}e{exponent}"));
    }

    /// <summary>A number with at most seven of the decimals that its bound leaves meaning to, and the bound: 0.5420259 ± 4e−11.</summary>
    public static string Certified(CertifiedNumber number)
    {
        if (!double.IsFinite(number.Value)) return Brief(number.Value);
        double size = Math.Max(Math.Abs(number.Value), number.ErrorBound);
        // A shown digit may be off by rounding; what is hidden is less than a unit of it.
        int before = size >= 1 ? (int)Math.Floor(Math.Log10(size)) + 1 : 0, meaning = number.ErrorBound > 0 ? (int)Math.Floor(-Math.Log10(number.ErrorBound)) : 15;
        int decimals = Math.Clamp(Math.Min(meaning, 7 - before), 0, 15);
        double shown = Math.Round(number.Value, decimals);
        double hidden = Math.Abs(shown - number.Value), bound = hidden == 0 ? number.ErrorBound : Math.BitIncrement(number.ErrorBound + hidden);
        return $"{Minus(shown.ToString($"F{decimals}", CultureInfo.InvariantCulture))} ± {Bound(bound)}";
    }

    private static string Trimmed(string digits) => digits.Contains('.', StringComparison.Ordinal) ? digits.TrimEnd('0').TrimEnd('.') : digits;

    private static string Minus(string digits) => digits.Replace('-', '−');
}
