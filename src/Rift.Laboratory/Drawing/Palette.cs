namespace Rift.Laboratory;

/// <summary>The colours of a theme. Pictures carry them in every mark, so what is saved looks like what is seen.</summary>
public sealed record Palette
{
    /// <summary>Dark on white.</summary>
    public static Palette Light { get; } = new() { Paper = "#ffffff", Ink = "#1d2327", Muted = "#5b6670", Rule = "#d9dee2", Ground = "#eef1f3", Wall = "#4a5359", WallInk = "#ffffff" };

    /// <summary>Light on black.</summary>
    public static Palette Dark { get; } = new() { Paper = "#15191c", Ink = "#e8ecef", Muted = "#9aa6af", Rule = "#39424a", Ground = "#252c31", Wall = "#5f6b73", WallInk = "#e8ecef" };

    /// <summary>The ground of a picture.</summary>
    public required string Paper { get; init; }

    /// <summary>Text and marks.</summary>
    public required string Ink { get; init; }

    /// <summary>Text that stands back.</summary>
    public required string Muted { get; init; }

    /// <summary>Axes and edges.</summary>
    public required string Rule { get; init; }

    /// <summary>A cell or state without a colour of its own.</summary>
    public required string Ground { get; init; }

    /// <summary>A wall.</summary>
    public required string Wall { get; init; }

    /// <summary>What is written on a wall.</summary>
    public required string WallInk { get; init; }

    /// <summary>Less than nothing, and the first series (Okabe and Ito 2008).</summary>
    public const string Blue = "#0072b2";

    /// <summary>More than nothing, and emergency stops (Okabe and Ito 2008).</summary>
    public const string Vermilion = "#d55e00";
}
