using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>What an exception says to a reader: its message, without what the framework appends.</summary>
internal static class Message
{
    /// <summary>Whether it is about what was asked for, and not about this program.</summary>
    internal static bool IsExpected(Exception exception) => exception is ArgumentException or FormatException or NotConvergedException or OverflowException or OutOfMemoryException;

    internal static string Of(Exception exception)
    {
        string text = exception.Message;
        int parameter = text.IndexOf(" (Parameter '", StringComparison.Ordinal);
        if (parameter >= 0) text = text[..parameter];
        if (exception is ArgumentOutOfRangeException { ActualValue: { } actual } && !text.StartsWith("found", StringComparison.Ordinal)) text = FormattableString.Invariant($"found {actual}, {text}");
        return text.Length <= 400 ? text : string.Concat(text.AsSpan(0, 400), " ...");
    }
}
