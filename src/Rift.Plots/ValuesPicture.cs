using Rift.Mdp;
using ScottPlot;

namespace Rift.Plots;

/// <summary>V over the states with its bracket, and how the bracket closed.</summary>
internal static class ValuesPicture
{
    private const int Width = 900, Height = 420;
    private const int MostPoints = 2_000;
    private const int MostMarkers = 200;

    public static Figure Figure(SoftSolution solution, string title, string subtitle) =>
        new(title, subtitle, Width, Height, new Figure.Panel(Values(solution), 0.58), new Figure.Panel(Convergence(solution), 0.42));

    private static Plot Values(SoftSolution solution)
    {
        Plot plot = PlotStyle.NewPlot();
        double halfWidth = solution.Certificate.HalfWidth;
        Coordinates[] points = Thinned(solution.Values);

        ScottPlot.Plottables.FillY band = plot.Add.FillY(points, point => (point.X, point.Y - halfWidth, point.Y + halfWidth));
        band.FillColor = PlotStyle.Blue.WithAlpha(0.22);
        (band.LineWidth, band.MarkerSize) = (0, 0);
        ScottPlot.Plottables.Scatter values = plot.Add.Scatter(points, PlotStyle.Blue);
        values.LineWidth = points.Length <= MostMarkers ? 1 : 1.2f;
        values.MarkerSize = points.Length <= MostMarkers ? 5 : 0;

        plot.XLabel("state");
        plot.YLabel("V(s)");
        plot.Axes.Margins(0.03, 0.08);
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.SetLimitsY(limits.Bottom, limits.Top + (0.08 * limits.VerticalSpan));
        ScottPlot.Plottables.Annotation note = plot.Add.Annotation($"proved: V within ± {NumberText.Bound(halfWidth)}", Alignment.UpperRight);
        Plain(note.LabelStyle);
        return plot;
    }

    private static Plot Convergence(SoftSolution solution)
    {
        Plot plot = PlotStyle.NewPlot();
        Certificate certificate = solution.Certificate;
        double[] history = [.. solution.History];
        LogAxis axis = new([.. history, certificate.Target, certificate.Rounding]);
        Coordinates[] points = [.. Thinned(history).Select(point => new Coordinates(point.X + 1, axis.At(point.Y)))];

        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points, PlotStyle.Blue);
        line.LineWidth = 1.6f;
        line.MarkerSize = points.Length <= MostMarkers / 4 ? 5 : 0;

        double first = 0.5, last = Math.Max(history.Length, 1) + 0.5;
        Guide(plot, axis.At(certificate.Target), first, last, "asked for", PlotStyle.Muted);
        Guide(plot, axis.At(certificate.Rounding), first, last, "rounding", PlotStyle.Vermilion);

        plot.XLabel("iteration");
        plot.YLabel("half-width of the bracket");
        plot.Axes.Left.TickGenerator = axis.Ticks;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { IntegerTicksOnly = true };
        plot.Axes.SetLimits(first, last, axis.Low, axis.High);
        return plot;
    }

    private static void Guide(Plot plot, double height, double first, double last, string label, Color color)
    {
        ScottPlot.Plottables.LinePlot line = plot.Add.Line(first, height, last, height);
        (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (color, 1, LinePattern.Dashed, 0);
        plot.Note(label, first, height, Alignment.LowerLeft, color).OffsetX = 6;
    }

    /// <summary>Index and value of each entry; of long lists the least and the greatest of each of a thousand runs, in the order in which they come.</summary>
    private static Coordinates[] Thinned(ReadOnlySpan<double> values)
    {
        if (values.Length <= MostPoints)
        {
            Coordinates[] all = new Coordinates[values.Length];
            for (int i = 0; i < all.Length; i++) all[i] = new Coordinates(i, values[i]);
            return all;
        }

        Coordinates[] points = new Coordinates[MostPoints];
        for (int run = 0; run < MostPoints / 2; run++)
        {
            int start = (int)((long)values.Length * run / (MostPoints / 2)), end = (int)((long)values.Length * (run + 1) / (MostPoints / 2));
            int least = start, greatest = start;
            for (int i = start; i < end; i++)
            {
                if (values[i] < values[least]) least = i;
                if (values[i] > values[greatest]) greatest = i;
            }

            (int earlier, int later) = (Math.Min(least, greatest), Math.Max(least, greatest));
            points[2 * run] = new Coordinates(earlier, values[earlier]);
            points[(2 * run) + 1] = new Coordinates(later, values[later]);
        }

        return points;
    }

    private static void Plain(LabelStyle label)
    {
        label.FontName = PlotStyle.FontName;
        label.FontSize = PlotStyle.NoteSize;
        label.ForeColor = PlotStyle.Muted;
        label.BackgroundColor = Colors.Transparent;
        label.ShadowColor = Colors.Transparent;
        label.BorderWidth = 0;
    }
}
