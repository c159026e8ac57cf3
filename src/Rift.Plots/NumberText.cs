using System.Globalization;

namespace Rift.Plots;

/// <summary>Numbers as a figure writes them.</summary>
internal static class NumberText
{
    /// <summary>A power of ten: 10⁻¹².</summary>
    public static string Power(int exponent)
    {
        const string Raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
        string digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return (exponent < 0 ? "10⁻" : "10") + string.Concat(digits.Select(digit => Raised[digit - '0']));
    }

    /// <summary>A positive bound with two digits, rounded up so that it stays one: 3.2 · 10⁻¹¹.</summary>
    public static string Bound(double bound)
    {
        if (double.IsPositiveInfinity(bound)) return "∞";
        if (!(bound > 0)) return bound.ToString(CultureInfo.InvariantCulture);
        bound = Math.Max(bound, 1e-300); // below, powers of ten lose their digits
        int exponent = (int)Math.Floor(Math.Log10(bound));
        double mantissa = Math.Ceiling(bound / Math.Pow(10, exponent - 1)) / 10;
        if (mantissa >= 10) (mantissa, exponent) = (mantissa / 10, exponent + 1);
        return exponent is >= -2 and <= 3
            ? (mantissa * Math.Pow(10, exponent)).ToString("0.####", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{mantissa:0.0} · {Power(exponent)}");
    }

    /// <summary>A number with the decimals that its bound leaves meaning to, and the bound: 0.54202593 ± 3.2 · 10⁻¹¹.</summary>
    public static string Certified(double value, double bound)
    {
        int decimals = bound > 0 ? Math.Max(0, (int)Math.Ceiling(-Math.Log10(bound))) : int.MaxValue;
        string digits = value.ToString(decimals <= 15 ? string.Create(CultureInfo.InvariantCulture, $"F{decimals}") : "R", CultureInfo.InvariantCulture);
        return $"{Minus(digits)} ± {Bound(bound)}";
    }

    /// <summary>A number with the decimals that a unit has: 1.25 is 1.2 in units of 0.5 and 1.25 in units of 0.03. Three digits where the unit is 0 or says too little.</summary>
    public static string Rounded(double value, double unit)
    {
        int decimals = unit > 0 ? Math.Max(0, -(int)Math.Floor(Math.Log10(unit))) : int.MaxValue;
        if (decimals > 6 || Math.Abs(value) >= 1e6) return Minus(value.ToString("G3", CultureInfo.InvariantCulture));
        double rounded = Math.Round(value, decimals);
        return Minus((rounded == 0 ? 0 : rounded).ToString(string.Create(CultureInfo.InvariantCulture, $"F{decimals}"), CultureInfo.InvariantCulture));
    }

    /// <summary>A parameter: what the caller wrote, as far as six digits show it.</summary>
    public static string Parameter(double value) => Minus(value.ToString("G6", CultureInfo.InvariantCulture));

    private static string Minus(string digits) => digits.Replace('-', '−');
}
