using System.Globalization;

namespace Rift.Models;

/// <summary>A file does not hold what its format promises: says where, what was found and what was expected.</summary>
public sealed class ModelFormatException : FormatException
{
    /// <summary>A file that is wrong at a place.</summary>
    /// <param name="file">The file's path as it was given.</param>
    /// <param name="found">What was found.</param>
    /// <param name="expected">What was expected instead.</param>
    /// <param name="line">The line, counted from 1, or null where the whole file is concerned.</param>
    /// <param name="field">The field, such as <c>pairs[3].next[0][1]</c>, or a state and action, or null.</param>
    /// <param name="inner">What was thrown first, or null.</param>
    public ModelFormatException(string file, string found, string expected, int? line = null, string? field = null, Exception? inner = null)
        : base($"{file}: {Where(line, field)}{found}, expected {expected}", inner)
    {
        File = file;
        Found = found;
        Expected = expected;
        Line = line;
        Field = field;
    }

    /// <summary>The file's path as it was given.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, or null where the whole file is concerned.</summary>
    public int? Line { get; }

    /// <summary>The field concerned, or null.</summary>
    public string? Field { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What was expected.</summary>
    public string Expected { get; }

    private static string Where(int? line, string? field) => (line, string.IsNullOrEmpty(field)) switch
    {
        (null, true) => "",
        (null, false) => $"{field}: ",
        (int n, true) => string.Create(CultureInfo.InvariantCulture, $"line {n}: "),
        (int n, false) => string.Create(CultureInfo.InvariantCulture, $"line {n}, {field}: "),
    };
}
