namespace Rift.Models.Tests;

/// <summary>A folder that exists while a test uses it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rift");

    internal string Root => _folder.FullName;

    /// <summary>Writes a file of lines.</summary>
    internal void Write(string name, params string[] lines) => File.WriteAllLines(Path.Combine(Root, name), lines);

    public void Dispose() => _folder.Delete(recursive: true);
}
