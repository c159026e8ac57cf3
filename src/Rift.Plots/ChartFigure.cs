using Rift.Experiments;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>Draws the charts of experiments: lines with bands, each named where it ends.</summary>
public static class ChartFigure
{
    private const int MostMarks = 40; // more are a curve
    private const int PanelHeight = 270, LeastPanelWidth = 300, LeastWidth = 720, TickRoom = 44;
    private const double AxisWidth = 58, PlotInset = 12, FirstPlace = -0.35, LabelHeight = 15, PlotHeight = 190, BandShade = 0.18, Air = 0.03;

    /// <summary>The figure of panels side by side.</summary>
    /// <param name="title">What is shown.</param>
    /// <param name="subtitle">The parameters, and what bands are.</param>
    /// <param name="panels">The panels, from left to right.</param>
    /// <exception cref="ArgumentException">There is no panel.</exception>
    public static Figure Of(string title, string subtitle, params IReadOnlyList<ChartPanel> panels) => Of(new Chart("", title, subtitle, [panels]));

    /// <summary>The figure of a chart.</summary>
    /// <param name="chart">What to draw.</param>
    /// <exception cref="ArgumentException">There is no panel, or rows differ in length.</exception>
    public static Figure Of(Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (chart.Rows.Count == 0 || chart.Rows[0].Count == 0 || chart.Rows.Any(row => row.Count != chart.Rows[0].Count))
            throw new ArgumentException("found rows of different lengths or none, expected at least one panel and as many in each row", nameof(chart));
        int columns = chart.Rows[0].Count;
        double panelWidth = chart.Rows.SelectMany(row => row).Max(WidthOf);
        int width = Math.Max(Math.Max(LeastWidth, (int)Math.Ceiling(columns * panelWidth)), Figure.HeaderWidth(chart.Title, chart.Subtitle));
        return new Figure(
            chart.Title, chart.Subtitle, width, Figure.HeaderHeight + (PanelHeight * chart.Rows.Count) + Figure.PanelInset,
            [.. chart.Rows.Select(row => (IReadOnlyList<Figure.Panel>)[.. row.Select(panel => new Figure.Panel(Panel(panel, (double)width / columns), 1.0 / columns))])]);
    }

    /// <summary>The pixels that a panel needs so that the names of its places do not touch.</summary>
    private static double WidthOf(ChartPanel panel) => panel.Places is null
        ? LeastPanelWidth
        : Math.Max(LeastPanelWidth, (panel.Places.Count * (8 + panel.Places.Max(place => place.Split('\n').Max(TextWidth)))) + new Names(panel, new Upward(panel)).Width + AxisWidth + PlotInset + (2 * Figure.PanelInset));

