using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>One double on a machine that cannot multiply and add in one operation.</summary>
internal readonly unsafe struct UnfusedLane : ILanes<double>
{
    public static int Count => 1;

    public static double Create(double x) => x;

    public static double Load(double* source) => ScalarLane.Load(source);

    public static void Store(double* target, double x) => ScalarLane.Store(target, x);

    public static double Gather(double* values, int* indices) => ScalarLane.Gather(values, indices);

    public static void LoadTable(double* table, out double first, out double second) => ScalarLane.LoadTable(table, out first, out second);

    public static double Decode(double first, double second, double* table, byte* codes) => ScalarLane.Decode(first, second, table, codes);

    public static double LoadStrided(double* source, int stride) => ScalarLane.LoadStrided(source, stride);

    public static double Add(double x, double y) => x + y;

    public static double Subtract(double x, double y) => x - y;

    public static double Multiply(double x, double y) => x * y;

    public static double Divide(double x, double y) => x / y;

    public static double MultiplyAdd(double x, double y, double z) => (x * y) + z;

    public static double Max(double x, double y) => ScalarLane.Max(x, y);

    public static double Min(double x, double y) => ScalarLane.Min(x, y);

    public static double ScaleByLowBits(double x, double shifted) => ScalarLane.ScaleByLowBits(x, shifted);

    public static double Split(double x, out double exponent) => ScalarLane.Split(x, out exponent);

    public static double SmallestOf(double x) => x;

    public static double LargestOf(double x) => x;
}
