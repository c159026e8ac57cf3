using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rift.Cli;

/// <summary>JSON as the commands write it: doubles in round-trip form, and null for a number that JSON does not have.</summary>
internal static class JsonOutput
{
    // Labels are shown to people: a degree sign stays a degree sign. Nothing is pasted into web pages.
    private static readonly JsonWriterOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints a document on standard output.</summary>
    internal static void ToTerminal(Terminal terminal, Action<Utf8JsonWriter> document)
    {
        using MemoryStream stream = new();
        Write(stream, document);
        terminal.Output.Write(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    /// <summary>A property with an array of numbers.</summary>
    internal static void WriteNumbers(this Utf8JsonWriter json, string name, ReadOnlySpan<double> numbers)
    {
        json.WritePropertyName(name);
        json.WriteNumbers(numbers);
    }

    /// <summary>An array of numbers.</summary>
    internal static void WriteNumbers(this Utf8JsonWriter json, ReadOnlySpan<double> numbers)
    {
        json.WriteStartArray();
        foreach (double number in numbers) json.WriteNumberOrNull(number);
        json.WriteEndArray();
    }

    /// <summary>A property that is a number.</summary>
    internal static void WriteNumberOrNull(this Utf8JsonWriter json, string name, double number)
    {
        json.WritePropertyName(name);
        json.WriteNumberOrNull(number);
    }

    /// <summary>A number, or null where it is infinite or not a number.</summary>
    internal static void WriteNumberOrNull(this Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number)) json.WriteNumberValue(number);
        else json.WriteNullValue();
    }

    private static void Write(Stream stream, Action<Utf8JsonWriter> document)
    {
        using (Utf8JsonWriter json = new(stream, _compact)) document(json);
        stream.WriteByte((byte)'\n');
    }
}
