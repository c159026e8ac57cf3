namespace Rift.Laboratory;

/// <summary>A scene as SVG.</summary>
public static class Picture
{
    /// <summary>Draws a scene.</summary>
    /// <param name="scene">What is shown.</param>
    /// <param name="board">Where its states are.</param>
    /// <param name="palette">The colours of the theme.</param>
    public static string Of(Scene scene, Board board, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(palette);
        return board.Grid is null ? new GraphPicture(scene, board, palette).Draw() : new MapPicture(scene, board, palette).Draw();
    }

    /// <summary>The scale of colours of a scene by itself, for pictures that share it.</summary>
    /// <param name="scene">One of the scenes.</param>
    /// <param name="palette">The colours of the theme.</param>
    public static string ScaleOf(Scene scene, Palette palette)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(palette);
        const double Top = 46, Height = 560;
        SvgText svg = new(ScaleBar.Room, Top + Height + 12, palette.Paper, $"The scale of {scene.Legend}");
        ScaleBar.Draw(svg, scene, palette, 2, Top, Top + Height, 1);
        return svg.ToString();
    }
}
