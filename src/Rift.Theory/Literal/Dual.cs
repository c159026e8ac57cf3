namespace Rift.Theory;

/// <summary>A dual number a + b e with e^2 = 0: a value and its derivative along one direction (forward-mode differentiation; Clifford 1873, Wengert 1964).</summary>
/// <remarks>
/// <para>Every operation carries the derivative by the rules of the calculus, so a function computed in dual numbers at (x, 1) yields f(x) and f'(x), both as accurate as the
/// operations: nothing is truncated. Nested, <c>Dual&lt;Dual&lt;T&gt;&gt;</c> at ((x, 1), (1, 0)) yields f''(x) as the derivative's derivative.</para>
/// <para>Order looks at the value alone; where two values tie, whichever branch is taken decides the derivative. At log 0 the derivative is not a number; a
/// constant negative infinity has derivative 0.</para>
/// </remarks>
/// <param name="Value">a.</param>
/// <param name="Derivative">b.</param>
/// <typeparam name="T">The numbers underneath.</typeparam>
public readonly record struct Dual<T>(T Value, T Derivative) : IReal<Dual<T>>
    where T : struct, IReal<T>
{
    /// <inheritdoc/>
    public double Magnitude => Math.Max(Value.Magnitude, Derivative.Magnitude);

    static Dual<T> IReal<Dual<T>>.FromDouble(double value) => new(T.FromDouble(value), T.Zero);

    static Dual<T> IReal<Dual<T>>.Exp(Dual<T> x)
    {
        T exp = T.Exp(x.Value);
        return new Dual<T>(exp, exp * x.Derivative);
    }

    static Dual<T> IReal<Dual<T>>.Log(Dual<T> x) => new(T.Log(x.Value), x.Derivative / x.Value);

    /// <summary>The value, its derivative dropped.</summary>
    public double ToDouble() => Value.ToDouble();

    /// <inheritdoc/>
    public override string ToString() => $"({Value}, {Derivative})";

    /// <inheritdoc/>
    public static Dual<T> operator +(Dual<T> left, Dual<T> right) => new(left.Value + right.Value, left.Derivative + right.Derivative);

    /// <inheritdoc/>
    public static Dual<T> operator -(Dual<T> left, Dual<T> right) => new(left.Value - right.Value, left.Derivative - right.Derivative);

    /// <inheritdoc/>
    public static Dual<T> operator *(Dual<T> left, Dual<T> right) => new(left.Value * right.Value, (left.Derivative * right.Value) + (left.Value * right.Derivative));

    /// <inheritdoc/>
    public static Dual<T> operator /(Dual<T> left, Dual<T> right)
    {
        T quotient = left.Value / right.Value;
        return new Dual<T>(quotient, (left.Derivative - (quotient * right.Derivative)) / right.Value);
    }

    /// <inheritdoc/>
    public static Dual<T> operator -(Dual<T> value) => new(-value.Value, -value.Derivative);

    /// <inheritdoc/>
    public static bool operator <(Dual<T> left, Dual<T> right) => left.Value < right.Value;

    /// <inheritdoc/>
    public static bool operator >(Dual<T> left, Dual<T> right) => left.Value > right.Value;
}
