using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>A fitted probability at a place, with its interval.</summary>
/// <param name="X">Where: the number of a state, a mileage.</param>
/// <param name="Probability">The estimate, 0 to 1.</param>
/// <param name="Lower">The lower end of the interval.</param>
/// <param name="Upper">The upper end.</param>
public readonly record struct FittedChoice(double X, double Probability, double Lower, double Upper);

/// <summary>How often a choice was observed at a place.</summary>
/// <param name="X">Where.</param>
/// <param name="Share">The share of decisions that chose it, 0 to 1.</param>
/// <param name="Decisions">The number of decisions, positive.</param>
public readonly record struct ObservedChoice(double X, double Share, double Decisions);

/// <summary>One choice: what was fitted, and what was observed.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fitted">The curve, in order of x, at least one point.</param>
/// <param name="Observed">The data; may be empty.</param>
public sealed record ChoiceSeries(string Name, IReadOnlyList<FittedChoice> Fitted, IReadOnlyList<ObservedChoice> Observed);

/// <summary>Fitted probabilities of choices with their intervals as bands, and the observed shares as discs whose area is in proportion to the number of decisions.</summary>
/// <remarks>The vertical axis ends where the bands end, or at the largest share that a tenth of the largest number of decisions stands behind: a share of few decisions may lie outside, and the subtitle counts those that do.</remarks>
public static class ChoiceFigure
{
    private const int Width = 760, Height = 460;
    private const float LargestDisc = 16, SmallestDisc = 3;

    /// <summary>The figure.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="subtitle">The parameters.</param>
    /// <param name="xLabel">What x is.</param>
    /// <param name="series">The choices, at least one.</param>
    /// <exception cref="ArgumentException">There is no choice, or one without a curve.</exception>
    public static Figure Of(string title, string subtitle, string xLabel, IReadOnlyList<ChoiceSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (series.Count == 0 || series.Any(one => one.Fitted.Count == 0)) throw new ArgumentException("found no curve, expected at least one point of each choice", nameof(series));
        Plot plot = HouseStyle.NewPlot();
        double most = series.SelectMany(one => one.Observed).Select(point => point.Decisions).DefaultIfEmpty(1).Max();
        double top = series.Max(one => Math.Max(
            one.Fitted.Max(point => point.Upper), one.Observed.Where(point => point.Decisions >= most / 10).Select(point => point.Share).DefaultIfEmpty(0).Max()));
        top = Math.Clamp(1.08 * top, 1e-6, 1.04);
        int outside = 0;
        for (int i = 0; i < series.Count; i++)
        {
            Color color = HouseStyle.Series[i % HouseStyle.Series.Count];
            Coordinates[] curve = [.. series[i].Fitted.Select(point => new Coordinates(point.X, point.Probability))];
            Dictionary<double, FittedChoice> at = series[i].Fitted.GroupBy(point => point.X).ToDictionary(same => same.Key, same => same.First());
            FillY band = plot.Add.FillY(curve, point => (point.X, at[point.X].Lower, at[point.X].Upper));
            band.FillColor = color.WithAlpha(0.2);
            (band.LineWidth, band.MarkerSize) = (0, 0);
            Scatter line = plot.Add.Scatter(curve, color);
            (line.MarkerSize, line.LineWidth, line.LegendText) = (curve.Length == 1 ? 6 : 0, 2, series[i].Name);
            foreach (ObservedChoice observed in series[i].Observed)
            {
                if (observed.Share > top) outside++;
                else plot.Add.Marker(observed.X, observed.Share, MarkerShape.OpenCircle, Math.Max(SmallestDisc, LargestDisc * (float)Math.Sqrt(observed.Decisions / most)), color);
            }
        }

        double[] places = [.. series.SelectMany(one => one.Fitted).Select(point => point.X)];
        double margin = Math.Max(0.5, 0.02 * (places.Max() - places.Min()));
        plot.Axes.SetLimits(places.Min() - margin, places.Max() + margin, -0.05 * top, top);
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = 0.7 };
        plot.XLabel(xLabel);
        plot.YLabel("probability");
        if (series.Count > 1)
        {
            // In the upper corner over which the bands end lower.
            Legend legend = plot.ShowLegend(series.Max(one => one.Fitted[0].Upper) < series.Max(one => one.Fitted[^1].Upper) ? Alignment.UpperLeft : Alignment.UpperRight);
            legend.FontName = HouseStyle.FontName;
            legend.FontSize = HouseStyle.NoteSize;
            (legend.ShadowColor, legend.OutlineColor) = (Colors.Transparent, HouseStyle.Rule);
        }

        string missing = outside == 0 ? "" : FormattableString.Invariant($"; {outside} {(outside == 1 ? "share" : "shares")} of few decisions above the picture");
        return new Figure(title, subtitle + missing, Math.Max(Width, Figure.HeaderWidth(title, subtitle + missing)), Height, new Figure.Panel(plot, 1));
    }
}
