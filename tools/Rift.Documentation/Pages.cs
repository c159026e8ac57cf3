namespace Rift.Documentation;

/// <summary>The pages of <c>docs</c> that follow from the code.</summary>
internal static class Pages
{
    /// <summary>All of them by their paths below <c>docs</c>, with <c>/</c> between folders.</summary>
    /// <param name="root">The folder of the repository.</param>
    public static IReadOnlyDictionary<string, string> All(string root)
    {
        ApiReference reference = new(root);
        return reference.Pages().ToDictionary(StringComparer.Ordinal);
    }
}
