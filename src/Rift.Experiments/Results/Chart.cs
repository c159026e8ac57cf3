namespace Rift.Experiments;

/// <summary>A picture as data: panels in rows, each with lines over a quantity or over named places.</summary>
/// <param name="Name">The name of its file, without an extension.</param>
/// <param name="Title">What is shown.</param>
/// <param name="Subtitle">The parameters, and what the bands are.</param>
/// <param name="Rows">The panels, row by row; rows have equally many.</param>
public sealed record Chart(string Name, string Title, string Subtitle, IReadOnlyList<IReadOnlyList<ChartPanel>> Rows);

/// <summary>One panel of a chart.</summary>
/// <param name="Title">What stands above it; may be empty.</param>
/// <param name="Across">What the horizontal axis shows.</param>
/// <param name="Upward">What the vertical axis shows.</param>
public sealed record ChartPanel(string Title, string Across, string Upward)
{
    /// <summary>The names of the places 0, 1, ... of the horizontal axis; null where it is an axis of numbers, logarithmic unless <see cref="IsLinearAcross"/>.</summary>
    public IReadOnlyList<string>? Places { get; init; }

    /// <summary>Whether the horizontal axis of numbers is linear, from the least to the largest shown.</summary>
    public bool IsLinearAcross { get; init; }

    /// <summary>The lower end of the vertical axis, where it is not logarithmic. Default: 0.</summary>
    public double Bottom { get; init; }

    /// <summary>The upper end of the vertical axis, where it is not logarithmic. Default: 1.</summary>
    public double Top { get; init; } = 1;

    /// <summary>Whether the vertical axis is logarithmic, from the least to the largest number shown.</summary>
    public bool IsLogUpward { get; init; }

    /// <summary>Whether lines join the points: not where places have no order.</summary>
    public bool HasLines { get; init; } = true;

    /// <summary>The lines, each named at its right end.</summary>
    public required IReadOnlyList<ChartSeries> Series { get; init; }

    /// <summary>Heights that do not depend on the horizontal axis.</summary>
    public IReadOnlyList<ChartLevel> Levels { get; init; } = [];
}

/// <summary>A line with a band.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Points">The points, from left to right.</param>
public sealed record ChartSeries(string Name, ChartColor Color, IReadOnlyList<ChartPoint> Points);

/// <summary>A point of a line.</summary>
/// <param name="X">The quantity, or the number of the place.</param>
/// <param name="Y">The mean.</param>
/// <param name="Low">The lower end of the band.</param>
/// <param name="High">The upper end.</param>
public readonly record struct ChartPoint(double X, double Y, double Low, double High)
{
    /// <summary>A point without a band.</summary>
    /// <param name="x">Where it stands on the axis.</param>
    /// <param name="y">Its height.</param>
    public ChartPoint(double x, double y)
        : this(x, y, y, y)
    {
    }

    /// <summary>The share of the seeds below a band, and above it.</summary>
    public const double Tail = 0.1;

    /// <summary>The mean of a sample, and the band between its tenth and ninetieth percentile.</summary>
    /// <param name="x">Where it stands on the axis.</param>
    /// <param name="sample">The numbers by seed.</param>
    public static ChartPoint Of(double x, Sample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return new ChartPoint(x, sample.Mean, sample.Quantile(Tail), sample.Quantile(1 - Tail));
    }
}

/// <summary>A height that does not depend on the horizontal axis, drawn as a dashed line.</summary>
/// <param name="Name">What stands beside it.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Y">The height.</param>
public sealed record ChartLevel(string Name, ChartColor Color, double Y);

/// <summary>Colours by what they stand for; the colour-blind can tell them apart.</summary>
public enum ChartColor
{
    /// <summary>What stands back: the prior, the expert.</summary>
    Muted,

    /// <summary>RIFT, or the first of several.</summary>
    Blue,

    /// <summary>RLIF, or the second.</summary>
    Vermilion,

    /// <summary>The third.</summary>
    Green,

    /// <summary>The fourth.</summary>
    Purple,

    /// <summary>The fifth.</summary>
    Orange,
}
