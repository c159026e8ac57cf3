using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison for people: a line for each policy, and below each column the largest error, the rounding of the last digit aside.</summary>
internal static class FinetuneText
{
    private const int TitleWidth = 20, ColumnWidth = 13;

    internal static void Write(TableWriter output, FinetuneRequest request, FinetuneReport report)
    {
        FineTuning result = report.Exact;
        output.Line($"model         {result.Expert.Mdp}");
        output.Line($"prior         {request.Prior}");
        output.Line($"intervention  {request.Intervention}");
        output.Line(FormattableString.Invariant($"KL weight     {request.KlWeight}"));
        if (request.Rounds > 1) output.Line(FormattableString.Invariant($"rounds        {request.Rounds}: exactly, one round at KL weight {result.KlWeight}"));
        Episodes(output, FormattableString.Invariant($"episodes of at most {result.Horizon} steps"), result, policy => policy.FixedHorizon);
        if (result.RlifSuccess is { } range)
            output.Line(FormattableString.Invariant($"success of all RLIF optima: from {Text(range.Least)} to {Text(range.Most)}, within {Math.Max(range.Least.ErrorBound, range.Most.ErrorBound):0.0e+00}"));
        Episodes(output, FormattableString.Invariant($"episodes that go on with probability 1 - 1/{result.Horizon} after each step"), result, policy => policy.Geometric);
        Episodes(output, FormattableString.Invariant($"most likely actions, episodes of at most {result.Horizon} steps"), result, policy => policy.Mode);
        Table(output, "discounted", result, [("return", policy => policy.DiscountedReturn), ("Psi", policy => policy.Psi), ("<phi, mu>", policy => policy.InterventionRate)]);
        if (report.Sampled is not { } sampled) return;
        Learned(output, request, "RIFT", sampled.Rift, result);
        Learned(output, request, "RLIF, uniform ties", sampled.Rlif, result);
    }

    private static void Learned(TableWriter output, FinetuneRequest request, string name, SampledPolicy learned, FineTuning result)
    {
        output.Line();
        output.Line(FormattableString.Invariant($"{name} from episodes: {request.Learner ?? LearnerSpec.Default}, {request.EpisodesPerRound} in a round; exact numbers of what was learned, episodes of at most {result.Horizon} steps"));
        IEnumerable<(Cell[] Head, EvaluatedPolicy Policy)> rounds = learned.Run.Rounds.Select((round, i) =>
            ((Cell[])[FormattableString.Invariant($"round {i + 1}"), Cell.Of(round.Steps), Cell.Of(round.StoppedEpisodes)], learned.Curve[i]));
        Table(output, [Head("round"), Column.Numbers("steps", ColumnWidth), Column.Numbers("stopped", ColumnWidth)], [(["prior", Cell.None, Cell.None], result.Prior), .. rounds],
        [
            ("success", policy => policy.FixedHorizon.Success), ("intervention", policy => policy.FixedHorizon.Intervention),
            ("Psi", policy => policy.Psi), ("<phi, mu>", policy => policy.InterventionRate),
        ]);
        if (request.Until is not null) output.Line($"{request.Until}: {(learned.Run.MetStoppingRule ? "met" : "not met")}");
        output.Line(FormattableString.Invariant($"{learned.Estimates.Episodes} further episodes of what was learned, intervals of {ConfidenceInterval.DefaultLevel:0 %}"));
        output.Write(new Table(
            [Head("number"), Column.Numbers("estimate", ColumnWidth), Column.Numbers("from", ColumnWidth), Column.Numbers("to", ColumnWidth)],
            FinetuneCommand.Estimates(learned.Estimates).Where(number => number.Interval is not null).Select(number => (Cell[])
                [number.Name, Cell.In("0.0000", number.Interval!.Value.Estimate), Cell.In("0.0000", number.Interval.Value.Low), Cell.In("0.0000", number.Interval.Value.High)])));
    }

    private static void Episodes(TableWriter output, string title, FineTuning result, Func<EvaluatedPolicy, EpisodeEvaluation> which) => Table(output, title, result,
    [
        ("success", policy => which(policy).Success),
        ("intervention", policy => which(policy).Intervention),
        ("failure", policy => which(policy).Failure),
        ("return", policy => which(policy).Return),
        ("length", policy => which(policy).Length),
    ]);

    private static void Table(TableWriter output, string title, FineTuning result, (string Name, Func<EvaluatedPolicy, CertifiedNumber?> Number)[] columns)
    {
        output.Line();
        output.Line(title);
        Table(output, [Head("policy")], FinetuneCommand.Rows(result).Select(row => ((Cell[])[row.Title], row.Policy)), columns);
    }

    /// <summary>A row for each policy, and below each column of certified numbers the largest error.</summary>
    private static void Table(TableWriter output, Column[] head, IEnumerable<(Cell[] Head, EvaluatedPolicy Policy)> policies, (string Name, Func<EvaluatedPolicy, CertifiedNumber?> Number)[] columns)
    {
        (Cell[] Head, CertifiedNumber?[] Numbers)[] rows = [.. policies.Select(row => (row.Head, columns.Select(column => column.Number(row.Policy)).ToArray()))];
        IEnumerable<Cell> errors = columns.Select((_, k) => Cell.In("0.0e+00", rows.Max(row => row.Numbers[k]?.ErrorBound ?? 0)));
        output.Write(new Table(
            [.. head, .. columns.Select(column => Column.Numbers(column.Name, ColumnWidth))],
            [.. rows.Select(row => (Cell[])[.. row.Head, .. row.Numbers.Select(Number)]), ["error at most", .. head[1..].Select(_ => Cell.None), .. errors]]));
    }

    private static Column Head(string heading) => Column.Words(heading) with { Width = TitleWidth, IsPlain = true };

    /// <summary>A number for people with as many digits as are worth reading; its error stands elsewhere in the table.</summary>
    internal static Cell Number(CertifiedNumber? number) => Cell.Of(number?.Value ?? double.NaN, Text(number));

    private static string Text(CertifiedNumber? number) => number is not { } known ? "-"
        : double.IsPositiveInfinity(known.Value) ? "infinite"
        : Math.Abs(known.Value) is (> 0 and < 1e-4) or >= 1e6 ? FormattableString.Invariant($"{known.Value:0.0e+00}")
        : FormattableString.Invariant($"{known.Value:0.00000}");
}
