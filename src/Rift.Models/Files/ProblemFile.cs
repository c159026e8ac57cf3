using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads and writes problem files, <c>rifttabular-oracle-1</c>: a process with two rewards, a residual reward, a prior, a policy and thresholds.</summary>
/// <remarks>
/// Arrays are flat, state-action index <c>s * A + a</c>. A number is a JSON number, or a string with a decimal or a fraction, which is rounded correctly;
/// where the file has <c>doubles</c>, those are taken as they are. <c>expected</c>, <c>tolerance</c> and <c>checks</c> are not looked at.
/// </remarks>
public static class ProblemFile
{
    /// <summary>The name in the file's <c>format</c>.</summary>
    public const string Format = "rifttabular-oracle-1";

    /// <summary>Reads a problem.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The scenario, valid.</returns>
    /// <exception cref="ModelFormatException">The file does not hold a problem: names file, line and field, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Scenario Read(string path)
    {
        JsonText text = JsonText.Read(path);
        text.RequireFormat(Format);
        Dictionary<string, JsonValue> members = text.Root.Members(
            "format", "id", "title", "note", "S", "A", "gamma", "alpha", "omegas", "thresholds", "d", "T", "r", "rStar", "rR", "pi0", "pi", "varphi", "potential", "doubles", "expected", "tolerance", "checks");
        int states = Size("S"), actions = Size("A");
        if ((long)states * actions > text.Length)
            throw text.Error("S", string.Create(CultureInfo.InvariantCulture, $"found {states} states and {actions} actions in {text.Length} bytes"), "at most one pair for each byte, for every pair has a reward");
        Dictionary<string, JsonValue> doubles = members.TryGetValue("doubles", out JsonValue given)
            ? given.Members("gamma", "alpha", "omegas", "thresholds", "d", "T", "r", "rStar", "rR", "pi0", "pi", "varphi", "potential") : [];
        try
        {
            double discount = Scalar("gamma", "a discount of at least 0 and below 1", x => x is >= 0 and < 1);
            MarkovDecisionProcess mdp = new(Kernel(), Table("r"), Vector("d", states, "a probability from 0 to 1", x => x is >= 0 and <= 1), discount);
            return new Scenario
            {
                Id = members.TryGetValue("id", out JsonValue id) ? id.String() : "",
                Mdp = mdp,
                Temperature = Scalar("alpha", "a positive temperature", x => x > 0),
                ExpertReward = Table("rStar"),
                ResidualReward = Table("rR"),
                Prior = PolicyOf("pi0"),
                Policy = PolicyOf("pi"),
                StateInterventions = Vector("varphi", states, "a probability from 0 to 1", x => x is >= 0 and <= 1),
                Potential = Vector("potential", states, "a finite number", _ => true),
                Omegas = Vector("omegas", null, "a positive number", x => x > 0),
                Thresholds = Vector("thresholds", null, "a threshold of at least 0", x => x >= 0),
            }.Validated();
        }
        catch (InvalidModelException e)
        {
            throw text.Error(e);
        }

        int Size(string name) => text.Required(members, name).Integer(1, text.Length, "an integer, at most the file's length,");

        JsonValue Source(string name) => doubles.TryGetValue(name, out JsonValue value) ? value : text.Required(members, name);

        double Scalar(string name, string expected, Predicate<double> valid) => Number(Source(name), expected, valid);

        double[] Vector(string name, int? length, string expected, Predicate<double> valid)
        {
            JsonValue source = Source(name);
            JsonValue[] items = length is int n ? source.Items(n, string.Create(CultureInfo.InvariantCulture, $"an array of {n} numbers")) : [.. source.Items("an array of numbers")];
            return Array.ConvertAll(items, item => Number(item, expected, valid));
        }

        StateActionTable Table(string name) => new(states, actions, Vector(name, states * actions, "a finite number", _ => true));

        Policy PolicyOf(string name)
        {
            StateActionTable probabilities = new(states, actions, Vector(name, states * actions, "a probability from 0 to 1", x => x is >= 0 and <= 1));
            try
            {
                return Policy.FromProbabilities(probabilities);
            }
            catch (InvalidModelException e)
            {
                throw text.Error(e, name);
            }
        }

        SparseKernel Kernel()
        {
            JsonValue[] entries = [.. text.Required(members, "T").Items("an array of [s, a, s', probability]")];
            double[]? probabilities = doubles.ContainsKey("T") ? Vector("T", entries.Length, "a probability from 0 to 1", x => x is >= 0 and <= 1) : null;
            TransitionKernelBuilder kernel = new(states, actions);
            HashSet<(int, int, int)> seen = [];
            for (int i = 0; i < entries.Length; i++)
            {
                JsonValue[] entry = entries[i].Items(4, "[s, a, s', probability]");
                (int s, int a, int next) = (entry[0].Integer(0, states - 1, "a state"), entry[1].Integer(0, actions - 1, "an action"), entry[2].Integer(0, states - 1, "a successor"));
                if (!seen.Add((s, a, next))) throw entries[i].Error(string.Create(CultureInfo.InvariantCulture, $"found [{s}, {a}, {next}] a second time"), "it once");
                kernel.Add(s, a, next, probabilities?[i] ?? Number(entry[3], "a probability from 0 to 1", x => x is >= 0 and <= 1));
            }

            return kernel.Build();
        }
    }

