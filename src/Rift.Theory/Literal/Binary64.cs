using System.Globalization;

namespace Rift.Theory;

/// <summary>A double as an <see cref="IReal{T}"/>: about 16 digits, unit roundoff 2^-53.</summary>
/// <param name="Value">The double.</param>
public readonly record struct Binary64(double Value) : IReal<Binary64>
{
    /// <inheritdoc/>
    public double Magnitude => Math.Abs(Value);

    /// <inheritdoc/>
    public static Binary64 FromDouble(double value) => new(value);

    /// <inheritdoc/>
    public static Binary64 Exp(Binary64 x) => new(Math.Exp(x.Value));

    /// <inheritdoc/>
    public static Binary64 Log(Binary64 x) => new(Math.Log(x.Value));

    /// <inheritdoc/>
    public double ToDouble() => Value;

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("R", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public static Binary64 operator +(Binary64 left, Binary64 right) => new(left.Value + right.Value);

    /// <inheritdoc/>
    public static Binary64 operator -(Binary64 left, Binary64 right) => new(left.Value - right.Value);

    /// <inheritdoc/>
    public static Binary64 operator *(Binary64 left, Binary64 right) => new(left.Value * right.Value);

    /// <inheritdoc/>
    public static Binary64 operator /(Binary64 left, Binary64 right) => new(left.Value / right.Value);

    /// <inheritdoc/>
    public static Binary64 operator -(Binary64 value) => new(-value.Value);

    /// <inheritdoc/>
    public static bool operator <(Binary64 left, Binary64 right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator >(Binary64 left, Binary64 right) => left.Value > right.Value;
}
