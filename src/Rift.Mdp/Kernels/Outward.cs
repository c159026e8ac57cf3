namespace Rift.Mdp;

/// <summary>Arithmetic that errs to one side: every result is at least, or at most, the exact result for the operands given.</summary>
/// <remarks>
/// A correctly rounded operation is off by less than the distance to the next double, so the next double on the chosen side bounds the exact result; each operation
/// here moves its result by at most three unit roundoffs. An operand may itself be a bound wherever the operation does not fall as that operand grows.
/// </remarks>
internal readonly struct Outward
{
    // ln 2 in two parts: the first has 32 bits, so that its product with an exponent of 11 bits is exact; the parts together miss ln 2 by less than 2e-26.
    private const double LogTwoHigh = 0.6931471803691238, LogTwoLow = 1.9082149292705877e-10;

    // e^710 overflows; e^-700 is still a normal number.
    private const double Largest = 709, Smallest = -700;

    private static readonly double[] _inverseFactorials = InverseFactorials(14);

    private readonly bool _upward;

    private Outward(bool upward) => _upward = upward;

    /// <summary>Results are at least the exact ones.</summary>
    internal static Outward Up => new(upward: true);

    /// <summary>Results are at most the exact ones.</summary>
    internal static Outward Down => new(upward: false);

    /// <summary>+1 for up, -1 for down.</summary>
    internal int Sign => _upward ? 1 : -1;

    internal double Add(double x, double y) => Next(x + y);

    internal double Subtract(double x, double y) => Next(x - y);

    internal double Multiply(double x, double y) => Next(x * y);

    internal double Divide(double x, double y) => Next(x / y);

    /// <summary>A bound of e^x, never negative. Within 2^-49 of it relatively for x from -700 to 709.</summary>
    /// <remarks>
    /// x = k ln 2 + f with |f| &lt;= 0.35, and e^f by its Taylor polynomial of degree 13. f is off by at most u: the larger product with k is exact, and two
    /// differences of numbers below 0.36 round. The remainder is below 2 * 0.35^14 / 14! &lt; 0.1 u. A step of Horner's scheme errs by at most 2 u and passes on |f| times
    /// the error so far: 3.1 u in all, 4.5 u relative to e^f &gt;= 0.7. Together that is below 6 u; 16 u are taken.
    /// </remarks>
    internal double Exp(double x)
    {
        if (double.IsNaN(x)) return double.NaN;
        if (x > Largest) return _upward ? double.PositiveInfinity : Exp(Largest);
        if (x < Smallest) return _upward ? Exp(Smallest) : 0;
        double k = Math.Round(x / Math.Log(2)), f = x - (k * LogTwoHigh) - (k * LogTwoLow), sum = 0;
        for (int i = _inverseFactorials.Length - 1; i >= 0; i--) sum = _inverseFactorials[i] + (f * sum);
        return Next(Math.ScaleB(sum, (int)k) * (1 + (Sign * 16 * Rounding.Unit)));
    }

    private double Next(double x) => _upward ? Math.BitIncrement(x) : Math.BitDecrement(x);

    private static double[] InverseFactorials(int count)
    {
        double[] result = new double[count];
        double factorial = 1;
        for (int i = 0; i < count; i++)
        {
            result[i] = 1 / factorial;
            factorial *= i + 1;
        }

        return result;
    }
}
