namespace Rift.Experiments;

/// <summary>A reproduction with its results: what became of the claims and the criteria.</summary>
public sealed class ReproductionResult
{
    internal ReproductionResult(Reproduction reproduction, ReproductionData data)
    {
        Reproduction = reproduction;
        Data = data;
        Claims = [.. reproduction.Claims(data)];
        Criteria = [.. reproduction.Criteria(data)];
        Comparisons = reproduction.Comparisons(data);
        Charts = [.. reproduction.Charts(data)];
    }

    /// <summary>What was reproduced.</summary>
    public Reproduction Reproduction { get; }

    /// <summary>The results of its experiments.</summary>
    public ReproductionData Data { get; }

    /// <summary>The paper's claims, decided.</summary>
    public IReadOnlyList<Claim> Claims { get; }

    /// <summary>What has to hold; where nothing is drawn, agreement with the prototype to the last digit printed is among it.</summary>
    public IReadOnlyList<Measurement> Criteria { get; }

    /// <summary>Ours beside the prototype's.</summary>
    public IReadOnlyList<Comparison> Comparisons { get; }

    /// <summary>The pictures.</summary>
    public IReadOnlyList<Chart> Charts { get; }

    /// <summary>Whether all criteria hold, and what is not drawn agrees with the prototype.</summary>
    public bool Holds => Criteria.All(criterion => criterion.Holds) && Comparisons.All(comparison => comparison.Agrees || comparison.Ours.IsDrawn);

    /// <summary>Computes the experiments of some reproductions, each experiment once, and decides.</summary>
    /// <param name="reproductions">The reproductions.</param>
    /// <param name="run">Where to keep what is finished, threads, cancellation, progress.</param>
    /// <param name="seeds">Draws of each random prior and supervisor; null for what the specifications say.</param>
    /// <returns>A result for each reproduction, in their order.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static IReadOnlyList<ReproductionResult> Of(IEnumerable<Reproduction> reproductions, ExperimentRun run, int? seeds = null)
    {
        ArgumentNullException.ThrowIfNull(reproductions);
        ArgumentNullException.ThrowIfNull(run);
        Reproduction[] all = [.. reproductions];
        Dictionary<string, ResultTable> tables = [];
        foreach (string experiment in all.SelectMany(reproduction => reproduction.Experiments).Distinct())
        {
            ExperimentSpecification specification = ExperimentFile.ReadBuiltIn(experiment);
            tables[experiment] = run.Of(seeds is int count ? specification with { Seeds = count } : specification);
        }

        ReproductionData data = new(tables);
        return [.. all.Select(reproduction => new ReproductionResult(reproduction, data))];
    }
}
