using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>A number that experiments measure of a policy.</summary>
public sealed class Metric
{
    private Metric(string name, string title, Func<PolicyMeasurement, CertifiedNumber?> measure)
    {
        Name = name;
        Title = title;
        Measure = measure;
    }

    /// <summary>The name of its column in results.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public string Title { get; }

    internal Func<PolicyMeasurement, CertifiedNumber?> Measure { get; }

    /// <summary>Every metric there is.</summary>
    public static IReadOnlyList<Metric> All { get; } =
    [
        new("success", "probability of success within the fixed horizon, without a supervisor", policy => policy.Episodes.Success),
        new("failure", "probability of failure within the fixed horizon, without a supervisor", policy => policy.Episodes.Failure),
        new("intervention", "probability of at least one e-stop within the fixed horizon", policy => policy.Episodes.Intervention),
        new("return", "expected undiscounted return within the fixed horizon, without a supervisor", policy => policy.Episodes.Return),
        new("length", "expected number of steps within the fixed horizon, without a supervisor", policy => policy.Episodes.Length),
        new("mode-success", "probability of success of the most likely actions, ties drawn once for each state", policy => policy.Mode.Success),
        new("mode-intervention", "probability of at least one e-stop of the most likely actions", policy => policy.Mode.Intervention),
        new("geometric-success", "probability of success with the geometric time limit", policy => policy.Geometric.Success),
        new("geometric-intervention", "probability of at least one e-stop with the geometric time limit", policy => policy.Geometric.Intervention),
        new("psi", "Psi (9) against the expert, in nats", policy => policy.Psi),
        new("rate", "discounted rate of interventions <phi, mu>", policy => policy.Rate),
        new("expert-rate", "the expert's own discounted rate of interventions", policy => policy.ExpertRate),
        new("coverage", "share of the pairs that the data of an offline learner have seen", policy => policy.Learned?.Coverage is double coverage ? new CertifiedNumber(coverage, 0) : null),
        new("steps", "decisions in the episodes of the last round", policy => policy.Learned is { Episodes: > 0 } round ? new CertifiedNumber(round.Steps, 0) : null),
        new("distance", "largest total variation from the prior over all states", policy => policy.Distance),
        new("identity", "largest difference of probabilities from the policy that fact F8, F9 or F10 names", policy => policy.Identity),
    ];

    /// <summary>The metric of a name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Metric Named(string name) => All.FirstOrDefault(metric => metric.Name == name) ?? throw new ArgumentException($"found '{name}', expected one of {string.Join(", ", All.Select(metric => metric.Name))}", nameof(name));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
