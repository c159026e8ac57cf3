using System.Text.Json;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>A golden case: the inputs as a scenario, and the expected fields with their tolerances.</summary>
public sealed class OracleCase
{
    private readonly JsonElement _root;

    private OracleCase(JsonElement root)
    {
        _root = root;
        Scenario = ReadScenario();
    }

    /// <summary>All golden cases, in order of name.</summary>
    public static IReadOnlyList<OracleCase> All { get; } = [.. Repository.OracleFiles.Select(Read)];

    /// <summary>The inputs, in doubles.</summary>
    public Scenario Scenario { get; }

    /// <summary>Soft problems of all kinds that the case contains.</summary>
    public IReadOnlyList<(string Name, SoftProblem Problem)> Problems =>
    [
        ("rStar", Scenario.Expert),
        ("r", Scenario.Candidate),
        ("prior", SoftProblem.ResidualQLearning(Scenario.Mdp, Scenario.Prior, Scenario.ResidualReward, Scenario.Temperature, 2)),
        ("temperature 0", new SoftProblem(Scenario.Mdp, 0)),
    ];

    /// <summary>The expected field, flat.</summary>
    public double[] this[string field] => Doubles(Expected(field).GetProperty("x"));

    /// <summary>The names of the expected fields.</summary>
    public IEnumerable<string> Fields => _root.GetProperty("expected").EnumerateObject().Select(x => x.Name);

    /// <summary>The expected field in 40 significant digits, flat; null where the case gives doubles only.</summary>
    public IReadOnlyList<string>? Digits(string field) =>
        Expected(field).TryGetProperty("hp", out JsonElement digits) ? [.. digits.EnumerateArray().Select(x => x.GetString()!)] : null;

    /// <summary>An input as it is written, exactly: decimals and fractions, flat; a scalar has one entry.</summary>
    public IReadOnlyList<string> Exact(string input) =>
        _root.GetProperty(input) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(x => x.GetString()!)] : [_root.GetProperty(input).GetString()!];

    /// <summary>The transitions with their probabilities as they are written.</summary>
    public IEnumerable<(int State, int Action, int Next, string Probability)> ExactTransitions =>
        _root.GetProperty("T").EnumerateArray().Select(x => (x[0].GetInt32(), x[1].GetInt32(), x[2].GetInt32(), x[3].GetString()!));

    /// <summary>Whether the case expects the field: the larger ones leave some out.</summary>
    public bool Has(string field) => _root.GetProperty("expected").TryGetProperty(field, out _);

    /// <summary>The absolute tolerance of the field, entry by entry. The rounding of the inputs to double alone moves a field by up to about a 64th of it.</summary>
    public double Tolerance(string field) => _root.GetProperty("tolerance").GetProperty(field).GetProperty("atol").GetDouble();

    /// <summary>The relative tolerance of entries above 1e-290, where the case states one.</summary>
    public double? RelativeTolerance(string field) =>
        _root.GetProperty("tolerance").GetProperty(field).TryGetProperty("crel", out JsonElement value) ? value.GetDouble() : null;

    /// <inheritdoc/>
    public override string ToString() => Scenario.Id;

    private static OracleCase Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new OracleCase(document.RootElement.Clone());
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];

    private JsonElement Expected(string field) => _root.GetProperty("expected").GetProperty(field);

    private Scenario ReadScenario()
    {
        int states = _root.GetProperty("S").GetInt32(), actions = _root.GetProperty("A").GetInt32();
        JsonElement doubles = _root.GetProperty("doubles");
        double[] Input(string name) => Doubles(doubles.GetProperty(name));
        StateActionTable Table(string name) => new(states, actions, Input(name));
        TransitionKernelBuilder builder = new(states, actions);
        foreach ((JsonElement place, double p) in _root.GetProperty("T").EnumerateArray().Zip(Input("T")))
            builder.Add(place[0].GetInt32(), place[1].GetInt32(), place[2].GetInt32(), p);
        return new Scenario
        {
            Id = _root.GetProperty("id").GetString()!,
            Mdp = new MarkovDecisionProcess(builder.Build(), Table("r"), Input("d"), doubles.GetProperty("gamma").GetDouble()),
            Temperature = doubles.GetProperty("alpha").GetDouble(),
            ExpertReward = Table("rStar"),
            ResidualReward = Table("rR"),
            Prior = Policy.FromProbabilities(Table("pi0")),
            Policy = Policy.FromProbabilities(Table("pi")),
            StateInterventions = Input("varphi"),
            Potential = Input("potential"),
            Omegas = Input("omegas"),
            Thresholds = Input("thresholds"),
        }.Validated();
    }
}
