using Rift.Experiments;

namespace Rift.Cli;

/// <summary>The verdicts as a table, in text at most 120 columns wide.</summary>
internal static class ReproductionText
{
    private const int FigureWidth = 10, ClaimWidth = 60, VerdictWidth = 46, Indent = FigureWidth + 6;

    internal static void Write(TableWriter output, IReadOnlyList<ReproductionResult> results)
    {
        output.Write(new Table(
            [
                Column.Words("figure") with { Width = FigureWidth },
                Column.Words("claim") with { Width = ClaimWidth, Wrap = ClaimWidth },
                Column.Words("verdict") with { Wrap = VerdictWidth },
                Column.Words("decided by") with { Below = Indent, Wrap = FigureWidth + ClaimWidth + VerdictWidth + 4 - Indent },
            ],
            results.SelectMany(result => result.Claims.Select(claim => (Cell[])
                [result.Reproduction.Figure, claim.Statement, claim.Verdict, $"{claim.Deciding.What}: {claim.Deciding}"]))));
        output.Line();
        foreach (ReproductionResult result in results)
            foreach (Measurement criterion in result.Criteria.Where(criterion => !criterion.Holds))
                output.Line($"{result.Reproduction.Figure}: fails: {criterion.What}: {criterion}");
        Comparison[] compared = [.. results.SelectMany(result => result.Comparisons).DistinctBy(comparison => comparison.Prototype)];
        foreach (Comparison comparison in compared.Where(comparison => !comparison.Agrees && !comparison.Ours.IsDrawn))
            output.Line(FormattableString.Invariant($"differs: {comparison.Prototype.Setting}: {comparison.Prototype.Metric}: {comparison.Ours.Mean:R}, expected {comparison.Prototype.Printed}"));
        int holding = results.Sum(result => result.Criteria.Count(criterion => criterion.Holds)), criteria = results.Sum(result => result.Criteria.Count);
        output.Line(FormattableString.Invariant($"{holding} of {criteria} criteria hold; {compared.Count(comparison => comparison.Agrees)} of {compared.Length} numbers agree with those of an independent prototype"));
    }
}
