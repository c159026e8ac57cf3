namespace Rift.Documentation.Tests;

/// <summary>A folder that is gone when it is disposed of.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rift-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
