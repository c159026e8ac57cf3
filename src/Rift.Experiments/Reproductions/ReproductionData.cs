namespace Rift.Experiments;

/// <summary>The results of several experiments by their names.</summary>
/// <param name="tables">The results, by the name of the experiment.</param>
public sealed class ReproductionData(IReadOnlyDictionary<string, ResultTable> tables)
{
    /// <summary>The results of one experiment.</summary>
    /// <param name="experiment">The experiment's name.</param>
    public ResultTable this[string experiment] => tables[experiment];

    /// <summary>Whether there are results of an experiment.</summary>
    /// <param name="experiment">The experiment's name.</param>
    public bool Has(string experiment) => tables.ContainsKey(experiment);

    /// <summary>A metric of one policy in one setting, by seed.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="setting">The setting.</param>
    /// <exception cref="ArgumentException">There are no such rows, or the setting does not tell them apart.</exception>
    public Sample Sample(string experiment, string metric, Setting setting) => tables[experiment].Sample(metric, setting.Matches);

    /// <summary>The numbers on the rows of a setting, such as the KL weights that were searched for, by seed.</summary>
    internal SortedDictionary<int, ResultRow> Rows(string experiment, Setting setting) => new(tables[experiment].Rows.Where(setting.Matches).ToDictionary(row => row.Seed ?? 0));
}

/// <summary>Which rows are meant: those that agree with everything that is given.</summary>
/// <param name="World">The world.</param>
/// <param name="Supervisor">The supervisor's name.</param>
/// <param name="Policy">The policy's name.</param>
/// <param name="Prior">The prior's name; null for policies that need none.</param>
public sealed record Setting(string World, string Supervisor, string Policy, string? Prior = null)
{
    /// <summary>The KL weight; null for any.</summary>
    public double? KlWeight { get; init; }

    /// <summary>The prior's scale; null for any.</summary>
    public double? PriorScale { get; init; }

    /// <summary>C; null for any.</summary>
    public double? Offset { get; init; }

    /// <summary>The round; null for any.</summary>
    public int? Round { get; init; }

    /// <summary>Episodes in each round; null for any.</summary>
    public int? Episodes { get; init; }

    internal bool Matches(ResultRow row) =>
        row.World == World && row.Intervention == Supervisor && row.Policy == Policy && row.Prior == (Prior ?? "")
        && (KlWeight is null || KlWeight == row.KlWeight) && (PriorScale is null || PriorScale == row.PriorScale) && (Offset is null || Offset == row.Offset) && (Round is null || Round == row.Round) && (Episodes is null || Episodes == row.Episodes);

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", new[] { World, Prior is null ? "" : $"{Prior} prior", Supervisor, Policy, KlWeight is double w ? FormattableString.Invariant($"ω = {w}") : "", PriorScale is double c ? FormattableString.Invariant($"c = {c}") : "", Offset is double o ? FormattableString.Invariant($"C = {o}") : "" }.Where(part => part.Length > 0));
}
