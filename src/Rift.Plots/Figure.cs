using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using ScottPlot;
using SkiaSharp;

namespace Rift.Plots;

/// <summary>A finished picture: a title, a line below it, and one plot or several, side by side and in rows.</summary>
/// <remarks>The same figure gives the same bytes each time, on every machine with the same version of SkiaSharp. Not safe to draw from two threads at once.</remarks>
public sealed class Figure
{
    /// <summary>The pixels above the plots, where title and subtitle stand.</summary>
    internal const int HeaderHeight = 62;

    /// <summary>The pixels between a panel's edge and its plot, on the left, on the right and below.</summary>
    internal const int PanelInset = 8;

    private const int Margin = 16;
    private readonly IReadOnlyList<IReadOnlyList<Panel>> _rows;

    internal Figure(string title, string subtitle, int width, int height, params IReadOnlyList<Panel> panels)
        : this(title, subtitle, width, height, [panels])
    {
    }

    /// <summary>A figure of rows of equal height.</summary>
    internal Figure(string title, string subtitle, int width, int height, IReadOnlyList<IReadOnlyList<Panel>> rows)
    {
        Title = title;
        Subtitle = subtitle;
        Width = width;
        Height = height;
        _rows = rows;
    }

    /// <summary>A plot and its share of the figure's width.</summary>
    internal readonly record struct Panel(Plot Plot, double Share);

    /// <summary>What is shown.</summary>
    public string Title { get; }

    /// <summary>The parameters and the numbers to remember.</summary>
    public string Subtitle { get; }

    /// <summary>The width at scale 1, in pixels.</summary>
    public int Width { get; }

    /// <summary>The height at scale 1, in pixels.</summary>
    public int Height { get; }

    /// <summary>Writes the figure to a file, completely or not at all.</summary>
    /// <param name="path">Where to; the extension says the format: <c>.png</c> or <c>.svg</c>, in any case.</param>
    /// <param name="scale">For PNG, the pixels of the file for each pixel of the figure, positive; 2 is sharp on screens and in print. SVG has no use for it.</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive, or the picture would be larger than 32,767 pixels.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, double scale = 2)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string extension = Path.GetExtension(path);
        byte[] bytes = extension.ToUpperInvariant() switch
        {
            ".PNG" => ToPng(scale),
            ".SVG" => Encoding.UTF8.GetBytes(ToSvg()),
            _ => throw new ArgumentException($"found the extension \"{extension}\" in {path}, expected .png or .svg", nameof(path)),
        };

        string unfinished = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            File.WriteAllBytes(unfinished, bytes);
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>Writes the figure to a place beside the source file that asks for it, whatever the working directory: for notebooks.</summary>
    /// <param name="path">Where to, relative to the folder of the source file; folders that are missing are made. The extension says the format, as for <see cref="Save"/>.</param>
    /// <param name="scale">As for <see cref="Save"/>.</param>
    /// <param name="source">The source file; the compiler fills it in. A build that maps source paths away, as continuous integration builds do, has no such place.</param>
    /// <exception cref="ArgumentException">The extension is another one.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void SaveBeside(string path, double scale = 2, [CallerFilePath] string source = "")
    {
        string full = Path.GetFullPath(path, Path.GetDirectoryName(source)!);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        Save(full, scale);
    }

    /// <summary>The figure as the bytes of a PNG file.</summary>
    /// <param name="scale">Pixels of the file for each pixel of the figure, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive, or the picture would be larger than 32,767 pixels.</exception>
    public byte[] ToPng(double scale = 2)
    {
        const int LargestSide = 32_767;
        double side = Math.Max(Width, Height) * scale;
        if (!(scale > 0) || !(side <= LargestSide) || !(Math.Min(Width, Height) * scale >= 1))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, string.Create(CultureInfo.InvariantCulture, $"expected a scale that makes {Width} x {Height} pixels at least 1 and at most {LargestSide} on each side"));
        using SKSurface surface = SKSurface.Create(new SKImageInfo((int)Math.Round(Width * scale), (int)Math.Round(Height * scale)));
        surface.Canvas.Scale((float)scale);
        Draw(surface.Canvas);
        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>The figure as an SVG document. Text stays text, in DejaVu Sans or what the reader's machine has in its place.</summary>
    public string ToSvg()
    {
        using MemoryStream stream = new();
        using (SKCanvas canvas = SKSvgCanvas.Create(new SKRect(0, 0, Width, Height), stream)) Draw(canvas);
        return SvgDocument.Of(Encoding.UTF8.GetString(stream.ToArray()), this);
    }

    private void Draw(SKCanvas canvas)
    {
        canvas.Clear(SKColors.White);
        using Paint paint = Paint.NewDisposablePaint();
        TitleText(Title).Render(canvas, new Pixel(Margin, 12), paint);
        SubtitleText(Subtitle).Render(canvas, new Pixel(Margin, 35), paint);

        // ScottPlot settles ticks and layout in passes of its own. They are drawn nowhere: every mark would be there twice.
        using SKNoDrawCanvas nowhere = new(Width, Height);
        double rowHeight = (double)(Height - PanelInset - HeaderHeight) / _rows.Count;
        for (int row = 0; row < _rows.Count; row++)
        {
            double left = 0, top = HeaderHeight + (row * rowHeight);
            foreach (Panel panel in _rows[row])
            {
                double right = left + (panel.Share * Width);
                PixelRect area = new((float)left + PanelInset, (float)right - PanelInset, (float)(top + rowHeight), (float)top);
                panel.Plot.Render(nowhere, area);
                panel.Plot.RenderManager.ClearCanvasBeforeEachRender = false;
                panel.Plot.RenderManager.Render(canvas, area);
                left = right;
            }
        }
    }

    /// <summary>The width that a title and a subtitle need.</summary>
    internal static int HeaderWidth(string title, string subtitle)
    {
        using Paint paint = Paint.NewDisposablePaint();
        double text = Math.Max(TitleText(title).Measure(title, paint).Width, SubtitleText(subtitle).Measure(subtitle, paint).Width);
        return (int)Math.Ceiling(text) + (2 * Margin);
    }

    private static LabelStyle TitleText(string text) => Text(text, HouseStyle.TitleSize, bold: true, HouseStyle.Ink);

    private static LabelStyle SubtitleText(string text) => Text(text, HouseStyle.LabelSize, bold: false, HouseStyle.Muted);

    private static LabelStyle Text(string text, float size, bool bold, Color color) =>
        new() { Text = text, FontName = HouseStyle.FontName, FontSize = size, Bold = bold, ForeColor = color, Alignment = Alignment.UpperLeft };
}
