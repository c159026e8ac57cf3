using System.Globalization;
using Rift.Models;

namespace Rift.Laboratory;

/// <summary>The name of a built-in world, taken apart: <c>frozenlake:8x8,slippery=false</c> is the world and what is said of its options.</summary>
/// <remarks>Only taken apart: whether the values are any good, <see cref="WorldCatalog.Create"/> says.</remarks>
public sealed class WorldText
{
    /// <summary>The most characters of a name.</summary>
    public const int Longest = 2000;

    private readonly Dictionary<string, string> _given = [];

    private WorldText(WorldEntry entry) => Entry = entry;

    /// <summary>The world.</summary>
    public WorldEntry Entry { get; }

    /// <summary>What a name gives an option, or the option's default.</summary>
    public string this[string option] => _given.GetValueOrDefault(option) ?? Entry.Options.First(known => known.Name == option).Default;

    /// <summary>The sizes that a name asks for: options that are whole numbers with a least value.</summary>
    public IEnumerable<(string Name, int Value)> Sizes =>
        from option in Entry.Options
        where option.Expected.StartsWith("an integer of at least", StringComparison.Ordinal)
        select (option.Name, int.TryParse(this[option.Name], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int size) ? size : 0);

    /// <summary>Takes a name apart; null where it is not written as one, or the world or an option is unknown.</summary>
    public static WorldText? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string[] items = name.Split(',');
        int colon = items[0].IndexOf(':', StringComparison.Ordinal);
        string world = colon < 0 ? items[0] : items[0][..colon];
        if (WorldCatalog.Entries.FirstOrDefault(entry => entry.Name == world) is not { } found) return null;
        WorldText text = new(found);
        if (colon >= 0) items[0] = items[0][(colon + 1)..];
        foreach (string item in colon < 0 ? items[1..] : items)
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && text._given.Count >= found.Options.Count) return null;
            string key = equals < 0 ? found.Options[text._given.Count].Name : item[..equals];
            if (found.Options.All(option => option.Name != key) || !text._given.TryAdd(key, item[(equals + 1)..])) return null;
        }

        return text;
    }
}
