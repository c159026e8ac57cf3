using Rift.Mdp;
using Rift.Models;

namespace Rift.Laboratory;

/// <summary>Models as the bytes of their files. In a browser the files are those of its own memory.</summary>
public static class ModelBytes
{
    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="FormatException">It holds no model.</exception>
    public static MarkovDecisionProcess Read(byte[] bytes, string name) => InFile(path =>
    {
        File.WriteAllBytes(path, bytes);
        try
        {
            return ModelFile.Read(path).Model;
        }
        catch (ModelFormatException e)
        {
            throw new FormatException(e.Message.Replace(path, name, StringComparison.Ordinal), e);
        }
    });

    /// <summary>The <c>rift-model-1</c> file of a model.</summary>
    public static byte[] Write(MarkovDecisionProcess mdp) => InFile(path =>
    {
        ModelFile.Write(mdp, path);
        return File.ReadAllBytes(path);
    });

    private static T InFile<T>(Func<string, T> use)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        try
        {
            return use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
