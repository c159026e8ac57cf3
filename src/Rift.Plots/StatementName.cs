using Rift.Theory;

namespace Rift.Plots;

/// <summary>A statement as the rows of a figure call it.</summary>
internal static class StatementName
{
    /// <summary>Its title, cut where it is longer than that many characters, and its number.</summary>
    public static string Of(Statement statement, int longest)
    {
        string title = statement.Title.Length <= longest ? statement.Title : $"{statement.Title.AsSpan(0, longest - 1).TrimEnd()}…";
        return $"{title}   {statement.Id}";
    }
}
