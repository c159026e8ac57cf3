using System.Globalization;
using Rift.Theory;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>A ledger at a glance: for each statement the worst gap as a dot and the bound that rounding allows there as a bar, so that one sees every dot left of its bar.</summary>
/// <remarks>A statement that fails is marked in words and colour, also where its widest gap is within bounds and a narrower one is not; one without cases says so.</remarks>
public static class LedgerFigure
{
    private const int Width = 940, RowHeight = 22, AxisHeight = 96, LongestTitle = 72;

    /// <summary>The figure, statements from top to bottom in the order given.</summary>
    /// <param name="rows">Rows of a ledger, at least one.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static Figure Of(IReadOnlyList<LedgerRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("found an empty ledger, expected at least one statement", nameof(rows));
        return new Figure("Worst gap and rounding bound of every statement", Summary(rows), Width, Figure.HeaderHeight + AxisHeight + (RowHeight * rows.Count), new Figure.Panel(Statements(rows), 1));
    }

    private static Plot Statements(IReadOnlyList<LedgerRow> rows)
    {
        Plot plot = HouseStyle.NewPlot();
        LedgerRow[] measured = [.. rows.Where(row => row.Cases > 0)];
        LogAxis axis = new(measured.SelectMany(row => new[] { row.WorstGap, row.Bound }));
        NumericManual names = new();
        for (int i = 0; i < rows.Count; i++)
        {
            int height = rows.Count - 1 - i;
            names.AddMajor(height, StatementName.Of(rows[i].Statement, LongestTitle));
            if (rows[i].Cases > 0) Mark(plot, axis, rows[i], height);
            else plot.Note(rows[i].Verdict, axis.Low, height, Alignment.MiddleLeft, HouseStyle.Muted, 8);
        }

        if (rows[0].Cases > 0) NameMarks(plot, axis.At(rows[0].WorstGap), axis.At(rows[0].Bound), rows.Count - 0.45);
        plot.Axes.Left.TickGenerator = names;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.TickGenerator = axis.Ticks;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel("distance of the two sides");
        plot.Axes.SetLimits(axis.Low, axis.High, -0.7, rows.Count + 0.3);
        return plot;
    }

    private static void Mark(Plot plot, LogAxis axis, LedgerRow row, double height)
    {
        double gap = axis.At(row.WorstGap), bound = axis.At(row.Bound);
        Color color = row.Failures == 0 ? HouseStyle.Blue : HouseStyle.Vermilion;
        LinePlot room = plot.Add.Line(gap, height, bound, height);
        (room.LineColor, room.LineWidth, room.MarkerSize) = (color.WithAlpha(0.35), 1.5f, 0);
        LinePlot bar = plot.Add.Line(bound, height - 0.32, bound, height + 0.32);
        (bar.LineColor, bar.LineWidth, bar.MarkerSize) = (HouseStyle.Ink, 2, 0);
        plot.Add.Marker(gap, height, MarkerShape.FilledCircle, 8, color);
        if (row.Failures > 0) plot.Note(row.Verdict, Math.Min(gap, bound), height, Alignment.MiddleRight, color, -10);
    }

    /// <summary>Names the two marks above those of the first row, away from each other.</summary>
    private static void NameMarks(Plot plot, double gap, double bound, double height)
    {
        bool gapFirst = gap <= bound;
        plot.Note("worst gap", gap, height, gapFirst ? Alignment.LowerRight : Alignment.LowerLeft, HouseStyle.Blue, gapFirst ? 5 : -5);
        plot.Note("bound", bound, height, gapFirst ? Alignment.LowerLeft : Alignment.LowerRight, HouseStyle.Ink, gapFirst ? -2 : 2);
    }

    private static string Summary(IReadOnlyList<LedgerRow> rows)
    {
        int holding = rows.Count(row => row.Cases > 0 && row.Failures == 0);
        string cases = string.Create(CultureInfo.InvariantCulture, $"{rows.Max(row => row.Cases):N0} cases");
        return holding == rows.Count
            ? $"all {holding} statements hold on {cases}"
            : $"{holding} of {rows.Count} statements hold on {cases}; the others are marked";
    }
}
