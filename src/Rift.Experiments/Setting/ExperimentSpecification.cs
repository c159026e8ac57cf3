using System.Security.Cryptography;
using System.Text;

namespace Rift.Experiments;

/// <summary>An experiment: worlds, priors, supervisors and ways to tune, all combined, and what is measured.</summary>
/// <remarks>Written as a file of the format <c>rift-experiment-1</c>: see <see cref="ExperimentFile"/>. Immutable.</remarks>
public sealed record ExperimentSpecification
{
    /// <summary>The name, which results are filed under: letters, digits, hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What the experiment is about.</summary>
    public string Title { get; init; } = "";

    /// <summary>How many times each cell is drawn, where its prior or its supervisor is random.</summary>
    public int Seeds { get; init; } = 20;

    /// <summary>The worlds.</summary>
    public required IReadOnlyList<WorldSetting> Worlds { get; init; }

    /// <summary>Policies that need no prior, evaluated once for each supervisor.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Policies of <see cref="FixedPolicy"/> that are evaluated for each prior.</summary>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>How the priors are tuned.</summary>
    public IReadOnlyList<TuningSetting> Tunings { get; init; } = [];

    /// <summary>What is measured, in order: names of <see cref="Metric.All"/>.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>The cells, in the order of results.</summary>
    public IReadOnlyList<ExperimentCell> Cells => [.. AllCells()];

    /// <summary>A fingerprint of all that the results depend on: the first 16 hexadecimal digits of a SHA-256.</summary>
    public string Hash => Fingerprint.Of(string.Join('\n', Cells.Select(cell => cell.Hash)));

    private IEnumerable<ExperimentCell> AllCells()
    {
        foreach (WorldSetting world in Worlds)
        {
            foreach (NamedText intervention in world.Interventions)
            {
                bool stopsAtRandom = InterventionSpec.Parse(intervention.Text).IsRandom, comparesWithPrior = InterventionSpec.Parse(intervention.Text).NeedsPrior;
                if (References.Count > 0 && !comparesWithPrior)
                    foreach (ExperimentCell cell in Drawn(world, null, intervention, stopsAtRandom)) yield return cell;
                if (Policies.Count + Tunings.Count == 0) continue;
                foreach (NamedText prior in world.Priors)
                    foreach (ExperimentCell cell in Drawn(world, prior, intervention, stopsAtRandom || PriorSpec.Parse(prior.Text).IsRandom)) yield return cell;
            }
        }
    }

    private IEnumerable<ExperimentCell> Drawn(WorldSetting world, NamedText? prior, NamedText intervention, bool random) =>
        random ? Enumerable.Range(0, Seeds).Select(seed => new ExperimentCell(this, world.Model, prior, intervention, seed)) : [new ExperimentCell(this, world.Model, prior, intervention, null)];
}

/// <summary>Short names for long texts.</summary>
internal static class Fingerprint
{
    /// <summary>The first 16 hexadecimal digits of the SHA-256 of a text.</summary>
    internal static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));

    /// <summary>The seed that a text stands for.</summary>
    internal static long Seed(string text) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8)) & long.MaxValue;
}
