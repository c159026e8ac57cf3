namespace Rift.Cli;

/// <summary>The directory a command is to write into, made before the work begins, so that no result is lost for want of a place.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the directory, if it is not there.</summary>
    /// <exception cref="InputException">It cannot be.</exception>
    internal static void Create(string directory)
    {
        if (directory.Length == 0) throw new InputException("--out: found an empty name, expected a directory");
        if (File.Exists(directory)) throw new InputException($"--out: found the file {directory}, expected a directory");
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out: found no way to make the directory {directory}, expected one to write into");
        }
    }
}
