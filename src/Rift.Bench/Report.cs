using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rift.Bench;

/// <summary>The result of a plain mode: names and values, printed for people or as one line of JSON.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions _json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, object?> _entries = [];

    /// <summary>Adds a number, a text or null for what is not known.</summary>
    internal Report With(string name, object? value)
    {
        _entries.Add(name, value);
        return this;
    }

    /// <summary>Prints the entries in the order they were added.</summary>
    internal void Print(TextWriter output, bool json) =>
        output.WriteLine(json
            ? JsonSerializer.Serialize(_entries, _json)
            : string.Join(", ", _entries.Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Key} {entry.Value ?? "unknown"}"))));
}
