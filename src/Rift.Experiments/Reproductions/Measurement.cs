using System.Globalization;

namespace Rift.Experiments;

/// <summary>A number that decides something, with its spread and the limit that it is held against.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Value">The number.</param>
/// <param name="Spread">The standard error over seeds, or the bound of the error where nothing is drawn.</param>
/// <param name="Limit">The limit.</param>
/// <param name="IsAtLeast">Whether the number is to be at least the limit; otherwise at most.</param>
public sealed record Measurement(string What, double Value, double Spread, double Limit, bool IsAtLeast)
{
    /// <summary>Whether the number keeps the limit.</summary>
    public bool Holds => Margin >= 0;

    private double Margin => IsAtLeast ? Value - Limit : Limit - Value;

    /// <summary>The mean over seeds is to be at least so much.</summary>
    /// <param name="what">What is measured, in words.</param>
    /// <param name="sample">The numbers by seed.</param>
    /// <param name="limit">The least it may be.</param>
    public static Measurement AtLeast(string what, Sample sample, double limit) => Of(what, sample, limit, isAtLeast: true);

    /// <summary>The mean over seeds is to be at most so much.</summary>
    /// <param name="what">What is measured, in words.</param>
    /// <param name="sample">The numbers by seed.</param>
    /// <param name="limit">The most it may be.</param>
    public static Measurement AtMost(string what, Sample sample, double limit) => Of(what, sample, limit, isAtLeast: false);

    /// <summary>A number is to be at least so much.</summary>
    /// <param name="what">What is measured, in words.</param>
    /// <param name="value">The number.</param>
    /// <param name="limit">The least it may be.</param>
    /// <param name="errorBound">A bound of the error of the value, at least 0.</param>
    public static Measurement AtLeast(string what, double value, double limit, double errorBound = 0) => new(what, value, errorBound, limit, true);

    /// <summary>A number is to be at most so much.</summary>
    /// <param name="what">What is measured, in words.</param>
    /// <param name="value">The number.</param>
    /// <param name="limit">The most it may be.</param>
    /// <param name="errorBound">A bound of the error of the value, at least 0.</param>
    public static Measurement AtMost(string what, double value, double limit, double errorBound = 0) => new(what, value, errorBound, limit, false);

    /// <summary>The one that keeps its limit by the least, or breaks it by the most: what it says, all of them keep.</summary>
    /// <param name="measurements">Measurements of one kind, at least one.</param>
    public static Measurement Worst(params IEnumerable<Measurement> measurements)
    {
        Measurement[] all = [.. measurements];
        Measurement worst = all.MinBy(measurement => double.IsNaN(measurement.Margin) ? double.NegativeInfinity : measurement.Margin)!;
        return all.Length == 1 ? worst : worst with { What = string.Create(CultureInfo.InvariantCulture, $"{worst.What}, the worst of {all.Length}") };
    }

    /// <summary>0.123 ± 0.004 (at least 0.03): number, spread and limit.</summary>
    public override string ToString() => $"{Text(Value)}{(Spread > 0 ? $" ± {Text(Spread)}" : "")} ({(IsAtLeast ? "at least" : "at most")} {Short(Limit)})";

    private static Measurement Of(string what, Sample sample, double limit, bool isAtLeast)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new Measurement(what, sample.Mean, sample.IsDrawn ? sample.StandardError : sample.ErrorBound, limit, isAtLeast);
    }

    private static string Text(double value) => value == 0 ? "0" : Math.Abs(value) is >= 5e-4 and < 1e4 ? value.ToString("0.000", CultureInfo.InvariantCulture) : value.ToString("0.0e+00", CultureInfo.InvariantCulture);

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
