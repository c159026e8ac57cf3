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
        string temporary = $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write)) write(stream);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

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
