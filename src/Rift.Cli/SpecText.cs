using System.Globalization;

namespace Rift.Cli;

/// <summary>A choice with numbers behind it, as <c>--prior</c> and <c>--intervention</c> have it: <c>name</c> or <c>name:number,number</c>.</summary>
/// <param name="Option">The option it was given to, for messages.</param>
/// <param name="Text">What was given.</param>
internal sealed record SpecText(string Option, string Text)
{
    /// <summary>What stands before the first colon.</summary>
    internal string Name => Text.Split(':', 2)[0];

    /// <summary>What stands behind the first colon, or null where there is none.</summary>
    internal string? Rest => Text.Split(':', 2) is [_, string rest] ? rest : null;

    /// <summary>The numbers, as many as the form says.</summary>
    /// <param name="form">How it is written, such as <c>softmax:TAU,EPSILON</c>.</param>
    /// <exception cref="InputException">There are more or fewer.</exception>
    internal string[] Parts(string form)
    {
        string[] expected = form.Split(':') is [_, string names] ? names.Split(',') : [], found = Rest?.Split(',') ?? [];
        return found.Length == expected.Length ? found : throw Refusal(form);
    }

    /// <summary>A number.</summary>
    /// <param name="text">How it is written.</param>
    /// <param name="name">What it is called in the form.</param>
    /// <param name="isValid">Which finite numbers are.</param>
    /// <param name="expected">The same in words.</param>
    internal double Number(string text, string name, Func<double, bool> isValid, string expected) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && isValid(number)
            ? number
            : throw new InputException($"{Option}: {name}: found '{text}' in '{Text}', expected {expected}");

    internal double Positive(string text, string name) => Number(text, name, x => x > 0, "a positive finite number");

    internal double NotNegative(string text, string name) => Number(text, name, x => x >= 0, "a finite number, 0 or more");

    internal double Probability(string text, string name) => Number(text, name, x => x is >= 0 and <= 1, "a number from 0 to 1");

    internal int WholeNumber(string text, string name, int most = int.MaxValue) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= most
            ? number
            : throw new InputException($"{Option}: {name}: found '{text}' in '{Text}', expected a whole number from 0 to {most}");

    internal InputException Refusal(string expected) => new($"{Option}: found '{Text}', expected {expected}");
}
