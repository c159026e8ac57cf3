namespace Rift.Testing;

/// <summary>Where the repository's files lie, found from the test assembly's location; the working directory does not matter.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>RiftTabular.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The problem files with golden values, in order of name.</summary>
    public static IReadOnlyList<string> OracleFiles { get; } = [.. Directory.EnumerateFiles(PathOf("tests", "data", "oracle"), "*.json").Order(StringComparer.Ordinal)];

    /// <summary>The path of a file or folder, given by its parts from the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>The path of a file in <c>samples/</c>.</summary>
    public static string Sample(string name) => PathOf("samples", name);

    private static string FindRoot()
    {
        string start = Path.GetDirectoryName(typeof(Repository).Assembly.Location)!;
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "RiftTabular.sln"))) return folder.FullName;
        throw new DirectoryNotFoundException($"found no RiftTabular.sln in {start} or above it");
    }
}
