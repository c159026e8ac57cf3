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

        double[] marks = [.. scene.Scale.Marks()];
        // Marks of powers of ten have no common unit, and each says itself.
        double apart = marks.Length > 1 && Math.Abs(marks[1] - marks[0] - (marks[^1] - marks[^2])) < 1e-9 * Math.Abs(marks[1] - marks[0]) ? marks[1] - marks[0] : 0;
        foreach (double mark in marks)
        {
            double y = bottom - (height * scene.Scale.Place(mark));
            svg.Line([x + width, y, x + width + (6 * unit), y], palette.Muted, 2 * unit);
            svg.Write(NumberText.Mark(mark, apart), x + width + (12 * unit), y + (7 * unit), 21 * unit, palette.Ink);
        }

        svg.Write(scene.Legend, x, top - (14 * unit), 21 * unit, palette.Muted);
    }
}
