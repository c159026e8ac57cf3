using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Rift.Models;

/// <summary>Writes a file whole or not at all: into a temporary file beside the target, which then takes its place.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The target; replaced if it exists. Its folder must exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        if (IsDevice(path))
        {
            // Neither is there anything to protect, nor may a file take a device's place.
            using FileStream device = new(path, FileMode.Open, FileAccess.Write);
            write(device);
            return;
        }

        string target = Path.GetFullPath(path), temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write)) write(stream);
            File.Move(temporary, target, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The caller knows the file by the name that he gave.
            throw new IOException($"{path}: {e.Message.Replace(temporary, target, StringComparison.Ordinal)}", e);
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }
    }

    /// <summary>Whether a path is that of a device or a pipe, which is written to and never replaced: /dev/null, /dev/stdout, /proc/self/fd/1.</summary>
    /// <param name="path">The path.</param>
    public static bool IsDevice(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return !OperatingSystem.IsWindows() && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));
    }

    /// <summary>Writes a file of text: UTF-8 without a byte order mark.</summary>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Writes a JSON file: UTF-8 without a byte order mark, doubles in their shortest form that reads back to the same bits, a line feed at the end.</summary>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <param name="write">Writes the outermost value.</param>
    /// <exception cref="IOException">The file cannot be written; the target is as it was.</exception>
    public static void WriteJson(string path, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Write(path, stream =>
        {
            using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) write(json);
            stream.WriteByte((byte)'\n');
        });
    }
}
