using System.Globalization;

namespace Rift.Laboratory;

/// <summary>The choices of a page as the fragment of its address: <c>#world=pits12&amp;temperature=0.1</c>.</summary>
/// <remarks>What has its default is left out, so a link says what is special about a view. A fragment is read whole or refused: it may come from anyone.</remarks>
public static class StateLink
{
    /// <summary>The most characters of a fragment that is read or written.</summary>
    public const int LongestLink = 16_000;

    private static readonly Entry[] _entries =
    [
        Text("world", s => s.World, (s, x) => s with { World = x }),
        Text("model", s => s.Model, (s, x) => s with { Model = x }),
        Text("file", s => s.File, (s, x) => s with { File = x }),
        Text("rewards", s => s.Rewards, (s, x) => s with { Rewards = StateRewards.Parse(x).ToString() }),
        Number("temperature", s => s.Temperature, (s, x) => s with { Temperature = x }),
        new("discount", s => s.Discount?.ToString("R", CultureInfo.InvariantCulture), (s, x) => s with { Discount = Real(x) }),
        Number("prior-scale", s => s.PriorScale, (s, x) => s with { PriorScale = x }),
        Number("prior-temperature", s => s.PriorTemperature, (s, x) => s with { PriorTemperature = x }),
        Number("uniform-share", s => s.UniformShare, (s, x) => s with { UniformShare = x }),
        Number("kl-weight", s => s.KlWeight, (s, x) => s with { KlWeight = x }),
        Number("threshold", s => s.Threshold, (s, x) => s with { Threshold = x }),
        Number("expert-temperature", s => s.ExpertTemperature, (s, x) => s with { ExpertTemperature = x }),
        Choice("policy", s => s.Subject, (s, x) => s with { Subject = x }),
        Choice("show", s => s.Aspect, (s, x) => s with { Aspect = x }),
        Choice("view", s => s.Arrangement, (s, x) => s with { Arrangement = x }),
        Choice("solver", s => s.Sweeper, (s, x) => s with { Sweeper = x }),
        new("sweep", s => s.Sweep.ToString(CultureInfo.InvariantCulture), (s, x) => s with { Sweep = int.TryParse(x, NumberStyles.None, CultureInfo.InvariantCulture, out int k) ? k : throw new FormatException($"found \"{x}\", expected a whole number") }),
    ];

    /// <summary>The fragment of some choices, without the #; empty for the defaults.</summary>
    public static string Write(LaboratoryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return string.Join('&', _entries
            .Select(entry => (entry.Key, Value: entry.Read(state), Standard: entry.Read(LaboratoryState.Default)))
            .Where(item => !string.IsNullOrEmpty(item.Value) && item.Value != item.Standard)
            .Select(item => $"{item.Key}={Escaped(item.Value!)}"));
    }

    /// <summary>The choices of a fragment, with or without the #.</summary>
    /// <exception cref="FormatException">It is too long, names something unknown or something twice, or a value is none: says which, what was found and what was expected.</exception>
    public static LaboratoryState Read(string fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        string text = fragment.TrimStart('#');
        if (text.Length > LongestLink) throw new FormatException(FormattableString.Invariant($"the link: found {text.Length} characters, expected at most {LongestLink}"));
        LaboratoryState state = LaboratoryState.Default;
        HashSet<string> seen = [];
        foreach (string item in text.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            string key = equals < 0 ? item : item[..equals], value = equals < 0 ? "" : Uri.UnescapeDataString(item[(equals + 1)..]);
            Entry entry = Array.Find(_entries, known => known.Key == key)
                ?? throw new FormatException($"the link: found \"{Shortened(key)}\", expected one of {string.Join(", ", _entries.Select(known => known.Key))}");
            if (!seen.Add(key)) throw new FormatException($"the link: found {key} a second time, expected it once");
            try
            {
                state = entry.Write(state, value);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                throw new FormatException($"the link: {key}: {Message.Of(e)}", e);
            }
        }

        return state.Model.Length > 0 || state.File.Length > 0 ? state with { World = "" } : state;
    }

    // Characters of maps and options stay as they are, so that a link can be read; what an address gives a meaning to is escaped.
    private static string Escaped(string value) =>
        string.Concat(value.Select(c => char.IsAsciiLetterOrDigit(c) || ":/,.=;-_~".Contains(c, StringComparison.Ordinal) ? c.ToString() : Uri.EscapeDataString(c.ToString())));

    private static string Shortened(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");

    private static double Real(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double x) ? x : throw new FormatException($"found \"{Shortened(text)}\", expected a number");

    private static Entry Text(string key, Func<LaboratoryState, string> read, Func<LaboratoryState, string, LaboratoryState> write) => new(key, read, write);

    private static Entry Number(string key, Func<LaboratoryState, double> read, Func<LaboratoryState, double, LaboratoryState> write) =>
        new(key, s => read(s).ToString("R", CultureInfo.InvariantCulture), (s, x) => write(s, Real(x)));

    private static Entry Choice<T>(string key, Func<LaboratoryState, T> read, Func<LaboratoryState, T, LaboratoryState> write)
        where T : struct, Enum => new(key, s => Names.Of(read(s)), (s, x) => write(s, Names.Parse<T>(x)));

    private sealed record Entry(string Key, Func<LaboratoryState, string?> Read, Func<LaboratoryState, string, LaboratoryState> Write);
}
