using System.Globalization;

namespace Rift.Cli;

/// <summary>Files appear complete or not at all: written next to their place, then moved into it.</summary>
internal static class OutputFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">Where it is to be; a file that is there is replaced.</param>
    /// <param name="write">Writes a file at the path it is given, which has the same extension.</param>
    /// <exception cref="IOException">The file cannot be written there; nothing is left behind.</exception>
    internal static void Write(string path, Action<string> write)
    {
        if (IsDevice(path))
        {
            write(path);
            return;
        }

        Require(path);
        string temporary = Path.Combine(
            Path.GetDirectoryName(Path.GetFullPath(path))!,
            string.Create(CultureInfo.InvariantCulture, $".{Path.GetFileNameWithoutExtension(path)}-{Environment.ProcessId}-{Environment.TickCount64}{Path.GetExtension(path)}"));
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The user knows the file by the name he gave it.
            throw new IOException($"{path}: {exception.Message.Replace(temporary, path, StringComparison.Ordinal)}", exception);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a file of text.</summary>
    internal static void WriteText(string path, string text) => Write(path, file => File.WriteAllText(file, text));

    /// <summary>Requires, before any work is done, that a file can be there.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    internal static void Require(string path)
    {
        if (IsDevice(path)) return;
        if (Directory.Exists(path)) throw new IOException($"{path}: found a directory, expected the name of a file to write");
        if (Path.GetFileName(path).Length == 0) throw new IOException($"{path}: found no file name, expected the name of a file to write");
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(directory)) throw new IOException($"{path}: found no directory {directory}, expected one to write into");
    }

    /// <summary>A device or a pipe is written to, never replaced.</summary>
    private static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows() && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
}
