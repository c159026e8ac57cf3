using System.Text.Json;
using System.Text.Unicode;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>A JSON file in memory, known to be well formed: where every value remembers its place, so that an error can name line and field.</summary>
internal sealed class JsonText
{
    private readonly string _file;
    private readonly byte[] _bytes;

    private JsonText(string file, byte[] bytes)
    {
        _file = file;
        _bytes = bytes;
        if (bytes.AsSpan().StartsWith("\uFEFF"u8)) throw Broken("found a byte order mark", "UTF-8 without one", 1);
        if (!bytes.AsSpan().ContainsAnyExcept(" \t\r\n"u8)) throw Broken("found an empty file", "a JSON object", 1);
        if (!Utf8.IsValid(bytes)) throw Broken("found bytes that are no UTF-8", "UTF-8 text", null);
        RequireWellFormed();
        Root = new JsonValue(this, Blanks(0));
    }

    /// <summary>The file's length in bytes: no size that it declares may exceed it.</summary>
    internal int Length => _bytes.Length;

    /// <summary>The outermost value.</summary>
    internal JsonValue Root { get; }

    /// <summary>Reads a file and checks that it is one well-formed JSON value.</summary>
    /// <exception cref="ModelFormatException">It is not, or it is too long for one array.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal static JsonText Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (new FileInfo(path) is { Exists: true } file && file.Length > Array.MaxLength)
            throw new ModelFormatException(path, FormattableString.Invariant($"found {file.Length} bytes"), FormattableString.Invariant($"at most {Array.MaxLength}"));
        return new JsonText(path, File.ReadAllBytes(path));
    }

    /// <summary>Checks that bytes are one well-formed JSON value.</summary>
    /// <param name="name">What to call them in messages.</param>
    /// <param name="bytes">The bytes, which are kept.</param>
    /// <exception cref="ModelFormatException">They are not.</exception>
    internal static JsonText Of(string name, byte[] bytes) => new(name, bytes);

    /// <summary>An error at a byte of the file.</summary>
    internal ModelFormatException Error(int at, string found, string expected) =>
        new(_file, found, expected, 1 + _bytes.AsSpan(0, at).Count((byte)'\n'), FieldAt(at));

    /// <summary>An error of the model that the file holds, which no single byte is to blame for.</summary>
    internal ModelFormatException Error(string? field, string found, string expected, Exception? inner = null) => new(_file, found, expected, null, field, inner);

    /// <summary>What is wrong with the model, or with a named part of it, as an error of the file.</summary>
    internal ModelFormatException Error(InvalidModelException e, string? part = null)
    {
        string? place = (e.State, e.Action) switch
        {
            (null, _) => null,
            (int s, null) => FormattableString.Invariant($"state {s}"),
            (int s, int a) => FormattableString.Invariant($"state {s}, action {a}"),
        };
        return Error(part is null ? place : place is null ? part : $"{part}, {place}", e.Found, e.Expected, e);
    }

    /// <summary>A member that must be there.</summary>
    internal JsonValue Required(Dictionary<string, JsonValue> members, string name) =>
        members.TryGetValue(name, out JsonValue value) ? value : throw Error(name, "found no such key", "it, for it is required");

    /// <summary>Refuses a file that is of another format than the one named.</summary>
    internal void RequireFormat(string name)
    {
        JsonValue format = Required(Root.UniqueMembers("a JSON object"), "format");
        if (format.String() != name) throw format.Error($"\"{name}\"");
    }

    /// <summary>The bytes from a place on.</summary>
    internal ReadOnlySpan<byte> From(int at) => _bytes.AsSpan(at);

    /// <summary>The first place from here on that is no white space.</summary>
    internal int Blanks(int at)
    {
        int blanks = _bytes.AsSpan(at).IndexOfAnyExcept(" \t\r\n"u8);
        return blanks < 0 ? _bytes.Length : at + blanks;
    }

    // The way from the root to the value that holds the byte, walked only when there is an error to report.
    private string FieldAt(int at)
    {
        string field = "";
        JsonValue value = Root;
        while (true)
        {
            if (value.Kind == JsonTokenType.StartObject && value.RawMembers().LastOrDefault(m => m.Value.Start <= at) is { Name: { } name } member && at < member.Value.End)
            {
                field += field.Length == 0 ? OneLine(name) : $".{OneLine(name)}";
                value = member.Value;
            }
            else if (value.Kind == JsonTokenType.StartArray && value.Items().Index().LastOrDefault(i => i.Item.Start <= at) is { Item.IsDefined: true } item && at < item.Item.End)
            {
                field += FormattableString.Invariant($"[{item.Index}]");
                value = item.Item;
            }
            else
            {
                return field;
            }
        }
    }

    /// <summary>A name from the file as a message can show it: on one line, and not endless.</summary>
    internal static string OneLine(string name)
    {
        string shown = name.Length > 60 ? name[..60] + "..." : name;
        return string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c));
    }

    private void RequireWellFormed()
    {
        Utf8JsonReader reader = new(_bytes);
        try
        {
            while (reader.Read())
            {
                // A name or string may be well-formed JSON and no text: half of a surrogate pair, escaped.
                if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String && reader.ValueIsEscaped) reader.GetString();
            }
        }
        catch (JsonException e)
        {
            string what = e.Message[..e.Message.LastIndexOf(" LineNumber", StringComparison.Ordinal)].TrimEnd('.');
            throw Broken($"found broken JSON ({what})", "well-formed JSON", (int)(e.LineNumber ?? 0) + 1, e);
        }
        catch (InvalidOperationException)
        {
            throw Error((int)reader.TokenStartIndex, "found half of a surrogate pair", "text");
        }
    }

    private ModelFormatException Broken(string found, string expected, int? line, Exception? inner = null) => new(_file, found, expected, line, null, inner);
}