    /// <summary>Writes a problem, whole or not at all. Policies are written as probabilities, so their logarithms come back within a rounding error; all other numbers come back exactly.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Scenario problem, string path) => AtomicFile.WriteJson(path, json => Write(json, problem));

    /// <summary>Writes a problem as a JSON value.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="problem">The problem.</param>
    public static void Write(Utf8JsonWriter json, Scenario problem)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(problem);
        MarkovDecisionProcess mdp = problem.Mdp;
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("id", problem.Id);
        json.WriteNumber("S", mdp.States);
        json.WriteNumber("A", mdp.Actions);
        json.WriteNumber("gamma", mdp.Discount);
        json.WriteNumber("alpha", problem.Temperature);
        Numbers("omegas", [.. problem.Omegas]);
        Numbers("thresholds", [.. problem.Thresholds]);
        Numbers("d", mdp.Initial);
        json.WriteStartArray("T");
        for (int pair = 0; pair < mdp.States * mdp.Actions; pair++)
        {
            foreach (Successor next in mdp.Kernel.Successors(pair / mdp.Actions, pair % mdp.Actions))
            {
                json.WriteStartArray();
                json.WriteNumberValue(pair / mdp.Actions);
                json.WriteNumberValue(pair % mdp.Actions);
                json.WriteNumberValue(next.State);
                json.WriteNumberValue(next.Probability);
                json.WriteEndArray();
            }
        }

        json.WriteEndArray();
        Numbers("r", mdp.Reward.Entries);
        Numbers("rStar", problem.ExpertReward.Entries);
        Numbers("rR", problem.ResidualReward.Entries);
        Numbers("pi0", problem.Prior.Probabilities.Entries);
        Numbers("pi", problem.Policy.Probabilities.Entries);
        Numbers("varphi", [.. problem.StateInterventions]);
        Numbers("potential", [.. problem.Potential]);
        json.WriteEndObject();

        void Numbers(string name, ReadOnlySpan<double> numbers)
        {
            json.WriteStartArray(name);
            foreach (double number in numbers) json.WriteNumberValue(number);
            json.WriteEndArray();
        }
    }

    private static double Number(JsonValue value, string expected, Predicate<double> valid)
    {
        double number = value.Kind != JsonTokenType.String ? value.Number(expected)
            : ExactNumber.TryParse(value.String(), out double exact) ? exact
            : throw value.Error($"{expected}, as a decimal or a fraction within the range of doubles");
        return valid(number) ? number : throw value.Error(expected);
    }
}
