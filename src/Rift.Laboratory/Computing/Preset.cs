using Rift.Theory;

namespace Rift.Laboratory;

/// <summary>A counterexample to look at: its scenario, and the choices that show what it is about.</summary>
public sealed class Preset
{
    private readonly Func<LaboratoryState, LaboratoryState> _choose;

    private Preset(string name, string lesson, Func<LaboratoryState, LaboratoryState> choose)
    {
        Name = name;
        Lesson = lesson;
        _choose = choose;
    }

    /// <summary>All presets, in order.</summary>
    public static IReadOnlyList<Preset> All { get; } =
    [
        new("CE1", "A corridor in which the prior hesitates a little. Clipping the advantage difference keeps the penalties and drops what would make up for them, so RIFT avoids the good branch: Ψ rises and the return falls.",
            state => state with { Temperature = 1, KlWeight = 1, ExpertTemperature = 1 }) { HasPrior = true, HasInterventions = true },
        new("CE2", "The rule stops the prior’s risky way and leaves it another into a trap. Interventions vanish, Ψ falls, and success falls with them. Move the threshold below 0.01 and the trap is stopped as well.",
            state => state with { Temperature = 0.1, KlWeight = 0.1, Threshold = 0.2 }) { HasPrior = true },
        new("CE3", "The expert does what is stopped. A small step towards the interventions helps, a full step does not: lower the KL weight from 3 to 0.1 and watch Ψ fall, then rise.",
            state => state with { Temperature = 1, KlWeight = 1, ExpertTemperature = 1 }) { HasPrior = true, HasInterventions = true },
        new("CE4", "One sure stop is cheaper than a small chance of endless ones. Lower the KL weight from 10 to 1: the rate of stops and Ψ fall while the chance of any stop rises ninefold.",
            state => state with { Temperature = 1, KlWeight = 1 }) { HasPrior = true, HasInterventions = true },
        new("CE5", "Hotter is not always more random. Move the temperature from 0.1 to 1.6 and watch state 0: its entropy falls, then rises.",
            state => state with { Temperature = 0.1, Arrangement = Arrangement.Alone, Subject = Subject.Soft }),
    ];

    /// <summary>CE1 to CE5.</summary>
    public string Name { get; }

    /// <summary>What is to be seen, and what to do for it.</summary>
    public string Lesson { get; }

    /// <summary>Whether the scenario fixes the prior.</summary>
    public bool HasPrior { get; private init; }

    /// <summary>Whether the scenario fixes the interventions.</summary>
    public bool HasInterventions { get; private init; }

    /// <summary>The statement with its scenario and its printed numbers.</summary>
    public Counterexample Counterexample => field ??= Statement.All.OfType<Counterexample>().First(known => known.Id == Name);

    /// <summary>The choices that show it.</summary>
    public LaboratoryState State => _choose(LaboratoryState.Default with { World = Name, Arrangement = Arrangement.Together });

    /// <summary>The preset of a name; null where there is none.</summary>
    public static Preset? Find(string name) => All.FirstOrDefault(preset => preset.Name == name);
}
