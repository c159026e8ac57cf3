namespace Rift.Theory;

/// <summary>Error-free transformations: a rounded operation together with its exact error.</summary>
/// <remarks>
/// Exact as long as nothing overflows and, for the product, as long as the error is not below the smallest double: a product of at least 2^-969 in size is safe.
/// The fused multiply-add is IEEE 754's, one rounding, also on machines where it runs in software.
/// </remarks>
internal static class ErrorFree
{
    /// <summary>a + b = Sum + Error exactly, in any order (Knuth 1969, Moller 1965).</summary>
    internal static (double Sum, double Error) TwoSum(double a, double b)
    {
        double sum = a + b, bPart = sum - a;
        return (sum, (a - (sum - bPart)) + (b - bPart));
    }

    /// <summary>a + b = Sum + Error exactly where |a| is at least |b| or a is 0 (Dekker 1971).</summary>
    internal static (double Sum, double Error) FastTwoSum(double a, double b)
    {
        double sum = a + b;
        return (sum, b - (sum - a));
    }

    /// <summary>a b = Product + Error exactly (Kahan; Markstein 1990).</summary>
    internal static (double Product, double Error) TwoProduct(double a, double b)
    {
        double product = a * b;
        return (product, Math.FusedMultiplyAdd(a, b, -product));
    }
}
