using ScottPlot;
using ScottPlot.Plottables;

namespace Rift.Plots;

/// <summary>A step length of a central difference and the error of the difference.</summary>
/// <param name="Step">h, positive.</param>
/// <param name="Error">|(f(x + h) - f(x - h)) / 2h - f'(x)|, zero or more.</param>
public readonly record struct DifferenceError(double Step, double Error);

/// <summary>The error of a central difference against its step length: why a gradient is checked against a derived formula and not the other way round.</summary>
public static class DifferenceFigure
{
    private const int Width = 640, Height = 460;

    /// <summary>The figure, both axes logarithmic, with the two lines that theory gives and the step length at which their sum is least.</summary>
    /// <param name="title">What is differentiated.</param>
    /// <param name="errors">The measurements, in any order, at least two different step lengths.</param>
    /// <param name="truncation">c of the truncation error c h^2: |f'''| / 6. Positive.</param>
    /// <param name="rounding">c of the rounding error c / h: the error of one evaluation of f. Positive.</param>
    /// <exception cref="ArgumentException">There are fewer than two different step lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A step length, an error or a constant is out of range.</exception>
    public static Figure Of(string title, IReadOnlyList<DifferenceError> errors, double truncation, double rounding)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentNullException.ThrowIfNull(errors);
        RequirePositive(truncation, nameof(truncation));
        RequirePositive(rounding, nameof(rounding));
        foreach ((double step, double error) in errors)
        {
            RequirePositive(step, nameof(errors));
            ArgumentOutOfRangeException.ThrowIfNegative(error, nameof(errors));
        }

        DifferenceError[] sorted = [.. errors.OrderBy(point => point.Step)];
        if (sorted.Length == 0 || sorted[0].Step == sorted[^1].Step)
            throw new ArgumentException("found fewer than two different step lengths, expected at least two", nameof(errors));

        double best = Math.Cbrt(rounding / (2 * truncation)), least = (truncation * best * best) + (rounding / best);
        string subtitle = $"central difference; least error near step {NumberText.Bound(best)}, about {NumberText.Bound(least)}";
        return new Figure(title, subtitle, Width, Height, new Figure.Panel(Errors(sorted, truncation, rounding, best), 1));
    }

    private static Plot Errors(DifferenceError[] sorted, double truncation, double rounding, double best)
    {
        Plot plot = HouseStyle.NewPlot();
        LogAxis steps = new(sorted.Select(point => point.Step)), errors = new(sorted.Select(point => point.Error));
        plot.Axes.SetLimits(steps.Low, steps.High, errors.Low, errors.High);
        plot.Axes.Bottom.TickGenerator = steps.Ticks;
        plot.Axes.Left.TickGenerator = errors.Ticks;
        plot.XLabel("step length h");
        plot.YLabel("error of the difference");

        VerticalLine optimum = plot.Add.VerticalLine(steps.At(best));
        (optimum.LineColor, optimum.LineWidth, optimum.LinePattern) = (HouseStyle.Muted, 1, LinePattern.Dotted);
        Guide(plot, Math.Log10(rounding), -1, "rounding ∝ 1/h", HouseStyle.Vermilion, atLeft: true);
        Guide(plot, Math.Log10(truncation), 2, "truncation ∝ h²", HouseStyle.Green, atLeft: false);

        Scatter points = plot.Add.ScatterPoints(sorted.Select(point => new Coordinates(steps.At(point.Step), errors.At(point.Error))).ToArray(), HouseStyle.Blue);
        points.MarkerSize = 6;
        return plot;
    }

    /// <summary>The line log error = intercept + slope log h, as far as it lies inside the axes, named beside its upper end.</summary>
    private static void Guide(Plot plot, double intercept, double slope, string label, Color color, bool atLeft)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        double[] crossings = [(limits.Bottom - intercept) / slope, (limits.Top - intercept) / slope];
        double from = Math.Max(limits.Left, crossings.Min()), to = Math.Min(limits.Right, crossings.Max());
        if (from >= to) return;
        LinePlot line = plot.Add.Line(from, intercept + (slope * from), to, intercept + (slope * to));
        (line.LineColor, line.LineWidth, line.LinePattern, line.MarkerSize) = (color, 1.4f, LinePattern.Dashed, 0);
        double beside = atLeft ? from + (0.15 * (to - from)) : to - (0.15 * (to - from));
        plot.Note(label, beside, intercept + (slope * beside), atLeft ? Alignment.LowerLeft : Alignment.LowerRight, color, atLeft ? 6 : -6);
    }

    private static void RequirePositive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "expected a positive finite number");
    }
}
