using System.Globalization;
using Rift.Theory;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>All gaps of a ledger: for each statement the number of cases in each decade of gap/bound, in double and beside it in double-double.</summary>
/// <remarks>A cell is the darker the more cases it counts, on a logarithmic scale, so that a single one is seen. Cases without a gap stand apart on the left, those above the bound on the right, in the colour of failure.</remarks>
public static class GapFigure
{
    private const int Width = 1180, RowHeight = 22, AxisHeight = 96, LongestTitle = 44;
    private const double NamesShare = 0.3, CellHeight = 0.42, Zero = -GapHistogram.DecadeCount - 1.5, Above = 0.5;

    /// <summary>The figure, statements from top to bottom in the order given.</summary>
    /// <param name="rows">Rows of a ledger, at least one.</param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static Figure Of(IReadOnlyList<LedgerRow> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("found an empty ledger, expected at least one statement", nameof(rows));
        Plot inDouble = Counts("double", [.. rows.Select(row => row.Histogram)]), extended = Counts("double-double", [.. rows.Select(row => row.HistogramExtended)]);
        Name(inDouble, rows);
        return new Figure(
            "Gaps of every statement, relative to their rounding bounds", Summary(rows), Width, Figure.HeaderHeight + AxisHeight + (RowHeight * rows.Count),
            new Figure.Panel(inDouble, NamesShare + ((1 - NamesShare) / 2)), new Figure.Panel(extended, (1 - NamesShare) / 2));
    }

    private static Plot Counts(string precision, GapHistogram[] histograms)
    {
        Plot plot = HouseStyle.NewPlot();
        int most = Math.Max(2, histograms.Max(histogram => histogram.Total));
        for (int i = 0; i < histograms.Length; i++)
        {
            int height = histograms.Length - 1 - i;
            GapHistogram histogram = histograms[i];
            Cell(plot, Zero, height, histogram.Zero, most, HouseStyle.Muted);
            for (int k = 0; k < GapHistogram.DecadeCount; k++) Cell(plot, -k - 0.5, height, histogram.Decades[k], most, HouseStyle.Blue);
            Cell(plot, Above, height, histogram.Above, most, HouseStyle.Vermilion);
        }

        VerticalLine bound = plot.Add.VerticalLine(0);
        (bound.LineColor, bound.LineWidth) = (HouseStyle.Ink, 1.5f);
        plot.Axes.Bottom.TickGenerator = Ticks();
        plot.Axes.Left.TickGenerator = new NumericManual();
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.XLabel($"gap / bound in {precision}");
        plot.Axes.SetLimits(Zero - 0.6, Above + 0.6, -0.7, histograms.Length - 0.3);
        return plot;
    }

    private static void Cell(Plot plot, double x, double height, int count, int most, Color color)
    {
        if (count == 0) return;
        double darkness = 0.12 + (0.78 * Math.Log(count) / Math.Log(most));
        Rectangle cell = plot.Add.Rectangle(x - 0.48, x + 0.48, height - CellHeight, height + CellHeight);
        (cell.FillColor, cell.LineWidth) = (color.WithAlpha(darkness), 0);
        ScottPlot.Plottables.Text number = plot.Note(count.ToString(CultureInfo.InvariantCulture), x, height, Alignment.MiddleCenter, darkness > 0.55 ? Colors.White : HouseStyle.Ink);
        number.LabelFontSize = HouseStyle.NoteSize - 2;
    }

    private static NumericManual Ticks()
    {
        NumericManual ticks = new();
        ticks.AddMajor(Zero, "0");
        for (int exponent = 1 - GapHistogram.DecadeCount; exponent <= 0; exponent++)
        {
            if (exponent % 3 == 0) ticks.AddMajor(exponent, exponent == 0 ? "1" : NumberText.Power(exponent));
            else ticks.AddMinor(exponent);
        }

        return ticks;
    }

    private static void Name(Plot plot, IReadOnlyList<LedgerRow> rows)
    {
        NumericManual names = new();
        for (int i = 0; i < rows.Count; i++) names.AddMajor(rows.Count - 1 - i, StatementName.Of(rows[i].Statement, LongestTitle));
        plot.Axes.Left.TickGenerator = names;
    }

    private static string Summary(IReadOnlyList<LedgerRow> rows)
    {
        int inDouble = rows.Sum(row => row.Histogram.Total), extended = rows.Sum(row => row.HistogramExtended.Total), above = rows.Sum(row => row.Histogram.Above + row.HistogramExtended.Above);
        return string.Create(CultureInfo.InvariantCulture, $"number of cases by decades; {inDouble:N0} checks in double, {extended:N0} in double-double, {(above == 0 ? "none" : $"{above:N0}")} above the bound");
    }
}
