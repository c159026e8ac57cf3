namespace Rift.Laboratory;

/// <summary>Which number each position of a slider means: whole positions from 0 to <see cref="Positions"/>.</summary>
public sealed class Track
{
    /// <summary>The last position.</summary>
    public const int Positions = 240;

    private readonly Func<double, double> _at, _place;
    private readonly bool _beginsWithZero;

    private Track(Func<double, double> at, Func<double, double> place, bool beginsWithZero) => (_at, _place, _beginsWithZero) = (at, place, beginsWithZero);

    /// <summary>Even steps from a number to a number.</summary>
    public static Track Even(double least, double most) => new(share => least + (share * (most - least)), x => (x - least) / (most - least), false);

    /// <summary>Even factors from a positive number to a number; where zero has a meaning of its own, the first position is zero.</summary>
    public static Track Factors(double least, double most, bool beginsWithZero) =>
        new(share => least * Math.Pow(most / least, share), x => x > 0 ? Math.Log(x / least) / Math.Log(most / least) : 0, beginsWithZero);

    /// <summary>Discounts by the length 1/(1 - gamma) that they mean: even factors of it, from 1 up.</summary>
    public static Track Discounts(double most) => new(share => 1 - Math.Pow(1 - most, share), gamma => Math.Log(1 - gamma) / Math.Log(1 - most), false);

    /// <summary>The number of a position, to three digits (for a discount, of what it lacks of one).</summary>
    public double At(int position)
    {
        if (_beginsWithZero && position <= 0) return 0;
        double x = _at(Math.Clamp((double)position / Positions, 0, 1));
        double distance = x is > 0.5 and < 1 ? 1 - x : Math.Abs(x);
        if (distance == 0) return x;
        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(distance)), 0, 15);
        return Math.Round(x, decimals);
    }

    /// <summary>The position nearest to a number.</summary>
    public int PositionOf(double x)
    {
        if (_beginsWithZero && x <= 0) return 0;
        double place = _place(x);
        return double.IsNaN(place) ? 0 : (int)Math.Round(Math.Clamp(place, 0, 1) * Positions);
    }
}
