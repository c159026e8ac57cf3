using ScottPlot;

namespace Rift.Plots;

/// <summary>A checked statement as the ledger's figure shows it.</summary>
/// <param name="Id">Its equation number or name.</param>
/// <param name="Title">What it says, in a few words.</param>
/// <param name="WorstGap">The largest distance of its two sides over all cases, zero or more.</param>
/// <param name="Bound">The distance that rounding allows there, zero or more.</param>
/// <param name="Holds">Whether every case was within its bound.</param>
public sealed record LedgerMark(string Id, string Title, double WorstGap, double Bound, bool Holds);

/// <summary>A ledger at a glance: for each statement the worst gap as a dot and the bound that rounding allows as a bar, so that one sees every dot left of its bar.</summary>
public static class LedgerFigure
{
    private const int Width = 900, RowHeight = 22, Frame = 96, LongestTitle = 64;

    /// <summary>The figure, statements from top to bottom in the order given.</summary>
    /// <exception cref="ArgumentException">There is no statement.</exception>
    public static Figure Of(IReadOnlyList<LedgerMark> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        if (statements.Count == 0) throw new ArgumentException("found an empty ledger, expected at least one statement", nameof(statements));
        int holding = statements.Count(statement => statement.Holds);
        string subtitle = holding == statements.Count ? $"all {holding} statements hold" : $"{holding} of {statements.Count} statements hold; the others are marked";
        return new Figure("Worst gap and rounding bound of every statement", subtitle, Width, Figure.HeaderHeight + Frame + (RowHeight * statements.Count), new Figure.Panel(Rows(statements), 1));
    }

    private static Plot Rows(IReadOnlyList<LedgerMark> statements)
    {
        Plot plot = PlotStyle.NewPlot();
        LogAxis axis = new(statements.SelectMany(statement => new[] { statement.WorstGap, statement.Bound }));
        ScottPlot.TickGenerators.NumericManual names = new();
        for (int i = 0; i < statements.Count; i++)
        {
            LedgerMark statement = statements[i];
            double y = statements.Count - 1 - i, gap = axis.At(statement.WorstGap), bound = axis.At(statement.Bound);
            Color color = statement.Holds ? PlotStyle.Blue : PlotStyle.Vermilion;
            names.AddMajor(y, Name(statement));

            ScottPlot.Plottables.LinePlot room = plot.Add.Line(gap, y, bound, y);
            (room.LineColor, room.LineWidth, room.MarkerSize) = (color.WithAlpha(0.35), 1.5f, 0);
            ScottPlot.Plottables.LinePlot bar = plot.Add.Line(bound, y - 0.32, bound, y + 0.32);
            (bar.LineColor, bar.LineWidth, bar.MarkerSize) = (PlotStyle.Ink, 2, 0);
            plot.Add.Marker(gap, y, MarkerShape.FilledCircle, 8, color);
            if (!statement.Holds) plot.Note("fails", Math.Max(gap, bound), y, Alignment.MiddleLeft, PlotStyle.Vermilion).OffsetX = 10;
        }

        double top = statements.Count - 0.45;
        plot.Note("worst gap", axis.At(statements[0].WorstGap), top, Alignment.LowerCenter, PlotStyle.Blue);
        plot.Note("bound", axis.At(statements[0].Bound), top, Alignment.LowerCenter, PlotStyle.Ink);

        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.TickGenerator = axis.Ticks;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel("distance of the two sides");
        plot.Axes.SetLimits(axis.Low, axis.High, -0.7, statements.Count + 0.3);
        return plot;
    }

    private static string Name(LedgerMark statement)
    {
        string title = statement.Title.Length <= LongestTitle ? statement.Title : $"{statement.Title.AsSpan(0, LongestTitle - 1).TrimEnd()}…";
        return $"{title}   {statement.Id}";
    }
}
