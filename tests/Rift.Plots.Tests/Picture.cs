using SkiaSharp;

namespace Rift.Plots.Tests;

/// <summary>A PNG file read back.</summary>
internal static class Picture
{
    private static readonly byte[] _signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static SKBitmap Decode(byte[] png)
    {
        Assert.That(png.AsSpan(0, 8).ToArray(), Is.EqualTo(_signature));
        return SKBitmap.Decode(png);
    }

    public static int Colours(SKBitmap bitmap) => bitmap.Pixels.Distinct().Count();

    /// <summary>The number of pixels of one colour.</summary>
    public static int Count(SKBitmap bitmap, ScottPlot.Color color) => bitmap.Pixels.Count(pixel => pixel == color.ToSKColor());

    /// <summary>The colour in the middle of a cell of a grid world of 88-pixel cells, a little off the arrows.</summary>
    public static SKColor Cell(SKBitmap bitmap, int row, int column) => bitmap.GetPixel(16 + (88 * column) + 12, 82 + (88 * row) + 62);
}