    private static Plot Panel(ChartPanel panel, double width)
    {
        Plot plot = HouseStyle.NewPlot();
        Across across = new(panel);
        Upward upward = new(panel);
        (double left, double last) = (across.First, across.Last);
        Names names = new(panel, upward);
        double inside = Math.Max(1, width - (2 * Figure.PanelInset) - AxisWidth - PlotInset), data = Math.Max(inside / 3, inside - names.Width);
        // The names stand to the right of the last point: as much of the axis is left free as they need.
        plot.Axes.SetLimits(left, left + ((last - left) * inside / data), upward.Bottom, upward.Top);
        foreach (ChartLevel level in panel.Levels)
        {
            LinePlot line = plot.Add.Line(left, upward.At(level.Y), last, upward.At(level.Y));
            (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (ColorOf(level.Color), 1.2f, LinePattern.Dashed, 0);
        }

        foreach ((ChartSeries series, double shift) in panel.Series.Select((series, i) => (series, Shift(panel, i)))) Draw(plot, panel, series, x => across.At(x) + shift, upward);
        foreach ((string name, ChartColor color, double height) in names.Placed) plot.Note(name, last, height, Alignment.MiddleLeft, ColorOf(color), 7);
        plot.Axes.Bottom.TickGenerator = across.Ticks((int)(data / TickRoom));
        if (upward.Ticks is { } ticks) plot.Axes.Left.TickGenerator = ticks;
        plot.Title(panel.Title, HouseStyle.LabelSize);
        plot.Axes.Title.Label.FontName = HouseStyle.FontName;
        plot.Axes.Title.Label.Bold = false;
        plot.XLabel(panel.Across);
        plot.YLabel(panel.Upward);
        return plot;
    }

    /// <summary>Points of one place stand side by side where no lines join them.</summary>
    private static double Shift(ChartPanel panel, int series) => panel.HasLines ? 0 : 0.16 * (series - ((panel.Series.Count - 1) / 2.0));

    private static void Draw(Plot plot, ChartPanel panel, ChartSeries series, Func<double, double> at, Upward upward)
    {
        Color color = ColorOf(series.Color);
        ChartPoint[] points = [.. series.Points];
        if (panel.HasLines)
        {
            if (points.Any(point => point.High > point.Low))
            {
                FillY band = plot.Add.FillY(points, point => (at(point.X), upward.At(point.Low), upward.At(point.High)));
                band.FillColor = color.WithAlpha(BandShade);
                (band.LineWidth, band.MarkerSize) = (0, 0);
            }
        }
        else
        {
            foreach (ChartPoint point in points.Where(point => point.High > point.Low))
            {
                LinePlot bar = plot.Add.Line(at(point.X), upward.At(point.Low), at(point.X), upward.At(point.High));
                (bar.LineColor, bar.LineWidth, bar.MarkerSize) = (color, 1.5f, 0);
            }
        }

        Scatter line = plot.Add.Scatter(points.Select(point => new Coordinates(at(point.X), upward.At(point.Y))).ToArray(), color);
        (line.LineWidth, line.MarkerSize) = (panel.HasLines ? 1.6f : 0, !panel.HasLines ? 7 : points.Length <= MostMarks ? 4 : 0);
    }

    private static Color ColorOf(ChartColor color) => color == ChartColor.Muted ? HouseStyle.Muted : HouseStyle.Series[(int)color - 1];

    private static double TextWidth(string text)
    {
        using Paint paint = Paint.NewDisposablePaint();
        return new LabelStyle { Text = text, FontName = HouseStyle.FontName, FontSize = HouseStyle.NoteSize }.Measure(text, paint).Width;
    }

    /// <summary>The horizontal axis of a panel: places, or numbers on a logarithmic or linear scale.</summary>
    private sealed class Across
    {
        private readonly ChartPanel _panel;
        private readonly LogAxis? _log;
        private readonly double _least;

        internal Across(ChartPanel panel)
        {
            _panel = panel;
            double[] all = [.. panel.Series.SelectMany(series => series.Points).Select(point => point.X)];
            if (panel.Places is null && !panel.IsLinearAcross) _log = new LogAxis(all);
            _least = all.Min();
            Last = panel.Places is { } places ? places.Count - 1 + (panel.HasLines ? 0 : 0.3) : all.Max(At);
            First = panel.Places is not null ? FirstPlace : _log?.Low ?? _least - (Air * (Last - _least));
        }

        internal double First { get; }

        internal double Last { get; }

        internal double At(double x) => _log?.At(x) ?? x;

        internal NumericManual Ticks(int most)
        {
            if (_log is not null) return _log.TicksOf(most);
            NumericManual ticks = new();
            for (int i = 0; i < _panel.Places?.Count; i++) ticks.AddMajor(i, _panel.Places[i]);
            if (_panel.Places is null)
                foreach ((double mark, string label) in RoundNumbers.Within(_least, Last, most / 2)) ticks.AddMajor(mark, label);
            return ticks;
        }
    }

    /// <summary>The vertical axis of a panel, with a little air beyond its ends so that what lies on them is seen whole.</summary>
    private sealed class Upward
    {
        private readonly LogAxis? _log;

        internal Upward(ChartPanel panel)
        {
            if (panel.IsLogUpward) _log = new LogAxis(panel.Series.SelectMany(series => series.Points).SelectMany(point => new[] { point.Y, point.Low, point.High }).Concat(panel.Levels.Select(level => level.Y)));
            double air = Air * (panel.Top - panel.Bottom);
            (Bottom, Top) = _log is null ? (panel.Bottom - air, panel.Top + air) : (_log.Low, _log.High);
        }

        internal double Bottom { get; }

        internal double Top { get; }

        internal ITickGenerator? Ticks => _log?.Ticks;

        internal double At(double y) => _log?.At(y) ?? y;
    }

    /// <summary>The names at the right ends, moved apart where lines end close together.</summary>
    private sealed class Names
    {
        internal Names(ChartPanel panel, Upward upward)
        {
            (string Name, ChartColor Color, double Height)[] wanted =
            [
                .. panel.Series.Where(series => series.Name.Length > 0).Select(series => (series.Name, series.Color, upward.At(series.Points[^1].Y))),
                .. panel.Levels.Where(level => level.Name.Length > 0).Select(level => (level.Name, level.Color, upward.At(level.Y))),
            ];
            wanted = [.. wanted.OrderBy(name => name.Height)];
            double step = LabelHeight / PlotHeight * (upward.Top - upward.Bottom);
            double[] heights = Apart([.. wanted.Select(name => Math.Clamp(name.Height, upward.Bottom, upward.Top))], step, upward.Bottom + (step / 2), upward.Top - (step / 2));
            Placed = [.. wanted.Select((name, i) => (name.Name, name.Color, heights[i]))];
            Width = wanted.Length == 0 ? 0 : 14 + wanted.Max(name => TextWidth(name.Name));
        }

        /// <summary>The names with their colours and heights.</summary>
        internal IReadOnlyList<(string Name, ChartColor Color, double Height)> Placed { get; }

        /// <summary>The pixels that the longest needs.</summary>
        internal double Width { get; }

        /// <summary>Heights in ascending order, moved as little as keeps them a step apart and within their ends.</summary>
        private static double[] Apart(double[] heights, double step, double bottom, double top)
        {
            // Groups of touching names share the mean of what their members want; a group that meets the next takes it in.
            List<(double Wanted, int Count)> groups = [];
            foreach (double height in heights)
            {
                groups.Add((height, 1));
                while (groups.Count > 1 && Start(groups[^1]) < Start(groups[^2]) + (groups[^2].Count * step))
                {
                    ((double lower, int few), (double upper, int more)) = (groups[^2], groups[^1]);
                    groups.RemoveRange(groups.Count - 2, 2);
                    groups.Add((((lower * few) + (upper * more)) / (few + more), few + more));
                }
            }

            return [.. groups.SelectMany(group => Enumerable.Range(0, group.Count).Select(i => Start(group) + (i * step)))];

            double Start((double Wanted, int Count) group)
            {
                double length = (group.Count - 1) * step;
                return Math.Max(bottom, Math.Min(group.Wanted - (length / 2), top - length));
            }
        }
    }
}
