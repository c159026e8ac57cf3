using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison for people: a line for each policy, and below each column the largest error, the rounding of the last digit aside.</summary>
internal static class FinetuneText
{
    private const int TitleWidth = 20, ColumnWidth = 13;

    private static readonly string[] _learnedColumns = ["steps", "stopped", "success", "intervention", "Psi", "<phi, mu>"];

    internal static void Write(TextWriter output, FinetuneRequest request, FinetuneReport report)
    {
        FineTuning result = report.Exact;
        output.WriteLine($"model         {result.Expert.Mdp}");
        output.WriteLine($"prior         {request.Prior}");
        output.WriteLine($"intervention  {request.Intervention}");
        output.WriteLine(FormattableString.Invariant($"KL weight     {request.KlWeight}"));
        if (request.Rounds > 1) output.WriteLine(FormattableString.Invariant($"rounds        {request.Rounds}: exactly, one round at KL weight {result.KlWeight}"));
        Episodes(output, FormattableString.Invariant($"episodes of at most {result.Horizon} steps"), result, policy => policy.FixedHorizon);
        if (result.RlifSuccess is { } range)
            output.WriteLine(FormattableString.Invariant($"success of all RLIF optima: from {Text(range.Least)} to {Text(range.Most)}, within {Math.Max(range.Least.ErrorBound, range.Most.ErrorBound):0.0e+00}"));
        Episodes(output, FormattableString.Invariant($"episodes that go on with probability 1 - 1/{result.Horizon} after each step"), result, policy => policy.Geometric);
        Episodes(output, FormattableString.Invariant($"most likely actions, episodes of at most {result.Horizon} steps"), result, policy => policy.Mode);
        Table(output, "discounted", result, [("return", policy => policy.DiscountedReturn), ("Psi", policy => policy.Psi), ("<phi, mu>", policy => policy.InterventionRate)]);
        if (report.Sampled is not { } sampled) return;
        Learned(output, request, "RIFT", sampled.Rift, result);
        Learned(output, request, "RLIF, uniform ties", sampled.Rlif, result);
    }

    private static void Learned(TextWriter output, FinetuneRequest request, string name, SampledPolicy learned, FineTuning result)
    {
        output.WriteLine();
        output.WriteLine(FormattableString.Invariant($"{name} from episodes: {request.Learner ?? LearnerSpec.Default}, {request.EpisodesPerRound} in a round; exact numbers of what was learned, episodes of at most {result.Horizon} steps"));
        Line("", _learnedColumns);
        double[] errors = new double[4];
        Round("prior", "", "", result.Prior);
        foreach ((int i, TrainingRound round) in learned.Run.Rounds.Index())
            Round(FormattableString.Invariant($"round {i + 1}"), FormattableString.Invariant($"{round.Steps}"), FormattableString.Invariant($"{round.StoppedEpisodes}"), learned.Curve[i]);
        Line("error at most", ["", "", .. errors.Select(error => FormattableString.Invariant($"{error:0.0e+00}"))]);
        if (request.Until is not null) output.WriteLine($"{request.Until}: {(learned.Run.MetStoppingRule ? "met" : "not met")}");
        output.WriteLine(FormattableString.Invariant($"{learned.Estimates.Episodes} further episodes of what was learned, intervals of {ConfidenceInterval.DefaultLevel:0 %}"));
        foreach ((string number, ConfidenceInterval? interval) in FinetuneCommand.Estimates(learned.Estimates))
            if (interval is { } known) output.WriteLine(number.PadRight(TitleWidth) + FormattableString.Invariant($"{known.Estimate,ColumnWidth:0.0000}   {known.Low:0.0000} to {known.High:0.0000}"));

        void Round(string title, string steps, string stopped, EvaluatedPolicy policy)
        {
            CertifiedNumber?[] numbers = [policy.FixedHorizon.Success, policy.FixedHorizon.Intervention, policy.Psi, policy.InterventionRate];
            for (int i = 0; i < numbers.Length; i++) errors[i] = Math.Max(errors[i], numbers[i]?.ErrorBound ?? 0);
            Line(title, [steps, stopped, .. numbers.Select(Text)]);
        }

        void Line(string title, string[] cells) => output.WriteLine((title.PadRight(TitleWidth) + string.Concat(cells.Select(cell => cell.PadLeft(ColumnWidth)))).TrimEnd());
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
