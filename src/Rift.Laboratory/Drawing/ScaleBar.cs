namespace Rift.Laboratory;

/// <summary>The colours of a scale with their numbers, beside a picture.</summary>
internal static class ScaleBar
{
    /// <summary>The width that it takes.</summary>
    internal const double Room = 128;

    private const int Steps = 48;

    /// <summary>Draws a bar of a height, its title above.</summary>
    internal static void Draw(SvgText svg, Scene scene, Palette palette, double x, double top, double bottom, double unit)
    {
        double width = 22 * unit, height = bottom - top;
        svg.Rectangle(x, top, width, height, palette.Ground);
        for (int i = 0; i < Steps; i++)
        {
            // Each step reaches to the top and the next ones cover it where nothing shines through: no seams.
            (string colour, double opacity) = scene.Scale.Fill((i + 0.5) / Steps);
            double from = bottom - (height * i / Steps), to = opacity == 1 ? top : bottom - (height * (i + 1) / Steps);
            svg.Rectangle(x, to, width, from - to, colour, opacity);
        }

        foreach (double mark in scene.Scale.Marks())
        {
            double y = bottom - (height * scene.Scale.Place(mark));
            svg.Line([x + width, y, x + width + (6 * unit), y], palette.Muted, 2 * unit);
            svg.Write(NumberText.Brief(mark), x + width + (12 * unit), y + (8 * unit), 24 * unit, palette.Ink);
        }

        svg.Write(scene.Legend, x, top - (16 * unit), 24 * unit, palette.Muted);
    }
}
