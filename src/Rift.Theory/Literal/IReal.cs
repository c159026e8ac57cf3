using System.Numerics;

namespace Rift.Theory;

/// <summary>The few operations of the real numbers that the equations of the paper need, so that each is written once and runs in any precision.</summary>
/// <remarks>
/// <para>The default value of an implementing type is zero. Infinities follow IEEE 754: log 0 = -inf, exp(-inf) = 0; the product 0 log 0 is left to the equations.</para>
/// <para>Implemented by <see cref="Binary64"/> (16 digits), <see cref="DoubleDouble"/> (31 digits) and, over any of them, <see cref="Dual{T}"/> (with a derivative).</para>
/// </remarks>
/// <typeparam name="T">The type itself.</typeparam>
public interface IReal<T> : IAdditionOperators<T, T, T>, ISubtractionOperators<T, T, T>, IMultiplyOperators<T, T, T>, IDivisionOperators<T, T, T>, IUnaryNegationOperators<T, T>
    where T : struct, IReal<T>
{
    /// <summary>0.</summary>
    static virtual T Zero => default;

    /// <summary>1.</summary>
    static virtual T One => T.FromDouble(1);

    /// <summary>The number equal to a double: no rounding.</summary>
    /// <param name="value">The double.</param>
    static abstract T FromDouble(double value);

    /// <summary>e^x.</summary>
    /// <param name="x">The number.</param>
    static abstract T Exp(T x);

    /// <summary>The natural logarithm; negative infinity at 0, not a number below.</summary>
    /// <param name="x">The number.</param>
    static abstract T Log(T x);

    /// <summary>Order; false where either is not a number.</summary>
    static abstract bool operator <(T left, T right);

    /// <summary>Order; false where either is not a number.</summary>
    static abstract bool operator >(T left, T right);

    /// <summary>The double nearest to the number.</summary>
    double ToDouble();

    /// <summary>How large the number is, to double precision: |x|, and for a dual number the largest of all its parts.</summary>
    double Magnitude { get; }
}
