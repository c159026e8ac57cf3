using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>What a study looks like: the scenes of its policies.</summary>
public static class Scenes
{
    /// <summary>The four policies that are compared.</summary>
    public static IReadOnlyList<Subject> Compared { get; } = [Subject.Prior, Subject.Rift, Subject.Rlif, Subject.Expert];

    /// <summary>One policy, as the choices have it.</summary>
    public static Scene Alone(Study study, int? selected) => Of(study, study[study.State.Subject], null, false) with { Selected = selected };

    /// <summary>The four policies on one scale.</summary>
    public static IReadOnlyList<Scene> Together(Study study, int? selected)
    {
        ArgumentNullException.ThrowIfNull(study);
        StudiedPolicy[] policies = [.. Compared.Select(subject => study[subject])];
        ColourScale scale = Scale(study, policies);
        return [.. policies.Select(policy => Of(study, policy, scale, true) with { Selected = selected })];
    }

    /// <summary>V and its policy after some sweeps.</summary>
    /// <param name="stop">Where the solver stands.</param>
    /// <param name="scale">The scale of all sweeps; null for that of this one.</param>
    /// <param name="selected">The place that is pointed at.</param>
    public static Scene Sweep(SoftSolution stop, ColourScale? scale, int? selected)
    {
        ArgumentNullException.ThrowIfNull(stop);
        MarkovDecisionProcess mdp = stop.Problem.Mdp;
        double[] values = stop.Values.ToArray();
        return new Scene { Mdp = mdp, Title = "Values and greedy policy of a solver before its end", Legend = "V(s)", States = values, Scale = scale ?? ColourScale.Even(Deciding(mdp, values)), Policy = stop.Policy, Selected = selected };
    }

    private static Scene Of(Study study, StudiedPolicy policy, ColourScale? scale, bool isSmall) => new()
    {
        Mdp = study.Mdp,
        Title = $"{Names.Title(policy.Subject)}: {Names.Title(study.State.Aspect)}",
        Legend = study.State.Aspect switch
        {
            Aspect.Values => policy.Subject == Subject.Soft ? "V(s), soft" : "return",
            Aspect.Visitation => "ρ(s)",
            Aspect.Gradient => study.State.Temperature > 0 ? "(μ − μ*)/α" : "μ − μ*",
            _ => "φ(s,a)",
        },
        States = study.State.Aspect switch { Aspect.Values => policy.Values, Aspect.Visitation => policy.Visitation.States.Values, _ => null },
        Pairs = Pairs(study, policy),
        Scale = scale ?? Scale(study, [policy]),
        Policy = policy.Policy,
        IsSmall = isSmall,
    };

    private static StateActionTable? Pairs(Study study, StudiedPolicy policy) => study.State.Aspect switch
    {
        Aspect.Gradient => (policy.Visitation.Pairs - study.ExpertVisitation.Pairs) / (study.State.Temperature > 0 ? study.State.Temperature : 1),
        Aspect.Interventions => study.Interventions,
        _ => null,
    };

    private static ColourScale Scale(Study study, IReadOnlyList<StudiedPolicy> policies) => study.State.Aspect switch
    {
        Aspect.Values => ColourScale.Even(policies.SelectMany(policy => Deciding(study.Mdp, policy.Values))),
        Aspect.Visitation => ColourScale.Decades(policies.SelectMany(policy => Deciding(study.Mdp, policy.Visitation.States.Values))),
        Aspect.Gradient => ColourScale.AroundZero(policies.SelectMany(policy => Deciding(study.Mdp, Pairs(study, policy)!))),
        _ => ColourScale.Probability,
    };

    /// <summary>The numbers of the states in which something is decided: an end is drawn without colour, and its share of the time would hide all others.</summary>
    private static List<double> Deciding(MarkovDecisionProcess mdp, IReadOnlyList<double> values)
    {
        bool[] over = Ends.Of(mdp);
        List<double> deciding = new(over.Length);
        for (int s = 0; s < over.Length; s++)
            if (!over[s]) deciding.Add(values[s]);
        return deciding;
    }

    private static List<double> Deciding(MarkovDecisionProcess mdp, StateActionTable pairs)
    {
        bool[] over = Ends.Of(mdp);
        List<double> deciding = new(over.Length * mdp.Actions);
        for (int s = 0; s < over.Length; s++)
            if (!over[s]) deciding.AddRange(pairs.Row(s));
        return deciding;
    }
}
