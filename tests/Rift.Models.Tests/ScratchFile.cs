namespace Rift.Models.Tests;

/// <summary>A file that exists while a test uses it.</summary>
internal sealed class ScratchFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rift");

    internal ScratchFile(string? content = null)
        : this(content is null ? null : System.Text.Encoding.UTF8.GetBytes(content))
    {
    }

    internal ScratchFile(byte[]? content)
    {
        Path = System.IO.Path.Combine(_folder.FullName, "lake.json");
        if (content is not null) File.WriteAllBytes(Path, content);
    }

    internal string Path { get; }

    /// <summary>The files in its folder.</summary>
    internal string[] Neighbours => [.. _folder.GetFiles().Select(file => file.Name)];

    /// <summary>The message of a refusal, without the path to the file.</summary>
    internal string Refusal(Action<string> read)
    {
        ModelFormatException? e = Assert.Throws<ModelFormatException>(() => read(Path));
        return e!.Message.Replace(_folder.FullName + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
