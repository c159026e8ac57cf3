using ScottPlot;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>The house style: a bundled font, colours that the colour-blind can tell apart, white ground, and no line that says nothing.</summary>
/// <remarks>For plots of one's own, as in a notebook: <see cref="NewPlot"/> gives an empty one that looks like the figures of this library.</remarks>
public static class HouseStyle
{
    static HouseStyle()
    {
        Fonts.FontResolvers.Insert(0, new BundledFont());
        Fonts.Default = BundledFont.Name;
    }

    /// <summary>The name under which ScottPlot knows the bundled font: DejaVu Sans, regular and bold, which has the Greek letters, arrows and superscripts that titles need.</summary>
    public static string FontName => BundledFont.Name;

    /// <summary>Text, axes and marks that carry no colour of their own.</summary>
    public static Color Ink { get; } = Color.FromHex("#222222");

    /// <summary>Text that stands back: subtitles, labels of guide lines.</summary>
    public static Color Muted { get; } = Color.FromHex("#666666");

    /// <summary>Grid lines and other rules.</summary>
    public static Color Rule { get; } = Color.FromHex("#E2E2E2");

    /// <summary>The first colour of data (Okabe and Ito 2008).</summary>
    public static Color Blue { get; } = Color.FromHex("#0072B2");

    /// <summary>The second colour of data, and what fails (Okabe and Ito 2008).</summary>
    public static Color Vermilion { get; } = Color.FromHex("#D55E00");

    /// <summary>The third colour of data (Okabe and Ito 2008).</summary>
    public static Color Green { get; } = Color.FromHex("#009E73");

    /// <summary>The colours of series, in order of use.</summary>
    public static IReadOnlyList<Color> Series { get; } = [Blue, Vermilion, Green, Color.FromHex("#CC79A7"), Color.FromHex("#E69F00"), Color.FromHex("#56B4E9")];

    /// <summary>The size of a figure's title, in pixels.</summary>
    public const float TitleSize = 16;

    /// <summary>The size of subtitles and axis labels, in pixels.</summary>
    public const float LabelSize = 13;

    /// <summary>The size of tick labels and notes beside data, in pixels.</summary>
    public const float NoteSize = 12;

    /// <summary>An empty plot in the house style.</summary>
    public static Plot NewPlot()
    {
        Plot plot = new();
        plot.Axes.Left.TickGenerator = new NumericAutomatic { TickDensity = 0.6 };
        plot.Axes.Bottom.TickGenerator = new NumericAutomatic { TickDensity = 0.7 };
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Add.Palette = Palette.FromColors([.. Series]);
        plot.Axes.Color(Ink);
        plot.Axes.Right.FrameLineStyle.Width = 0;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Grid.MajorLineColor = Rule;
        plot.HideLegend();
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            // Not plot.Font.Set: that takes bold away from every label of the process.
            axis.TickLabelStyle.FontName = FontName;
            axis.TickLabelStyle.FontSize = NoteSize;
            axis.Label.FontName = FontName;
            axis.Label.FontSize = LabelSize;
            axis.Label.Bold = false;
        }

        return plot;
    }

    /// <summary>A piece of text at a point of a plot, and pixels to the right and down from there.</summary>
    internal static ScottPlot.Plottables.Text Note(this Plot plot, string text, double x, double y, Alignment alignment, Color color, float right = 0, float down = 0)
    {
        ScottPlot.Plottables.Text note = plot.Add.Text(text, x, y);
        note.LabelFontName = FontName;
        note.LabelFontSize = NoteSize;
        note.LabelFontColor = color;
        note.LabelAlignment = alignment;
        (note.OffsetX, note.OffsetY) = (right, down);
        return note;
    }
}
