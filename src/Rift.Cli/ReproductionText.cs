using Rift.Experiments;

namespace Rift.Cli;

/// <summary>The verdicts as a table for people, at most 120 columns wide.</summary>
internal static class ReproductionText
{
    private const int FigureWidth = 10, ClaimWidth = 62, VerdictWidth = 46;

    internal static void Write(TextWriter output, IReadOnlyList<ReproductionResult> results)
    {
        output.WriteLine($"{"figure",-FigureWidth}  {"claim",-ClaimWidth}{"verdict",-VerdictWidth}".TrimEnd());
        foreach (ReproductionResult result in results)
        {
            foreach (Claim claim in result.Claims)
            {
                string[] statement = [.. LedgerText.Wrapped(claim.Statement, ClaimWidth - 2)], verdict = [.. LedgerText.Wrapped(claim.Verdict, VerdictWidth)];
                for (int i = 0; i < Math.Max(statement.Length, verdict.Length); i++)
                    output.WriteLine($"{(i == 0 ? result.Reproduction.Figure : ""),-FigureWidth}  {statement.ElementAtOrDefault(i) ?? "",-ClaimWidth}{verdict.ElementAtOrDefault(i) ?? ""}".TrimEnd());
                foreach (string line in LedgerText.Wrapped($"{claim.Deciding.What}: {claim.Deciding}", ClaimWidth + VerdictWidth - 4)) output.WriteLine($"{"",-FigureWidth}      {line}");
            }
        }

        output.WriteLine();
        foreach (ReproductionResult result in results)
            foreach (Measurement criterion in result.Criteria.Where(criterion => !criterion.Holds))
                output.WriteLine($"{result.Reproduction.Figure}: fails: {criterion.What}: {criterion}");
        Comparison[] compared = [.. results.SelectMany(result => result.Comparisons).DistinctBy(comparison => comparison.Prototype)];
        foreach (Comparison comparison in compared.Where(comparison => !comparison.Agrees && !comparison.Ours.IsDrawn))
            output.WriteLine(FormattableString.Invariant($"differs: {comparison.Prototype.Setting}: {comparison.Prototype.Metric}: {comparison.Ours.Mean:R}, expected {comparison.Prototype.Printed}"));
        int holding = results.Sum(result => result.Criteria.Count(criterion => criterion.Holds)), criteria = results.Sum(result => result.Criteria.Count);
        output.WriteLine(FormattableString.Invariant($"{holding} of {criteria} criteria hold; {compared.Count(comparison => comparison.Agrees)} of {compared.Length} numbers agree with those of an independent prototype"));
    }
}
