using Rift.Mdp;

namespace Rift.Models;

/// <summary>The formats of model files.</summary>
public enum ModelFormat
{
    /// <summary>The toolkit's own: <c>rift-model-1</c>. Holds every model with all its names and its map.</summary>
    Rift,

    /// <summary>A transition table as Gymnasium's toy worlds carry it: <c>gymnasium-P</c>. Holds models whose states have all actions or none; no names, no map.</summary>
    Gymnasium,
}

/// <summary>Reads and writes models.</summary>
public static class ModelFile
{
    /// <summary>The format names in the files.</summary>
    internal const string RiftFormat = "rift-model-1", GymnasiumFormat = "gymnasium-P";

    /// <summary>Reads a model in either format; the file says which.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>The model, and what reading did to it.</returns>
    /// <exception cref="ModelFormatException">The file does not hold a model: names file, line and field, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ImportedModel Read(string path, ReadOptions? options = null)
    {
        JsonText text = JsonText.Read(path);
        Dictionary<string, JsonValue> members = text.Root.UniqueMembers("a JSON object");
        string? format = members.TryGetValue("format", out JsonValue name) ? name.String() : null;
        options ??= new ReadOptions();
        try
        {
            return format switch
            {
                RiftFormat => RiftModelReader.Read(text, options),
                GymnasiumFormat => GymnasiumReader.Read(text, options),
                null when members.ContainsKey("P") || members.ContainsKey("env_P") => GymnasiumReader.Read(text, options),
                null => throw text.Error("format", "found no such key", $"\"{RiftFormat}\" or \"{GymnasiumFormat}\""),
                _ => throw name.Error($"\"{RiftFormat}\" or \"{GymnasiumFormat}\""),
            };
        }
        catch (InvalidModelException e)
        {
            throw text.Error(e);
        }
    }

    /// <summary>Writes a model, whole or not at all; what is read back has the same bits.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="ArgumentException">The model cannot be said in the format; the message says why.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(MarkovDecisionProcess model, string path, ModelFormat format = ModelFormat.Rift)
    {
        ArgumentNullException.ThrowIfNull(model);
        switch (format)
        {
            case ModelFormat.Rift: RiftModelWriter.Write(model, path); break;
            case ModelFormat.Gymnasium: GymnasiumWriter.Write(model, path); break;
            default: throw new ArgumentOutOfRangeException(nameof(format), format, "expected a known format");
        }
    }
}
