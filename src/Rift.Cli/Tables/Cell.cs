using System.Globalization;

namespace Rift.Cli;

/// <summary>A cell of a table: the text that people read, and what a program reads in its place.</summary>
internal readonly record struct Cell
{
    /// <summary>An empty cell, as it stands in a column of numbers.</summary>
    internal static readonly Cell None = "";

    private readonly string? _text, _data;

    private Cell(string text, string data, bool isNumber)
    {
        _text = text;
        _data = data;
        IsNumber = isNumber;
    }

    /// <summary>What people read: a number is rounded to the digits that are worth reading.</summary>
    public string Text => _text ?? "";

    /// <summary>What programs read: a number in the shortest form that reads back to the same bits, empty where it is not a number.</summary>
    public string Data => _data ?? "";

    /// <summary>Whether a number stands here.</summary>
    public bool IsNumber { get; }

    /// <summary>A whole number.</summary>
    internal static Cell Of(long number) => Of(number, number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, and the text of it that people read.</summary>
    internal static Cell Of(double number, string text) => new(text, double.IsNaN(number) ? "" : number.ToString("R", CultureInfo.InvariantCulture), isNumber: true);

    /// <summary>A text for people, and another one for programs.</summary>
    internal static Cell Of(string text, string data) => new(text, data, isNumber: false);

    /// <summary>A number in a form such as <c>0.000</c> or <c>G10</c>; null leaves the cell empty.</summary>
    internal static Cell In(string format, double? number) => number is double known ? Of(known, known.ToString(format, CultureInfo.InvariantCulture)) : None;

    /// <summary>A text, the same for all.</summary>
    public static implicit operator Cell(string text) => new(text, text, isNumber: false);
}
