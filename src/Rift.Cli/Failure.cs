using System.Globalization;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>Which exceptions are the user's affair, and how they are told in one line.</summary>
internal static class Failure
{
    /// <summary>Whether the exception speaks of the input, the usage or the machine rather than of a mistake of ours.</summary>
    internal static bool IsBadInput(Exception exception) => exception
        is InputException
        or ArgumentException and not ArgumentNullException
        or FormatException
        or IOException
        or UnauthorizedAccessException
        or OutOfMemoryException
        or OverflowException;

    /// <summary>What is wrong, on one line: the place, what was found, what was expected.</summary>
    internal static string Line(Exception exception) => OneLine(exception switch
    {
        InvalidModelException => exception.Message,
        ArgumentOutOfRangeException { ActualValue: not null } outOfRange => WithParameter(outOfRange, Found(outOfRange)),
        ArgumentException argument => WithParameter(argument, Text(argument)),
        OutOfMemoryException or OverflowException => "the problem needs more memory than there is, expected a smaller one",
        _ => exception.Message,
    });

    /// <summary>The text without line ends.</summary>
    internal static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string WithParameter(ArgumentException exception, string text) => exception.ParamName is null ? text : $"{exception.ParamName}: {text}";

    private static string Found(ArgumentOutOfRangeException exception)
    {
        string text = Text(exception);
        return text.StartsWith("found", StringComparison.Ordinal) ? text : string.Create(CultureInfo.InvariantCulture, $"found {exception.ActualValue}, {text}");
    }

    /// <summary>The message as it was thrown: .NET appends the parameter's name and the value to it.</summary>
    internal static string Text(ArgumentException exception)
    {
        int suffix = exception.Message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return suffix < 0 ? exception.Message : exception.Message[..suffix];
    }
}
