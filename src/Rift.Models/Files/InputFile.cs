namespace Rift.Models;

/// <summary>What a command is to read, looked at before it is opened, so that the user is told by the name he gave.</summary>
public static class InputFile
{
    /// <summary>Requires that a file is there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be.</param>
    /// <exception cref="IOException">It is not.</exception>
    public static void Require(string path, string expected)
    {
        if (Directory.Exists(path)) throw new IOException($"{path}: found a directory, expected {expected}");
        if (!File.Exists(path)) throw new IOException($"{path}: found no such file, expected {expected}");
    }
}
