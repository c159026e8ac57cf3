namespace Rift.Laboratory;

/// <summary>Numbers that are easy to read on an axis.</summary>
public static class RoundNumbers
{
    /// <summary>Multiples of 1, 2 or 5 times a power of ten between two numbers, about so many.</summary>
    public static IEnumerable<double> Between(double low, double high, int about)
    {
        double unit = Unit(low, high, about);
        if (!(unit > 0)) yield break;
        for (double k = Math.Ceiling(low / unit); k * unit <= high; k++) yield return k * unit;
    }

    /// <summary>The step between such numbers; 0 where there is no room between the two.</summary>
    public static double Unit(double low, double high, int about)
    {
        if (!(high > low)) return 0;
        double rough = (high - low) / about, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * (rough / power) switch { < 1.5 => 1, < 3.5 => 2, < 7.5 => 5, _ => 10 };
    }
}
