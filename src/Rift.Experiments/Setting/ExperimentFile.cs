using System.Text.Json;
using Rift.Models;

namespace Rift.Experiments;

/// <summary>Reads specifications: JSON of the format <c>rift-experiment-1</c>.</summary>
public static class ExperimentFile
{
    private const string Format = "rift-experiment-1";
    private const int MostSeeds = 1_000_000, MostRounds = 10_000, MostEpisodes = 1_000_000_000;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The specification.</returns>
    /// <exception cref="ModelFormatException">It is no specification: says where, what was found and what was expected.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ExperimentSpecification Read(string path) => Parse(JsonText.Read(path));

    /// <summary>Reads a specification that ships with the program.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The specification.</returns>
    public static ExperimentSpecification ReadBuiltIn(string name) => Parse(JsonText.Of($"{name}.json", BuiltIn($"{name}.json")));

    /// <summary>The bytes of a file that ships with the program.</summary>
    internal static byte[] BuiltIn(string file)
    {
        using Stream stream = typeof(ExperimentFile).Assembly.GetManifestResourceStream(file) ?? throw new ArgumentException($"found no built-in file {file}", nameof(file));
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static ExperimentSpecification Parse(JsonText text)
    {
        text.RequireFormat(Format);
        Dictionary<string, JsonValue> members = text.Root.Members("format", "name", "title", "notes", "seeds", "worlds", "references", "policies", "tunings", "metrics");
        JsonValue worlds = text.Required(members, "worlds"), name = text.Required(members, "name");
        ExperimentSpecification specification = new()
        {
            Name = Name(name),
            Title = members.TryGetValue("title", out JsonValue title) ? title.String() : "",
            Seeds = members.TryGetValue("seeds", out JsonValue seeds) ? seeds.Integer(1, MostSeeds) : 20,
            Worlds = [.. Members(worlds).Select(member => World(member.Key, member.Value))],
            References = Names(members, "references", FixedPolicy.References),
            Policies = Names(members, "policies", FixedPolicy.All),
            Tunings = members.TryGetValue("tunings", out JsonValue tunings) ? [.. Members(tunings).Select(member => Tuning(member.Key, member.Value))] : [],
            Metrics = Names(members, "metrics", [.. Metric.All.Select(metric => metric.Name)]),
        };
        if (specification.Metrics.Count == 0) throw text.Error("metrics", "found none", "at least one");
        if (specification.Cells.Count == 0) throw worlds.Error("found nothing to compute", "a world with a supervisor, and references, or priors with policies or tunings");
        foreach (TuningSetting tuning in specification.Tunings)
            if (FixedPolicy.All.Contains(tuning.Name)) throw tunings.Error($"found the name {tuning.Name}", "another one than those of the fixed policies");
        return specification;
    }

    private static Dictionary<string, JsonValue> Members(JsonValue value) => value.UniqueMembers("an object of names");

    private static string Name(JsonValue value)
    {
        const string expected = "a name of letters, digits and hyphens";
        string name = value.String(expected);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? name : throw value.Error(expected);
    }

    private static WorldSetting World(string model, JsonValue value)
    {
        Dictionary<string, JsonValue> members = value.Members("priors", "interventions");
        return new WorldSetting(model, Specs(members, "priors", text => PriorSpec.Parse(text, "")), Specs(members, "interventions", text => InterventionSpec.Parse(text, "")));
    }

    private static NamedText[] Specs(Dictionary<string, JsonValue> members, string key, Action<string> check)
    {
        if (!members.TryGetValue(key, out JsonValue specs)) return [];
        return [.. Members(specs).Select(member =>
        {
            string text = member.Value.String();
            try
            {
                check(text);
            }
            catch (SpecificationException e)
            {
                string[] parts = e.Message.TrimStart(':', ' ').Split(", expected ", 2);
                throw member.Value.Error(parts[0], parts[^1]);
            }

            return new NamedText(member.Key, text);
        })];
    }

    private static string[] Names(Dictionary<string, JsonValue> members, string key, IReadOnlyList<string> known)
    {
        if (!members.TryGetValue(key, out JsonValue names)) return [];
        return [.. names.Items().Select(item => known.Contains(item.String()) ? item.String() : throw item.Error($"one of {string.Join(", ", known)}"))];
    }

    private static TuningSetting Tuning(string name, JsonValue value)
    {
        Dictionary<string, JsonValue> members = value.Members("klWeight", "temperature", "priorScale", "offset", "endsEarnOffset", "stops", "residual", "rounds", "search", "learner", "episodes", "keepData");
        T Or<T>(string key, Func<JsonValue, T> read, T otherwise) => members.TryGetValue(key, out JsonValue found) ? read(found) : otherwise;
        TuningSetting setting = new()
        {
            Name = name,
            KlWeights = Or(key: "klWeight", found => Numbers(found, x => x >= 0, "a number of at least 0, or several"), [1]),
            Temperature = Or<double?>("temperature", found => found.Number("a positive number") is double alpha and > 0 ? alpha : throw found.Error("a positive number"), null),
            PriorScales = Or<IReadOnlyList<double>?>("priorScale", found => Numbers(found, x => x >= 0, "a number of at least 0, or several"), null),
            Offsets = Or(key: "offset", found => Numbers(found, _ => true, "a number, or several"), [0]),
            EndsEarnOffset = Or("endsEarnOffset", found => found.Boolean(), true),
            StopsTerminate = Or("stops", found => Choice(found, "truncate", "terminate"), 0) == 1,
            PaysForStops = Or("residual", found => Choice(found, "none", "interventions"), 1) == 1,
            Rounds = Or("rounds", found => found.Integer(1, MostRounds), 1),
            Learner = (Learner)Or("learner", found => 1 + Choice(found, "offline", "online"), 0),
            Episodes = Or<IReadOnlyList<int>>("episodes", found => [.. (found.Kind == JsonTokenType.StartArray ? found.Items() : [found]).Select(item => item.Integer(1, MostEpisodes))], [0]),
            KeepsData = Or("keepData", found => found.Boolean(), true),
            Search = (KlWeightSearch)Or("search", found => 1 + Choice(found, "rate", "psi"), 0),
        };
        if (setting.Search != KlWeightSearch.None && members.TryGetValue("klWeight", out JsonValue weight)) throw weight.Error("found KL weights beside a search for one", "one of the two");
        if (setting.Learner == Learner.Exact && setting.Episodes is not [0]) throw members["episodes"].Error("found episodes for an exact solution", "a learner beside them");
        if (setting.Learner != Learner.Exact && (setting.Episodes is [0] or [] || !setting.Points.All(point => point.IsKlForm) || !setting.PaysForStops || setting.Search != KlWeightSearch.None))
            throw members["learner"].Error("found a learner", "a number of episodes beside it, and none of temperature, priorScale, offset, stops, residual, search");
        return setting;
    }

    private static double[] Numbers(JsonValue value, Func<double, bool> isValid, string expected)
    {
        double[] numbers = value.Kind == JsonTokenType.StartArray ? [.. value.Items().Select(item => item.Number(expected))] : [value.Number(expected)];
        return numbers.Length > 0 && numbers.All(isValid) ? numbers : throw value.Error(expected);
    }

    private static int Choice(JsonValue value, params string[] words)
    {
        int index = Array.IndexOf(words, value.String());
        return index >= 0 ? index : throw value.Error($"one of {string.Join(", ", words)}");
    }
}
