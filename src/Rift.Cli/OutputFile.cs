using Rift.Models;

namespace Rift.Cli;

/// <summary>Where a command is to write, looked at before it begins to work.</summary>
internal static class OutputFile
{
    /// <summary>Requires that a file can be there.</summary>
    /// <exception cref="IOException">It cannot: says why.</exception>
    internal static void Require(string path)
    {
        if (path.Length == 0) throw new InputException("found an empty name, expected the name of a file to write");
        if (AtomicFile.IsDevice(path)) return;
        if (Directory.Exists(path) || Path.GetFileName(path).Length == 0) throw new IOException($"{path}: found a directory, expected the name of a file to write");
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory)) throw new IOException($"{path}: found no directory {directory}, expected one to write into");
    }
}
