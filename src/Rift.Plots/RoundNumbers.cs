namespace Rift.Plots;

/// <summary>Marks of a linear scale: multiples of 1, 2 or 5 times a power of ten.</summary>
internal static class RoundNumbers
{
    /// <summary>The round numbers of a range, about so many of them, with their labels; its only number where the range is empty.</summary>
    public static IEnumerable<(double Mark, string Label)> Within(double least, double greatest, int about)
    {
        if (!(greatest > least)) return [(least, NumberText.Rounded(least, 0))];
        double unit = Unit((greatest - least) / Math.Max(1, about));
        long first = (long)Math.Ceiling((least / unit) - Slack), last = (long)Math.Floor((greatest / unit) + Slack);
        return Enumerable.Range(0, (int)(last - first + 1)).Select(i => ((first + i) * unit, NumberText.Rounded((first + i) * unit, unit)));
    }

    private const double Slack = 1e-9; // an end that is round up to rounding counts

    /// <summary>1, 2 or 5 times a power of ten, near a number.</summary>
    private static double Unit(double rough)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }
}
