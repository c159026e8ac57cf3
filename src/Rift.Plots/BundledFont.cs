using ScottPlot;
using SkiaSharp;

namespace Rift.Plots;

/// <summary>DejaVu Sans from the assembly's own resources: a machine without fonts would otherwise draw every label blank, and each machine another one.</summary>
internal sealed class BundledFont : IFontResolver
{
    private readonly SKTypeface _regular = Load("DejaVuSans.ttf");
    private readonly SKTypeface _bold = Load("DejaVuSans-Bold.ttf");

    /// <summary>The name by which plots ask for the font: one of its own, so that a DejaVu of the machine, of whatever version, never comes in its place.</summary>
    public const string Name = "Rift Sans";

    /// <summary>The family that the font belongs to, by which SVG files name it.</summary>
    public const string Family = "DejaVu Sans";

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) => CreateTypeface(fontName, weight >= FontWeight.SemiBold, slant != FontSlant.Upright);

    /// <inheritdoc/>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => fontName != Name ? null : bold ? _bold : _regular;

    private static SKTypeface Load(string resource)
    {
        using Stream stream = typeof(BundledFont).Assembly.GetManifestResourceStream(resource)!;
        return SKTypeface.FromStream(stream);
    }
}
