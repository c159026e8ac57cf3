using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison for people: a line for each policy, and the largest error of what is printed.</summary>
internal static class FinetuneText
{
    private const int TitleWidth = 20, ColumnWidth = 13;

    internal static void Write(TextWriter output, FinetuneRequest request, FineTuning result)
    {
        output.WriteLine($"model         {result.Expert.Mdp}");
        output.WriteLine($"prior         {request.Prior}");
        output.WriteLine($"intervention  {request.Intervention}");
        output.WriteLine(FormattableString.Invariant($"KL weight     {result.KlWeight}"));
        Episodes(output, FormattableString.Invariant($"episodes of at most {result.Horizon} steps"), result, policy => policy.FixedHorizon);
        Episodes(output, FormattableString.Invariant($"episodes that go on with probability 1 - 1/{result.Horizon} after each step"), result, policy => policy.Geometric);
        Episodes(output, FormattableString.Invariant($"most likely actions, episodes of at most {result.Horizon} steps"), result, policy => policy.Mode);
        Table(output, "discounted", result, [("return", policy => policy.DiscountedReturn), ("Psi", policy => policy.Psi), ("<phi, mu>", policy => policy.InterventionRate)]);
    }

    private static void Episodes(TextWriter output, string title, FineTuning result, Func<EvaluatedPolicy, EpisodeEvaluation> which) => Table(output, title, result,
    [
        ("success", policy => which(policy).Success),
        ("intervention", policy => which(policy).Intervention),
        ("failure", policy => which(policy).Failure),
        ("return", policy => which(policy).Return),
        ("length", policy => which(policy).Length),
    ]);

    private static void Table(TextWriter output, string title, FineTuning result, (string Name, Func<EvaluatedPolicy, CertifiedNumber?> Number)[] columns)
    {
        output.WriteLine();
        output.WriteLine(title);
        output.WriteLine("".PadRight(TitleWidth) + string.Concat(columns.Select(column => column.Name.PadLeft(ColumnWidth))));
        double error = 0;
        foreach ((_, string name, EvaluatedPolicy policy) in FinetuneCommand.Rows(result))
        {
            CertifiedNumber?[] numbers = [.. columns.Select(column => column.Number(policy))];
            foreach (CertifiedNumber? number in numbers) error = Math.Max(error, number?.ErrorBound ?? 0);
            output.WriteLine(name.PadRight(TitleWidth) + string.Concat(numbers.Select(number => Text(number).PadLeft(ColumnWidth))));
        }

        output.WriteLine(FormattableString.Invariant($"every number within {error:0.0e+00}, rounding of its last digit aside"));
    }

    private static string Text(CertifiedNumber? number) => number is not { } known ? "-"
        : double.IsPositiveInfinity(known.Value) ? "infinite"
        : Math.Abs(known.Value) is > 0 and < 1e-4 ? FormattableString.Invariant($"{known.Value:0.0e-00}")
        : FormattableString.Invariant($"{known.Value:0.00000}");
}
