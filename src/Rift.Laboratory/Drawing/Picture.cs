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
}
