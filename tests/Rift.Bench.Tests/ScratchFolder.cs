namespace Rift.Bench.Tests;

/// <summary>A workload folder that exists while a test uses it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rift");

    internal ScratchFolder()
    {
        using Workload workload = StandardWorkloads.Garnet("tiny", states: 12, actions: 3, branching: 2, seed: 1, discount: 0.9);
        WorkloadFolder.Write(Path, workload);
    }

    internal string Path => System.IO.Path.Combine(_folder.FullName, "tiny");

    internal string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
