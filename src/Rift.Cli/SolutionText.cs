using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A solution for people: what was solved, how, how well, and the first states.</summary>
internal static class SolutionText
{
    /// <summary>Writes the summary.</summary>
    internal static void Write(TableWriter output, SolveReport report)
    {
        output.Line($"model       {report.Problem.Mdp}");
        output.Line($"problem     {ProblemLine(report)}");
        output.Line(Line($"algorithm   {report.Algorithm}; {report.Iterations} {(report.Steps is null ? "iteration" : "step")}{(report.Iterations == 1 ? "" : "s")}"));
        output.Line($"outcome     {OutcomeLine(report)}");
        output.Line($"V(start)    {StartValue(report)}");
        output.Line();
        output.Write(StateTable.OfSolution(report));
        if (WorldMap.Of(report) is not { ShowsDirections: true } map) return;
        output.Picture(["", .. map.Lines().Select(row => $"  {row}")]);
    }

    /// <summary>What was solved, at which temperature.</summary>
    internal static string ProblemLine(SolveReport report)
    {
        SoftProblem problem = report.Problem;
        string temperature = problem.Temperature > 0
            ? Line($"temperature {problem.Temperature}")
            : problem.Ties == TieRule.Uniform ? "temperature 0, ties uniform" : "temperature 0, ties by the prior";
        string prior = problem.LogBase is null ? "" : ", with a prior";
        string horizon = report.Steps is null ? "" : Line($", {report.Steps.Horizon} steps (values and policy of the first)");
        return temperature + prior + horizon;
    }

    /// <summary>The value at the start and how far it is from the optimal one at most.</summary>
    internal static string StartValue(SolveReport report) => Line($"{report.Objective:G10}, within {report.HalfWidth:0.0e+00}");

    private static string OutcomeLine(SolveReport report) =>
        Line($"{SolutionJson.Name(report.Outcome)}: every V within {report.HalfWidth:0.0e+00}") + (report.Asked is double asked ? Line($" (asked: {asked:0.0e+00})") : "");

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
