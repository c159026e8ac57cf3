using Rift.Mdp;
using Rift.Models;

namespace Rift.Laboratory;

/// <summary>What a page is about before anything is chosen: a process, and where somebody has fixed them, the expert's reward, the prior and the interventions.</summary>
/// <remarks>Immutable; compared by reference.</remarks>
public sealed class Setting
{
    private Setting(MarkovDecisionProcess mdp) => Mdp = mdp;

    /// <summary>The process with the reward of the task.</summary>
    public MarkovDecisionProcess Mdp { get; }

    /// <summary>The expert's reward; null for that of the task.</summary>
    public StateActionTable? ExpertReward { get; private init; }

    /// <summary>pi0; null for the softened expert of the choices.</summary>
    public Policy? Prior { get; private init; }

    /// <summary>phi; null for the rule (11) at the threshold of the choices.</summary>
    public StateActionTable? Interventions { get; private init; }

    /// <summary>The counterexample that it shows, or null.</summary>
    public Preset? Preset { get; private init; }

    /// <summary>The setting that some choices name: a packed model, a counterexample or a built-in world. A model in a file is the page's to fetch.</summary>
    /// <exception cref="FormatException">There is none, or it is too large for the page.</exception>
    /// <exception cref="ArgumentException">The name of a world is none: says what is near.</exception>
    public static Setting Of(LaboratoryState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Model.Length > 0) return OfFile(PackedModel.Unpack(state.Model), "model.json");
        if (Preset.Find(state.World) is { } preset)
        {
            Scenario scenario = preset.Counterexample.Subject;
            return new Setting(Limits.Require(scenario.Mdp.WithDescription(scenario.Mdp.Description with { Name = preset.Name })))
            {
                ExpertReward = scenario.ExpertReward,
                Prior = preset.HasPrior ? scenario.Prior : null,
                Interventions = preset.HasInterventions ? -scenario.ResidualReward : null,
                Preset = preset,
            };
        }

        Limits.Require(state.World);
        return new Setting(Limits.Require(WorldCatalog.Create(state.World)));
    }

    /// <summary>The setting of a model file's content.</summary>
    /// <param name="bytes">The file: <c>rift-model-1</c> or a transition table of Gymnasium.</param>
    /// <param name="name">What the file is called.</param>
    /// <exception cref="FormatException">It holds no model, or one too large for the page.</exception>
    public static Setting OfFile(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(name);
        if (bytes.Length > Limits.FileBytes) throw Limits.TooLarge(name, FormattableString.Invariant($"{bytes.Length} bytes"), FormattableString.Invariant($"{Limits.FileBytes}"));
        MarkovDecisionProcess mdp = Limits.Require(ModelBytes.Read(bytes, name));
        return new Setting(mdp.Description.Name is null ? mdp.WithDescription(mdp.Description with { Name = name }) : mdp);
    }
}
