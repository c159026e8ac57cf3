using System.Globalization;

namespace Rift.Models;

/// <summary>An option of a world: its name, its default, and what it may be.</summary>
public sealed class WorldOption
{
    private readonly Func<string, object?> _parse;

    private WorldOption(string name, string standard, string expected, string meaning, Func<string, object?> parse)
    {
        Name = name;
        Default = standard;
        Expected = expected;
        Meaning = meaning;
        _parse = parse;
    }

    /// <summary>The option's name.</summary>
    public string Name { get; }

    /// <summary>The value that it has where it is not given.</summary>
    public string Default { get; }

    /// <summary>What values it may have, in words.</summary>
    public string Expected { get; }

    /// <summary>What it means, in words.</summary>
    public string Meaning { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={Default}";

    internal static WorldOption Integer(string name, int standard, int low, string meaning) => new(
        name, standard.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"an integer of at least {low}"), meaning,
        text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= low ? value : null);

    internal static WorldOption Seed() => new(
        "seed", "0", "an integer of 64 bits", "the seed of the random numbers",
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null);

    internal static WorldOption Number(string name, double standard, string meaning) => Number(name, standard, "a finite number", double.IsFinite, meaning);

    internal static WorldOption Probability(string name, double standard, string meaning) => Number(name, standard, "a probability from 0 to 1", p => p is >= 0 and <= 1, meaning);

    internal static WorldOption Discount(double standard) => Number("discount", standard, "a number of at least 0 and below 1", g => g is >= 0 and < 1, "the discount of a step");

    internal static WorldOption Flag(string name, bool standard, string meaning) => new(
        name, standard ? "true" : "false", "true or false", meaning, text => text switch { "true" => true, "false" => false, _ => null });

    internal static WorldOption Choice(string name, string[] choices, string meaning) => new(
        name, choices[0], string.Join(" or ", choices), meaning, text => choices.Contains(text) ? text : null);

    /// <summary>A map: one of some named ones, or rows joined by slashes.</summary>
    internal static WorldOption Map(string standard, Dictionary<string, IReadOnlyList<string>> named, string characters) => new(
        "map", standard, string.Concat(named.Keys.Select(name => $"{name}, ")) + $"or rows made of {string.Join(' ', characters.ToCharArray())} and joined by /", "the map",
        text => named.TryGetValue(text, out IReadOnlyList<string>? rows) ? rows : text.AsSpan().ContainsAnyExcept(characters + "/") ? null : text.Split('/'));

    /// <summary>The value of a text, or null where it is none.</summary>
    internal object? Parse(string text) => _parse(text);

    private static WorldOption Number(string name, double standard, string expected, Predicate<double> valid, string meaning) => new(
        name, standard.ToString(CultureInfo.InvariantCulture), expected, meaning,
        text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && valid(value) ? value : null);
}
