using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>How the bracket closed: on the left V at the start between its bounds, on the right the half-width, sweep by sweep, on a scale of powers of ten.</summary>
public static class BracketChart
{
    private const double Width = 1000, Height = 300, Left = 90, Top = 50, Bottom = 250, Right = 975, Gap = 110;

    /// <summary>Draws the stops of a run up to a sweep.</summary>
    public static string Of(SweepRun run, int sweep, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(palette);
        sweep = Math.Clamp(sweep, 1, run.Stops.Count);
        SoftSolution[] shown = [.. run.Stops.Take(sweep)];
        SvgText svg = new(Width, Height, palette.Paper, FormattableString.Invariant($"The bracket of the expected value over {sweep} sweeps"));
        DrawBracket(svg, shown, Left, (Width - Gap) / 2, palette);
        DrawWidth(svg, shown, ((Width + Gap) / 2) + 40, Right, palette);
        return svg.ToString();
    }

    private static void DrawBracket(SvgText svg, SoftSolution[] stops, double left, double right, Palette palette)
    {
        double[] middle = [.. stops.Select(stop => stop.Objective)], half = [.. stops.Select(stop => stop.Certificate.HalfWidth)];
        // The first brackets are as wide as the discount allows; the scale is that of the last ones.
        int from = Math.Max(0, stops.Length - 12);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = from; i < stops.Length; i++) (low, high) = (Math.Min(low, middle[i] - half[i]), Math.Max(high, middle[i] + half[i]));
        if (!(high > low)) (low, high) = (low - 1, low + 1);
        double X(int i) => stops.Length == 1 ? left : left + ((right - left) * i / (stops.Length - 1));
        double Y(double v) => Math.Clamp(Bottom - ((Bottom - Top) * (v - low) / (high - low)), Top, Bottom);
        double[] band = new double[4 * stops.Length];
        for (int i = 0; i < stops.Length; i++)
        {
            (band[2 * i], band[(2 * i) + 1]) = (X(i), Y(middle[i] + half[i]));
            (band[^((2 * i) + 2)], band[^((2 * i) + 1)]) = (X(i), Y(middle[i] - half[i]));
        }

        DrawAxes(svg, left, right, stops.Length, palette);
        foreach (double mark in RoundNumbers.Between(low, high, 4)) Mark(svg, left, right, Y(mark), Precise(mark, high - low), palette);
        svg.Polygon(band, Palette.Blue, 0.3).Line([.. Enumerable.Range(0, stops.Length).SelectMany(i => (double[])[X(i), Y(middle[i])])], Palette.Blue, 3);
        svg.Write("E V(start) between its proved bounds", left, Top - 24, 20, palette.Ink);
    }

    private static void DrawWidth(SvgText svg, SoftSolution[] stops, double left, double right, Palette palette)
    {
        double[] logs = [.. stops.Select(stop => Math.Log10(Math.Max(stop.Certificate.HalfWidth, 1e-300)))];
        double low = Math.Floor(logs.Min()), high = Math.Ceiling(logs.Max());
        if (high <= low) high = low + 1;
        double X(int i) => stops.Length == 1 ? left : left + ((right - left) * i / (stops.Length - 1));
        double Y(double log) => Bottom - ((Bottom - Top) * (log - low) / (high - low));
        DrawAxes(svg, left, right, stops.Length, palette);
        int step = Math.Max(1, (int)Math.Ceiling((high - low) / 5));
        for (double power = low; power <= high; power += step) Mark(svg, left, right, Y(power), FormattableString.Invariant($"1e{power}").Replace('-', '−'), palette);
        svg.Line([.. Enumerable.Range(0, stops.Length).SelectMany(i => (double[])[X(i), Y(logs[i])])], Palette.Vermilion, 3);
        svg.Disc(X(stops.Length - 1), Y(logs[^1]), 6, Palette.Vermilion);
        svg.Write("half-width of the bracket", left, Top - 24, 20, palette.Ink);
    }

    private static void DrawAxes(SvgText svg, double left, double right, int sweeps, Palette palette) =>
        svg.Line([left, Bottom + 4, right, Bottom + 4], palette.Rule, 2)
            .Write("1", left, Bottom + 28, 18, palette.Muted).Write(FormattableString.Invariant($"sweep {sweeps}"), right, Bottom + 28, 18, palette.Muted, "end");

    private static void Mark(SvgText svg, double left, double right, double y, string text, Palette palette) =>
        svg.Line([left, y, right, y], palette.Rule, 1).Write(text, left - 8, y + 6, 18, palette.Muted, "end");

    /// <summary>A number with the digits that tell it from its neighbours on an axis of this length.</summary>
    private static string Precise(double x, double range)
    {
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(range)), 0, 12);
        return Math.Round(x, decimals).ToString($"F{decimals}", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
