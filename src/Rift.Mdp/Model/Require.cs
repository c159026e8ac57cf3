using System.Globalization;
using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>The checks at the border of the library: each names the parameter, what was found and what was expected.</summary>
internal static class Require
{
    internal static T NotNull<T>(T? value, [CallerArgumentExpression(nameof(value))] string? name = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value, name);
        return value;
    }

    internal static int Positive(int value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "found a number below 1, expected at least 1");

    /// <summary>The number of state-action pairs, if one array can hold a number for each.</summary>
    internal static int Pairs(int states, int actions)
    {
        long pairs = (long)Positive(states, nameof(states)) * Positive(actions, nameof(actions));
        return pairs <= Array.MaxLength
            ? (int)pairs
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {states} states with {actions} actions, expected at most {Array.MaxLength} pairs"), nameof(states));
    }

    internal static double Positive(double value, string name) =>
        value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "expected a positive finite number");

    internal static double NotNegative(double value, string name) =>
        value >= 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "expected a finite number, zero or more");

    internal static double Finite(double value, string name) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "expected a finite number");

    internal static double Discount(double value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "expected a discount of at least 0 and below 1");

    internal static void Length(int found, long expected, string name)
    {
        if (found != expected)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {found} entries, expected {expected}"), name);
    }

    internal static void SameShape(StateActionTable found, StateActionTable expected, string name) =>
        Shape(found, expected.States, expected.Actions, name);

    internal static void Shape(StateActionTable found, int states, int actions, string name)
    {
        if (found.States != states || found.Actions != actions)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"found a {found.States} x {found.Actions} table, expected {states} x {actions}"), name);
    }

    internal static void Index(int index, int count, string name)
    {
        if ((uint)index >= (uint)count)
            throw new ArgumentOutOfRangeException(name, index, string.Create(CultureInfo.InvariantCulture, $"expected 0 to {count - 1}"));
    }
}
