using System.Globalization;

namespace Rift.Cli;

/// <summary>A scale of colours from dark blue to bright yellow, in the 256 that terminals have in common: told apart without seeing red and green, and by brightness alone.</summary>
internal static class Colours
{
    // After viridis (Smith and van der Walt 2015), as near as the 256 colours come.
    private static readonly int[] _scale = [53, 54, 24, 30, 36, 41, 148, 226];

    private const int White = 231, Black = 16, Grey = 244, Bright = 4;

    /// <summary>The scale itself.</summary>
    internal static string Scale => string.Concat(_scale.Select((_, i) => On((double)i / (_scale.Length - 1), " ")));

    /// <summary>A text in a grey that can be seen on black as on white.</summary>
    internal static string Faint(string text) => string.Create(CultureInfo.InvariantCulture, $"\e[38;5;{Grey}m{text}\e[0m");

    /// <summary>A text on the colour of a number from 0 to 1; what is below or above has the colour of the end.</summary>
    internal static string On(double share, string text)
    {
        int level = (int)Math.Round(Math.Clamp(share, 0, 1) * (_scale.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"\e[38;5;{(level < Bright ? White : Black)};48;5;{_scale[level]}m{text}\e[0m");
    }
}
