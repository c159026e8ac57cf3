using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>How the bracket closed, sweep by sweep: above, V at the start between its bounds; below, the half-width on a scale of powers of ten.</summary>
public static class BracketChart
{
    private const double Width = 560, Left = 84, Right = 540, PanelHeight = 190, Above = 46, Below = 44;

    /// <summary>Draws the stops of a run up to a sweep.</summary>
    public static string Of(SweepRun run, int sweep, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(palette);
        sweep = Math.Clamp(sweep, 1, run.Stops.Count);
        SoftSolution[] shown = [.. run.Stops.Take(sweep)];
        SvgText svg = new(Width, 2 * (Above + PanelHeight + Below), palette.Paper, FormattableString.Invariant($"The bracket of the expected value over {sweep} sweeps"));
        DrawBracket(svg, shown, Above, palette);
        DrawWidth(svg, shown, (2 * Above) + PanelHeight + Below, palette);
        return svg.ToString();
    }

    private static void DrawBracket(SvgText svg, SoftSolution[] stops, double top, Palette palette)
    {
        double bottom = top + PanelHeight;
        double[] middle = [.. stops.Select(stop => stop.Objective)], half = [.. stops.Select(stop => stop.Certificate.HalfWidth)];
        // The first brackets are as wide as the discount allows; the scale is that of the last ones.
        int from = Math.Max(0, stops.Length - 12);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = from; i < stops.Length; i++) (low, high) = (Math.Min(low, middle[i] - half[i]), Math.Max(high, middle[i] + half[i]));
        if (!(high > low)) (low, high) = (low - 1, low + 1);
        double X(int i) => stops.Length == 1 ? Left : Left + ((Right - Left) * i / (stops.Length - 1));
        double Y(double v) => Math.Clamp(bottom - (PanelHeight * (v - low) / (high - low)), top, bottom);
        double[] band = new double[4 * stops.Length];
        for (int i = 0; i < stops.Length; i++)
        {
            (band[2 * i], band[(2 * i) + 1]) = (X(i), Y(middle[i] + half[i]));
            (band[^((2 * i) + 2)], band[^((2 * i) + 1)]) = (X(i), Y(middle[i] - half[i]));
        }

        DrawAxes(svg, bottom, stops.Length, palette);
        foreach (double mark in RoundNumbers.Between(low, high, 4)) Mark(svg, Y(mark), Precise(mark, high - low), palette);
        svg.Polygon(band, Palette.Blue, 0.3).Line([.. Enumerable.Range(0, stops.Length).SelectMany(i => (double[])[X(i), Y(middle[i])])], Palette.Blue, 3);
        svg.Write("E V(start) between its proved bounds", Left, top - 20, 18, palette.Ink);
    }

    private static void DrawWidth(SvgText svg, SoftSolution[] stops, double top, Palette palette)
    {
        double bottom = top + PanelHeight;
        double[] logs = [.. stops.Select(stop => Math.Log10(Math.Max(stop.Certificate.HalfWidth, 1e-300)))];
        double low = Math.Floor(logs.Min()), high = Math.Ceiling(logs.Max());
        if (high <= low) high = low + 1;
        double X(int i) => stops.Length == 1 ? Left : Left + ((Right - Left) * i / (stops.Length - 1));
        double Y(double log) => bottom - (PanelHeight * (log - low) / (high - low));
        DrawAxes(svg, bottom, stops.Length, palette);
        int step = Math.Max(1, (int)Math.Ceiling((high - low) / 5));
        for (double power = low; power <= high; power += step) Mark(svg, Y(power), FormattableString.Invariant($"1e{power}").Replace('-', '−'), palette);
        svg.Line([.. Enumerable.Range(0, stops.Length).SelectMany(i => (double[])[X(i), Y(logs[i])])], Palette.Vermilion, 3);
        svg.Disc(X(stops.Length - 1), Y(logs[^1]), 6, Palette.Vermilion);
        svg.Write("half-width of the bracket", Left, top - 20, 18, palette.Ink);
    }

    private static void DrawAxes(SvgText svg, double bottom, int sweeps, Palette palette) =>
        svg.Line([Left, bottom + 4, Right, bottom + 4], palette.Rule, 2)
            .Write("1", Left, bottom + 26, 16, palette.Muted).Write(FormattableString.Invariant($"sweep {sweeps}"), Right, bottom + 26, 16, palette.Muted, "end");

    private static void Mark(SvgText svg, double y, string text, Palette palette) =>
        svg.Line([Left, y, Right, y], palette.Rule, 1).Write(text, Left - 8, y + 5, 16, palette.Muted, "end");

    /// <summary>A number with the digits that tell it from its neighbours on an axis of this length.</summary>
    private static string Precise(double x, double range)
    {
        int decimals = Math.Clamp(1 - (int)Math.Floor(Math.Log10(range)), 0, 12);
        return (Math.Round(x, decimals) + 0.0).ToString($"F{decimals}", System.Globalization.CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
