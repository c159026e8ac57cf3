using System.Globalization;
using System.Text;

namespace Rift.Experiments;

/// <summary>The page of experiments: verdicts, criteria, pictures, and ours beside what an independent prototype found.</summary>
public static class ReproductionReport
{
    /// <summary>The page, as Markdown.</summary>
    /// <param name="results">What was reproduced.</param>
    public static string Markdown(IReadOnlyList<ReproductionResult> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        StringBuilder page = new();
        page.Append(Introduction).Append('\n');
        page.Append("## Verdicts\n\n| figure | claim of the paper, in our words | verdict | the number that decides |\n| --- | --- | --- | --- |\n");
        foreach (ReproductionResult result in results)
            foreach (Claim claim in result.Claims)
                page.Append(CultureInfo.InvariantCulture, $"| {Names(result.Reproduction)} | {claim.Statement} | {(claim.Finding == Finding.NotShown ? "**not shown**" : claim.Verdict)} | {Sentence(claim.Deciding)} |\n");
        page.Append('\n').Append(Notes);
        foreach (ReproductionResult result in results) Section(page, result);
        page.Append("\n## Specifications\n\nEach experiment is a file in `src/Rift.Experiments/Specifications`, of the format that `rift sweep` reads. The fingerprint tells for which one this page was made.\n\n| experiment | cells | fingerprint |\n| --- | ---: | --- |\n");
        foreach (string experiment in results.SelectMany(result => result.Reproduction.Experiments).Distinct())
        {
            ExperimentSpecification specification = ExperimentFile.ReadBuiltIn(experiment);
            page.Append(CultureInfo.InvariantCulture, $"| {FingerprintLine(specification)} |\n");
        }

        return page.ToString();
    }

    /// <summary>What the page says of a specification: it was made for no other.</summary>
    internal static string FingerprintLine(ExperimentSpecification specification) => string.Create(CultureInfo.InvariantCulture, $"`{specification.Name}` | {specification.Cells.Count} | `{specification.Hash}`");

    private const string Introduction =
        """
        # The paper's experiments in exact tabular form

        This page is written by `rift reproduce all --out DIR` (as `experiments.md`, with the pictures beside it): text, numbers and verdicts come from the program and the results, none is typed. Worlds are small enough that
        every policy is solved and evaluated exactly; what is random is the priors, cloned from an expert's demonstrations, and the false alarms of supervisors. Means are over 20 of them with the standard error of the
        mean, and differences are paired by seed. A number without a spread is exact up to rounding.

        Success and interventions are probabilities within the model's own number of steps, success without the supervisor, interventions as at least one e-stop. The KL weight is ω of (6), and unless something else is said
        the temperature is ω too (Theorem 4.1). Information is *high*, *medium* or *low* as the threshold B of rule (11) is small, middling or large.

        """;

    private const string Notes =
        """
        What to keep in mind:

        1. Fact [F5](theorems/F5.md) protects the imitation loss Psi, not reward: success may fall while Psi falls (Taxi at low information; counterexample CE2).
        2. RLIF is a set of policies; its range of success is often [0, 1). One member (uniform ties) is the baseline here, and the range is in `results/figure-1.csv`.
        3. The left branch of Figure 5 and the collapse of Figure 8 come from false alarms, from a temperature that is not the KL weight, or from log-priors that are not normalised; none of it is in the objective (6).
        4. The step certificate that follows from Theorem 5.1 is vacuous at the KL weights of the paper ([F3](theorems/F3.md)).
        5. All gains come with rule (11), an oracle that knows Q*. State-based and random interventions can do harm.
        6. The most likely actions of a policy are sensitive to ties.

        """;

    private static void Section(StringBuilder page, ReproductionResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {result.Reproduction.Title}\n\n{result.Reproduction.Text}\n");
        foreach (Chart chart in result.Charts) page.Append(CultureInfo.InvariantCulture, $"\n![{chart.Title}](figures/{chart.Name}.png)\n");
        page.Append("\n| claim | verdict | decided by |\n| --- | --- | --- |\n");
        foreach (Claim claim in result.Claims)
            page.Append(CultureInfo.InvariantCulture, $"| {claim.Statement} | {claim.Verdict} | {string.Join("; ", claim.Evidence.Concat(claim.ConditionalEvidence).Select(Sentence))} |\n");
        page.Append("\n| what has to hold | number | |\n| --- | --- | --- |\n");
        foreach (Measurement criterion in result.Criteria) page.Append(CultureInfo.InvariantCulture, $"| {Cell(criterion.What)} | {criterion} | {(criterion.Holds ? "holds" : "**fails**")} |\n");
        Compared(page, result.Comparisons);
    }

    private static void Compared(StringBuilder page, IReadOnlyList<Comparison> comparisons)
    {
        if (comparisons.Count == 0) return;
        int agree = comparisons.Count(comparison => comparison.Agrees);
        page.Append(CultureInfo.InvariantCulture, $"\nAn independent prototype (another program, other random numbers) printed {comparisons.Count} of these numbers; {agree} agree: to the last digit where nothing is drawn, within 0.05 (returns: 5 %) where both are means over 20 priors.\n");
        if (agree < comparisons.Count) Table(page, "The others:", [.. comparisons.Where(comparison => !comparison.Agrees)]);
        page.Append(CultureInfo.InvariantCulture, $"\n<details><summary>All {comparisons.Count}</summary>\n");
        Table(page, "", comparisons);
        page.Append("\n</details>\n");
    }

    private static void Table(StringBuilder page, string caption, IReadOnlyList<Comparison> comparisons)
    {
        if (caption.Length > 0) page.Append(CultureInfo.InvariantCulture, $"\n{caption}\n");
        page.Append("\n| setting | metric | ours | prototype |\n| --- | --- | ---: | ---: |\n");
        foreach (Comparison comparison in comparisons)
            page.Append(CultureInfo.InvariantCulture, $"| {comparison.Prototype.Setting} | {comparison.Prototype.Metric} | {(comparison.Ours.IsDrawn ? comparison.Ours.ToString() : comparison.Ours.Mean.ToString("0.0000", CultureInfo.InvariantCulture))} | {comparison.Prototype.Printed} |\n");
    }

    private static string Names(Reproduction reproduction) => string.Join(", ", [reproduction.Figure, .. reproduction.AlsoCalled.Where(name => char.IsAsciiDigit(name[0]))]);

    private static string Sentence(Measurement measurement) => $"{Cell(measurement.What)}: {measurement}";

    /// <summary>A text in a cell of a table.</summary>
    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
