using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rift.Models;

/// <summary>A value in a <see cref="JsonText"/>, read when asked for; every refusal names its place.</summary>
internal readonly struct JsonValue
{
    private readonly JsonText? _text;

    /// <summary>The value that begins at a byte.</summary>
    internal JsonValue(JsonText text, int start)
    {
        _text = text;
        Start = start;
        Utf8JsonReader reader = Reader();
        Kind = reader.TokenType;
        reader.Skip();
        End = start + (int)reader.BytesConsumed;
    }

    /// <summary>Whether there is a value: false for the default of this type, which stands for an absent member.</summary>
    internal bool IsDefined => _text is not null;

    /// <summary>What kind of value it is.</summary>
    internal JsonTokenType Kind { get; }

    /// <summary>The value's first byte.</summary>
    internal int Start { get; }

    /// <summary>The byte behind the value.</summary>
    internal int End { get; }

    /// <summary>Where it stands.</summary>
    internal JsonText Text => _text!;

    /// <summary>The value as it is written, shortened where it is long.</summary>
    internal string Written => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        _ when End - Start > 60 => Encoding.UTF8.GetString(Text.From(Start)[..40]).TrimEnd('\uFFFD') + "...",
        _ => Encoding.UTF8.GetString(Text.From(Start)[..(End - Start)]),
    };

    /// <summary>An error at this value.</summary>
    internal ModelFormatException Error(string expected) => Error($"found {Written}", expected);

    /// <summary>An error at this value, in other words.</summary>
    internal ModelFormatException Error(string found, string expected) => Text.Error(Start, found, expected);

    /// <summary>A finite number.</summary>
    internal double Number(string expected = "a finite number")
    {
        if (Kind != JsonTokenType.Number) throw Error(expected);
        double value = Reader().GetDouble();
        return double.IsFinite(value) ? value : throw Error(expected);
    }

    /// <summary>A finite number that is not negative.</summary>
    internal double NonNegative(string expected)
    {
        double value = Number(expected);
        return value >= 0 ? value : throw Error(expected);
    }

    /// <summary>An integer in a range.</summary>
    internal int Integer(int low, int high, string what = "an integer") =>
        Kind == JsonTokenType.Number && Reader().TryGetInt32(out int value) && value >= low && value <= high
            ? value
            : throw Error(string.Create(CultureInfo.InvariantCulture, $"{what} from {low} to {high}"));

    /// <summary>True or false.</summary>
    internal bool Boolean() => Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Error("true or false"),
    };

    /// <summary>A string.</summary>
    internal string String(string expected = "a string") => Kind == JsonTokenType.String ? Reader().GetString()! : throw Error(expected);

    /// <summary>The items of an array, in order.</summary>
    internal IEnumerable<JsonValue> Items(string expected = "an array")
    {
        if (Kind != JsonTokenType.StartArray) throw Error(expected);
        return Walk();
    }

    /// <summary>The items of an array of a given length.</summary>
    internal JsonValue[] Items(int count, string expected)
    {
        JsonValue[] items = [.. Items(expected).Take(count + 1)];
        return items.Length == count ? items : throw Error(items.Length > count ? $"found an array of more than {count}" : $"found an array of {items.Length}", expected);
    }

    /// <summary>The members of an object; each name once, and only known names unless they begin with <c>x-</c>.</summary>
    internal Dictionary<string, JsonValue> Members(params ReadOnlySpan<string> known)
    {
        Dictionary<string, JsonValue> members = UniqueMembers();
        foreach ((string name, JsonValue value) in members)
            if (!name.StartsWith("x-", StringComparison.Ordinal) && !known.Contains(name))
                throw value.Error("found an unknown key", $"one of {string.Join(", ", known.ToArray())}, or a key that begins with x-");
        return members;
    }

    /// <summary>The members of an object whose names are data; each name once.</summary>
    internal Dictionary<string, JsonValue> UniqueMembers(string expected = "an object")
    {
        if (Kind != JsonTokenType.StartObject) throw Error(expected);
        Dictionary<string, JsonValue> members = new(StringComparer.Ordinal);
        foreach ((string name, JsonValue value) in RawMembers())
            if (!members.TryAdd(name, value)) throw value.Error("found the key a second time", "it once");
        return members;
    }

    /// <summary>The members of an object as they stand there, in order.</summary>
    internal IEnumerable<(string Name, JsonValue Value)> RawMembers()
    {
        for (int at = Text.Blanks(Start + 1); at < End - 1; at = Next(at))
        {
            (string name, at) = NameAt(at);
            JsonValue value = new(Text, at);
            yield return (name, value);
            at = value.End;
        }
    }

    private IEnumerable<JsonValue> Walk()
    {
        for (int at = Text.Blanks(Start + 1); at < End - 1; at = Next(at))
        {
            JsonValue item = new(Text, at);
            yield return item;
            at = item.End;
        }
    }

    // The text is known to be well formed: behind a value come blanks, then a comma or the end.
    private int Next(int at)
    {
        at = Text.Blanks(at);
        return at < End - 1 ? Text.Blanks(at + 1) : at;
    }

    private (string Name, int Value) NameAt(int at)
    {
        JsonValue name = new(Text, at);
        return (name.String(), Text.Blanks(Text.Blanks(name.End) + 1));
    }

    private Utf8JsonReader Reader()
    {
        Utf8JsonReader reader = new(Text.From(Start));
        reader.Read();
        return reader;
    }
}
