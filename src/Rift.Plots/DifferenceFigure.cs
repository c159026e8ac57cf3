using ScottPlot;
using ScottPlot.Plottables;

namespace Rift.Plots;

/// <summary>A step length of a central difference and the error of the difference.</summary>
/// <param name="Step">h, positive.</param>
/// <param name="Error">|(f(x + h) - f(x - h)) / 2h - f'(x)|, zero or more.</param>
public readonly record struct DifferenceError(double Step, double Error);

/// <summary>The errors of one way to take differences.</summary>
/// <param name="Name">What stands beside its points; may be empty.</param>
/// <param name="Errors">The measurements, in any order, at least one.</param>
public sealed record DifferenceSeries(string Name, IReadOnlyList<DifferenceError> Errors);

/// <summary>A line that theory gives: error = c h^p.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Coefficient">c, positive.</param>
/// <param name="Power">p, not zero.</param>
public sealed record DifferenceGuide(string Name, double Coefficient, int Power);

/// <summary>The error of central differences against their step length: why a gradient is checked against a derived formula and not the other way round.</summary>
public static class DifferenceFigure
{
    private const int Width = 640, Height = 460;

    /// <summary>The figure of one difference of second order, both axes logarithmic, with the two lines that theory gives and the step length at which their sum is least.</summary>
    /// <param name="title">What is differentiated.</param>
    /// <param name="errors">The measurements, in any order, at least two different step lengths.</param>
    /// <param name="truncation">c of the truncation error c h^2: |f'''| / 6. Positive.</param>
    /// <param name="rounding">c of the rounding error c / h: the error of one evaluation of f. Positive.</param>
    /// <exception cref="ArgumentException">There are fewer than two different step lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step length, an error or a constant is out of range.</exception>
    public static Figure Of(string title, IReadOnlyList<DifferenceError> errors, double truncation, double rounding)
    {
        RequirePositive(truncation, nameof(truncation));
        RequirePositive(rounding, nameof(rounding));
        double best = Math.Cbrt(rounding / (2 * truncation)), least = (truncation * best * best) + (rounding / best);
        string subtitle = $"central difference; least error near step {NumberText.Bound(best)}, about {NumberText.Bound(least)}";
        return Of(title, subtitle, [new DifferenceSeries("", errors)], [new DifferenceGuide("rounding ∝ 1/h", rounding, -1), new DifferenceGuide("truncation ∝ h²", truncation, 2)], best);
    }

    /// <summary>The figure of several differences, each named below and left of its least error, both axes logarithmic.</summary>
    /// <param name="title">What is differentiated.</param>
    /// <param name="subtitle">The parameters.</param>
    /// <param name="series">The measurements, together at least two different step lengths.</param>
    /// <param name="guides">Lines to compare with, drawn as far as they lie inside the axes.</param>
    /// <exception cref="ArgumentException">There are fewer than two different step lengths, or a series is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step length, an error or a coefficient is out of range.</exception>
    public static Figure Of(string title, string subtitle, IReadOnlyList<DifferenceSeries> series, IReadOnlyList<DifferenceGuide> guides) => Of(title, subtitle, series, guides, null);

    private static Figure Of(string title, string subtitle, IReadOnlyList<DifferenceSeries> series, IReadOnlyList<DifferenceGuide> guides, double? best)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(subtitle);
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(guides);
        foreach (DifferenceGuide guide in guides)
        {
            RequirePositive(guide.Coefficient, nameof(guides));
            ArgumentOutOfRangeException.ThrowIfZero(guide.Power, nameof(guides));
        }

        foreach (DifferenceSeries one in series)
        {
            ArgumentNullException.ThrowIfNull(one.Errors, nameof(series));
            if (one.Errors.Count == 0) throw new ArgumentException($"found no step length in the series '{one.Name}', expected at least one", nameof(series));
            foreach ((double step, double error) in one.Errors)
            {
                RequirePositive(step, nameof(series));
                ArgumentOutOfRangeException.ThrowIfNegative(error, nameof(series));
            }
        }

        if (series.SelectMany(one => one.Errors).Select(point => point.Step).Distinct().Count() < 2)
            throw new ArgumentException("found fewer than two different step lengths, expected at least two", nameof(series));
        return new Figure(title, subtitle, Width, Height, new Figure.Panel(Errors(series, guides, best), 1));
    }

    private static Plot Errors(IReadOnlyList<DifferenceSeries> series, IReadOnlyList<DifferenceGuide> guides, double? best)
    {
        const double RoomForNames = 0.07;
        Plot plot = HouseStyle.NewPlot();
        DifferenceError[] all = [.. series.SelectMany(one => one.Errors)];
        LogAxis steps = new(all.Select(point => point.Step)), errors = new(all.Select(point => point.Error));
        double room = series.Any(one => one.Name.Length > 0) ? RoomForNames * (errors.High - errors.Low) : 0;
        plot.Axes.SetLimits(steps.Low, steps.High, errors.Low - room, errors.High);
        plot.Axes.Bottom.TickGenerator = steps.Ticks;
        plot.Axes.Left.TickGenerator = errors.Ticks;
        plot.XLabel("step length h");
        plot.YLabel("error of the difference");
        if (best is double step)
        {
            VerticalLine optimum = plot.Add.VerticalLine(steps.At(step));
            (optimum.LineColor, optimum.LineWidth, optimum.LinePattern) = (HouseStyle.Muted, 1, LinePattern.Dotted);
        }

        foreach (DifferenceGuide guide in guides) Line(plot, guide);
        for (int i = 0; i < series.Count; i++)
        {
            Color color = HouseStyle.Series[i % HouseStyle.Series.Count];
            Scatter points = plot.Add.ScatterPoints(series[i].Errors.Select(point => new Coordinates(steps.At(point.Step), errors.At(point.Error))).ToArray(), color);
            points.MarkerSize = 6;
            DifferenceError least = series[i].Errors.MinBy(point => errors.At(point.Error));
            if (series[i].Name.Length > 0) plot.Note(series[i].Name, steps.At(least.Step), errors.At(least.Error), Alignment.UpperRight, color, right: -4, down: 4);
        }

        return plot;
    }

    /// <summary>A guide as far as it lies inside the axes, named beside its upper end.</summary>
    private static void Line(Plot plot, DifferenceGuide guide)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        double intercept = Math.Log10(guide.Coefficient);
        double[] crossings = [(limits.Bottom - intercept) / guide.Power, (limits.Top - intercept) / guide.Power];
        double from = Math.Max(limits.Left, crossings.Min()), to = Math.Min(limits.Right, crossings.Max());
        if (from >= to) return;
        bool isFalling = guide.Power < 0;
        LinePlot line = plot.Add.Line(from, intercept + (guide.Power * from), to, intercept + (guide.Power * to));
        (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (HouseStyle.Muted, 1.2f, LinePattern.Dashed, 0);
        double beside = isFalling ? from + (0.15 * (to - from)) : to - (0.15 * (to - from));
        plot.Note(guide.Name, beside, intercept + (guide.Power * beside), isFalling ? Alignment.LowerLeft : Alignment.LowerRight, HouseStyle.Muted, isFalling ? 6 : -6);
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "expected a positive finite number");
    }
}
