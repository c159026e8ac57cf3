using Rift.Mdp;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>V over the states with its bracket, and how the bracket closed.</summary>
internal static class ValuesPicture
{
    private const int Width = 900, Height = 420;
    private const int MostPoints = 2_000;
    private const int FewPoints = 200;
    private const double RoomForLabel = 1; // in decades, below the lowest line

    public static Figure Figure(SoftSolution solution, string title, string subtitle) =>
        new(title, subtitle, Width, Height, new Figure.Panel(Values(solution), 0.58), new Figure.Panel(Convergence(solution), 0.42));

    private static Plot Values(SoftSolution solution)
    {
        Plot plot = HouseStyle.NewPlot();
        double halfWidth = solution.Certificate.HalfWidth;
        Coordinates[] points = Thinned(solution.Values);

        FillY band = plot.Add.FillY(points, point => (point.X, point.Y - halfWidth, point.Y + halfWidth));
        band.FillColor = HouseStyle.Blue.WithAlpha(0.22);
        (band.LineWidth, band.MarkerSize) = (0, 0);
        Scatter values = plot.Add.Scatter(points, HouseStyle.Blue);
        (values.MarkerSize, values.LineWidth) = points.Length <= FewPoints ? (5, 1) : (2.5f, 0); // a line through many states is only noise

        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = 0.7 };
        plot.XLabel("state");
        plot.YLabel("V(s)");
        plot.Axes.Margins(0.03, 0.08);
        plot.Axes.AutoScale();
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.SetLimitsY(limits.Bottom, limits.Top + (0.08 * limits.VerticalSpan));
        Annotation note = plot.Add.Annotation($"proved: V within ± {NumberText.Bound(halfWidth)}", Alignment.UpperRight);
        Plain(note.LabelStyle);
        return plot;
    }

    private static Plot Convergence(SoftSolution solution)
    {
        Plot plot = HouseStyle.NewPlot();
        Certificate certificate = solution.Certificate;
        double[] history = [.. solution.History];
        LogAxis axis = new([.. history, certificate.Target, certificate.Rounding]);
        Coordinates[] points = [.. Thinned(history).Select(point => new Coordinates(point.X + 1, axis.At(point.Y)))];

        Scatter line = plot.Add.Scatter(points, HouseStyle.Blue);
        line.LineWidth = 1.6f;
        line.MarkerSize = points.Length <= FewPoints / 4 ? 5 : 0;

        double first = 0.5, last = Math.Max(history.Length, 1) + 0.5;
        Guide(plot, axis.At(certificate.Target), first, last, HouseStyle.Muted);
        Guide(plot, axis.At(certificate.Rounding), first, last, HouseStyle.Vermilion);

        // Below their lines, where the curve does not come, and at opposite ends, for the lines may lie close together.
        plot.Note("asked for", first, axis.At(certificate.Target), Alignment.UpperLeft, HouseStyle.Muted, 6, 4);
        plot.Note("rounding", last, axis.At(certificate.Rounding), Alignment.UpperRight, HouseStyle.Vermilion, -6, 4);

        plot.XLabel("iteration");
        plot.YLabel("half-width of the bracket");
        plot.Axes.Left.TickGenerator = axis.Ticks;
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { IntegerTicksOnly = true, TickDensity = 0.7 };
        plot.Axes.SetLimits(first, last, axis.Low - RoomForLabel, axis.High);
        return plot;
    }

    private static void Guide(Plot plot, double height, double first, double last, Color color)
    {
        LinePlot line = plot.Add.Line(first, height, last, height);
        (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (color, 1, LinePattern.Dashed, 0);
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
        label.FontName = HouseStyle.FontName;
        label.FontSize = HouseStyle.NoteSize;
        label.ForeColor = HouseStyle.Muted;
        label.BackgroundColor = Colors.Transparent;
        label.ShadowColor = Colors.Transparent;
        label.BorderWidth = 0;
    }
}
