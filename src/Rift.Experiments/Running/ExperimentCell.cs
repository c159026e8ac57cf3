using System.Globalization;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>The smallest piece of an experiment that is computed and kept: one world, one prior, one supervisor, one seed, and all policies made of them.</summary>
/// <remarks>
/// Its random streams are those of its names: the prior depends on the world, the prior's specification and the seed alone, so it is the same one under every supervisor, in every experiment and in
/// any order of computation.
/// </remarks>
public sealed class ExperimentCell
{
    internal ExperimentCell(ExperimentSpecification specification, string model, NamedText? prior, NamedText intervention, int? seed)
    {
        Specification = specification;
        Model = model;
        Prior = prior;
        Intervention = intervention;
        Seed = seed;
    }

    /// <summary>The experiment.</summary>
    public ExperimentSpecification Specification { get; }

    /// <summary>The world.</summary>
    public string Model { get; }

    /// <summary>The prior; null for the policies that need none.</summary>
    public NamedText? Prior { get; }

    /// <summary>The supervisor.</summary>
    public NamedText Intervention { get; }

    /// <summary>The number of the draw; null where nothing is random.</summary>
    public int? Seed { get; }

    /// <summary>A fingerprint of all that the results depend on, 16 hexadecimal digits.</summary>
    public string Hash => field ??= Fingerprint.Of(string.Join('\n',
    [
        "rift-cell-1", Model, File.Exists(Model) ? Fingerprint.Of(File.ReadAllText(Model)) : "", Prior?.Name, Prior?.Text, Intervention.Name, Intervention.Text, Seed?.ToString(CultureInfo.InvariantCulture) ?? "",
        .. FixedPolicies, "tunings", .. Prior is null ? [] : Specification.Tunings.Select(tuning => tuning.Canonical), "metrics", .. Specification.Metrics,
    ]));

    private IReadOnlyList<string> FixedPolicies => Prior is null ? Specification.References : Specification.Policies;

    private IReadOnlyList<Metric> Metrics => field ??= [.. Specification.Metrics.Select(Metric.Named)];

    /// <summary>Computes the cell.</summary>
    internal ResultTable Run(WorldContext.Cache worlds, CancellationToken cancellation)
    {
        WorldContext world = worlds[Model];
        InterventionStrategy strategy = InterventionSpec.Parse(Intervention.Text);
        PriorSpec? spec = Prior is null ? null : PriorSpec.Parse(Prior.Text);
        if (spec is { NeedsInterventions: true } && strategy.NeedsPrior)
            throw new SpecificationException($"found the prior {Prior!.Text}, which is made from the interventions, with {Intervention.Text}, which looks at the prior; expected one of the two");
        Policy? prior = spec is null or { NeedsInterventions: true } ? null : MakePrior(null);
        StateActionTable phi = strategy.Table(world.Expert, prior, Stream("intervention", Intervention.Text));
        if (spec is { NeedsInterventions: true }) prior = MakePrior(phi);
        CellWork work = new(this, world, prior, phi, strategy.Supervise(world.Expert, prior, Stream("intervention", Intervention.Text)), cancellation);
        return new ResultTable(Specification.Metrics, [.. FixedPolicies.Select(work.Fixed), .. prior is null ? [] : Specification.Tunings.SelectMany(work.Tuned)]);

        Policy MakePrior(StateActionTable? intervention) => spec.Make(world.Expert, intervention, world.Horizon, Stream("prior", Prior!.Text));
    }

    /// <summary>The stream of a random part of the cell.</summary>
    internal SplittableRandom Stream(string role, string text) => SplittableRandom.Stream(Fingerprint.Seed($"{role}\n{Model}\n{text}"), Seed ?? 0);

    /// <summary>A row of results.</summary>
    internal ResultRow Row(string policy, PolicyMeasurement measurement, Func<Metric, bool>? measured = null) => new()
    {
        World = Model,
        Prior = Prior?.Name ?? "",
        Intervention = Intervention.Name,
        Seed = Seed,
        Policy = policy,
        Metrics = [.. Metrics.Select(metric => measured?.Invoke(metric) == false ? null : metric.Measure(measurement))],
    };

    /// <summary>A row of one metric alone.</summary>
    internal ResultRow Row(string policy, string only, CertifiedNumber? number) => new()
    {
        World = Model,
        Prior = Prior?.Name ?? "",
        Intervention = Intervention.Name,
        Seed = Seed,
        Policy = policy,
        Metrics = [.. Metrics.Select(metric => metric.Name == only ? number : null)],
    };
}
