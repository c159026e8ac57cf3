namespace Rift.Cli;

/// <summary>The files of the laboratory page by the path under which they are asked for. Only what is listed here is ever served.</summary>
internal sealed class SiteFolder
{
    private const string Start = "index.html";

    private readonly Dictionary<string, Func<byte[]>> _files = new(StringComparer.Ordinal);

    private SiteFolder(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            _files[Path.GetRelativePath(folder, file).Replace('\\', '/')] = () => File.ReadAllBytes(file);
    }

    /// <summary>The page in a folder, or where none is given in the places where it is put.</summary>
    /// <exception cref="IOException">It is not there: says how to make it.</exception>
    internal static SiteFolder Find(string? folder)
    {
        if (folder is not null) return IsPage(folder) ? new SiteFolder(folder) : throw new IOException($"{folder}: found no {Start}, expected the folder of the laboratory page");
        string beside = Path.Combine(AppContext.BaseDirectory, "laboratory");
        if (IsPage(beside)) return new SiteFolder(beside);
        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
            if (Path.Combine(above.FullName, "artifacts", "laboratory", "wwwroot") is string published && IsPage(published)) return new SiteFolder(published);
        throw new IOException("found no laboratory page, expected one made by dotnet publish src/Rift.Laboratory, or --site DIR");
    }

    /// <summary>Adds a file, or puts it in the place of one.</summary>
    internal void Add(string path, byte[] content) => _files[path] = () => content;

    /// <summary>What is at a path of an address, such as /laboratory.css; null where there is nothing.</summary>
    internal (byte[] Content, string Type)? At(string path)
    {
        string name = path.TrimStart('/');
        if (name.Length == 0) name = Start;
        return _files.TryGetValue(name, out Func<byte[]>? read) ? (read(), TypeOf(name)) : null;
    }

    private static bool IsPage(string folder) => File.Exists(Path.Combine(folder, Start));

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json; charset=utf-8",
        ".wasm" => "application/wasm",
        _ => "application/octet-stream",
    };
}
