using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison for people: a line for each policy, and below each column the largest error, the rounding of the last digit aside.</summary>
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
        if (result.RlifSuccess is { } range)
            output.WriteLine(FormattableString.Invariant($"success of all RLIF optima: from {Text(range.Least)} to {Text(range.Most)}, within {Math.Max(range.Least.ErrorBound, range.Most.ErrorBound):0.0e+00}"));
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
        double[] errors = new double[columns.Length];
        foreach ((_, string name, EvaluatedPolicy policy) in FinetuneCommand.Rows(result))
        {
            CertifiedNumber?[] numbers = [.. columns.Select(column => column.Number(policy))];
            for (int i = 0; i < numbers.Length; i++) errors[i] = Math.Max(errors[i], numbers[i]?.ErrorBound ?? 0);
            output.WriteLine(name.PadRight(TitleWidth) + string.Concat(numbers.Select(number => Text(number).PadLeft(ColumnWidth))));
        }

        output.WriteLine("error at most".PadRight(TitleWidth) + string.Concat(errors.Select(error => FormattableString.Invariant($"{error:0.0e+00}").PadLeft(ColumnWidth))));
    }

    private static string Text(CertifiedNumber? number) => number is not { } known ? "-"
        : double.IsPositiveInfinity(known.Value) ? "infinite"
        : Math.Abs(known.Value) is (> 0 and < 1e-4) or >= 1e6 ? FormattableString.Invariant($"{known.Value:0.0e+00}")
        : FormattableString.Invariant($"{known.Value:0.00000}");
}
