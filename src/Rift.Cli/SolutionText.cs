using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A solution for people: what was solved, how, how well, and the first states.</summary>
internal static class SolutionText
{
    private const int ShownStates = 10, ShownActions = 6, LabelWidth = 32;

    /// <summary>Writes the summary.</summary>
    internal static void Write(TextWriter output, SolveReport report)
    {
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        output.WriteLine($"model       {mdp}");
        output.WriteLine($"problem     {ProblemLine(report)}");
        output.WriteLine(Line($"algorithm   {report.Algorithm}; {report.Iterations} {(report.Steps is null ? "iteration" : "step")}{(report.Iterations == 1 ? "" : "s")}"));
        output.WriteLine($"outcome     {OutcomeLine(report)}");
        output.WriteLine(Line($"V(start)    {report.Objective:G10}, within {report.HalfWidth:0.0e+00}"));
        output.WriteLine();
        WriteStates(output, report);
        string[] picture = [.. WorldMap.Draw(mdp, report.Policy)];
        if (picture.Length == 0) return;
        output.WriteLine();
        foreach (string row in picture) output.WriteLine($"  {row}");
    }

    private static string ProblemLine(SolveReport report)
    {
        SoftProblem problem = report.Problem;
        string temperature = problem.Temperature > 0
            ? Line($"temperature {problem.Temperature}")
            : problem.Ties == TieRule.Uniform ? "temperature 0, ties uniform" : "temperature 0, ties by the prior";
        string prior = problem.LogBase is null ? "" : ", with a prior";
        string horizon = report.Steps is null ? "" : Line($", {report.Steps.Horizon} steps (values and policy of the first)");
        return temperature + prior + horizon;
    }

    private static string OutcomeLine(SolveReport report) =>
        Line($"{SolutionJson.Name(report.Outcome)}: every V within {report.HalfWidth:0.0e+00}") + (report.Asked is double asked ? Line($" (asked: {asked:0.0e+00})") : "");

    private static void WriteStates(TextWriter output, SolveReport report)
    {
        MarkovDecisionProcess mdp = report.Problem.Mdp;
        int shown = Math.Min(ShownStates, mdp.States);
        string[] labels = [.. Enumerable.Range(0, shown).Select(s => Label(mdp, s))];
        int labelWidth = Math.Max(5, labels.Max(label => label.Length));
        output.WriteLine($"{"state".PadRight(labelWidth)}  {"V",-16}  policy");
        for (int s = 0; s < shown; s++)
            output.WriteLine(Line($"{labels[s].PadRight(labelWidth)}  {report.Values[s],-16:G10}  {ActionsOf(mdp, report.Policy, s)}"));
        if (mdp.States > shown) output.WriteLine(Line($"... and {mdp.States - shown} more: --json or --out has all"));
    }

    private static string Label(MarkovDecisionProcess mdp, int state)
    {
        string label = Line($"{state}") + (mdp.Description.StateLabels is IReadOnlyList<string> labels ? $" {labels[state]}" : "");
        return label.Length <= LabelWidth ? label : $"{label[..(LabelWidth - 3)]}...";
    }

    private static string ActionsOf(MarkovDecisionProcess mdp, Policy policy, int state)
    {
        int[] actions = [.. Enumerable.Range(0, mdp.Actions).Where(a => policy.LogProbability(state, a) > double.NegativeInfinity).OrderByDescending(a => policy.LogProbability(state, a))];
        IEnumerable<string> words = actions.Take(ShownActions).Select(a => Line($"{mdp.Description.ActionLabels?[a] ?? Line($"{a}")}: {policy.Probability(state, a):G3}"));
        return string.Join("  ", words) + (actions.Length > ShownActions ? "  ..." : "");
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
