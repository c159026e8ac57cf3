using System.Numerics;

namespace Rift.Theory;

/// <content>The exponential and the logarithm.</content>
public readonly partial struct DoubleDouble
{
    // log 2 = LogTwoHigh + LogTwoMiddle + LogTwoLow within 2^-130: the first two have 40 bits each, so that their products with an exponent are exact.
    private const double LogTwoHigh = 0.6931471805592082, LogTwoMiddle = 7.371002565166132e-13, LogTwoLow = 1.667085920830552e-25;

    private const int Halvings = 3;

    /// <summary>1/2!, 1/3!, ... 1/15!: at r/8 the next term is below 2^-110 of the sum.</summary>
    private static readonly DoubleDouble[] _inverseFactorials = InverseFactorials();

    /// <summary>e^x, with a relative error of at most 16u^2 = 2e-31; 0 below -745.2, infinity above 709.8.</summary>
    /// <remarks>
    /// e^x = 2^k e^r with |r| at most log(2)/2. r is reduced without loss, for log 2 has three parts. e^r - 1 is Taylor's sum at r/8, then doubled three times by
    /// e^2t - 1 = p (2 + p) for p = e^t - 1.
    /// </remarks>
    public static DoubleDouble Exp(DoubleDouble x)
    {
        if (!(Math.Abs(x.High) < 800)) return Math.Exp(x.High);
        double k = Math.Round(x.High / LogTwoHigh);
        DoubleDouble r = x - (k * LogTwoHigh) - (k * LogTwoMiddle) - (k * LogTwoLow);
        return Scaled(ExpMinusOne(r) + 1.0, (int)k);
    }

    /// <summary>The natural logarithm, with a relative error of at most 16u^2 = 2e-31, also near 1; negative infinity at 0, not a number below.</summary>
    /// <remarks>
    /// x = 2^k m with m between about 0.7 and 1.5. With y = log m in double precision, log m = y + log(1 + z), where z = m e^-y - 1 = (m - 1) + m (e^-y - 1) is of the size of
    /// a roundoff of y: one step of Newton's (Halley's) iteration, without cancellation.
    /// </remarks>
    public static DoubleDouble Log(DoubleDouble x)
    {
        if (!(x.High > 0) || double.IsPositiveInfinity(x.High)) return Math.Log(x.High);
        int k = Math.ILogB(x.High);
        if (Math.ScaleB(x.High, -k) > 1.4142135623730951) k++;
        DoubleDouble m = Scaled(x, -k);
        double y = Math.Log(m.High);
        DoubleDouble z = (m - 1.0) + (m * ExpMinusOne(-y));
        DoubleDouble logM = y + (z - (z * z * 0.5));
        return (k * LogTwoHigh) + ((k * LogTwoMiddle) + ((k * LogTwoLow) + logM));
    }

    /// <summary>e^r - 1 for |r| at most 0.36, small results as accurate as large ones.</summary>
    private static DoubleDouble ExpMinusOne(DoubleDouble r)
    {
        DoubleDouble t = Scaled(r, -Halvings), sum = 0.0;
        for (int n = _inverseFactorials.Length - 1; n >= 0; n--) sum = (sum * t) + _inverseFactorials[n];
        DoubleDouble p = t + (t * t * sum);
        for (int i = 0; i < Halvings; i++) p = (p + p) + (p * p);
        return p;
    }

    /// <summary>2^k x; exact unless bits fall below 2^-1074 or x overflows.</summary>
    private static DoubleDouble Scaled(DoubleDouble x, int k)
    {
        double high = Math.ScaleB(x.High, k);
        return Normalised(high, high, Math.ScaleB(x.Low, k));
    }

    private static DoubleDouble[] InverseFactorials()
    {
        DoubleDouble[] result = new DoubleDouble[14];
        BigInteger factorial = 1;
        for (int n = 0; n < result.Length; n++) result[n] = FromFraction(1, factorial *= n + 2);
        return result;
    }
}
