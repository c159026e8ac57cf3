using System.Text.Json;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A solution as <c>rift-solution-1</c>: see docs/formats.md.</summary>
internal static class SolutionJson
{
    // Tables of millions of pairs are handed to the stream in pieces.
    private const int PendingBytes = 1 << 16;

    /// <summary>Writes the document.</summary>
    internal static void Write(Utf8JsonWriter json, SolveReport report)
    {
        SoftProblem problem = report.Problem;
        json.WriteStartObject();
        json.WriteString("format", "rift-solution-1");
        if (problem.Mdp.Description.Name is string name) json.WriteString("model", name);
        json.WriteString("outcome", Name(report.Outcome));
        json.WriteString("algorithm", report.Algorithm);
        json.WriteNumber("iterations", report.Iterations);
        json.WriteNumber("temperature", problem.Temperature);
        json.WriteNumber("discount", problem.Mdp.Discount);
        if (report.Steps is not null) json.WriteNumber("horizon", report.Steps.Horizon);
        json.WriteNumberOrNull("objective", report.Objective);
        json.WriteNumbers("values", report.Values);
        json.WritePropertyName("q");
        WriteTable(json, problem, report.Q);
        json.WritePropertyName("logPolicy");
        WriteTable(json, problem, report.Policy.LogProbabilities);
        json.WriteNumbers("stateVisitation", report.StateVisitation);
        json.WriteStartObject("certificate");
        json.WriteNumberOrNull("halfWidth", report.HalfWidth);
        if (report.Asked is double asked) json.WriteNumberOrNull("asked", asked);
        if (report.LogPolicyRadius is double radius) json.WriteNumberOrNull("logPolicyRadius", radius);
        json.WriteNumbers("lower", report.Lower);
        json.WriteNumbers("upper", report.Upper);
        json.WriteEndObject();
        if (report.Steps is not null) WriteSteps(json, report.Steps, report.PerStep!);
        json.WriteEndObject();
    }

    /// <summary>The outcome as it is written in files and shown to people.</summary>
    internal static string Name(Outcome outcome) => outcome switch
    {
        Outcome.Converged => "converged",
        Outcome.Cancelled => "cancelled",
        _ => "tolerance-not-reached",
    };

    private static void WriteSteps(Utf8JsonWriter json, FiniteHorizonSolution steps, IReadOnlyList<double[]> perStep)
    {
        json.WriteStartObject("steps");
        json.WriteStartArray("values");
        for (int t = 0; t <= steps.Horizon; t++) json.WriteNumbers(steps.Values(t));
        json.WriteEndArray();
        json.WriteStartArray("logPolicy");
        for (int t = 0; t < steps.Horizon; t++) WriteTable(json, steps.Problem, steps.Policy(t).LogProbabilities);
        json.WriteEndArray();
        json.WriteStartArray("stateVisitation");
        foreach (double[] visitation in perStep) json.WriteNumbers(visitation);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>S rows of A numbers; null where the action is not available or never taken.</summary>
    private static void WriteTable(Utf8JsonWriter json, SoftProblem problem, StateActionTable table)
    {
        json.WriteStartArray();
        for (int s = 0; s < table.States; s++)
        {
            json.WriteStartArray();
            for (int a = 0; a < table.Actions; a++)
                json.WriteNumberOrNull(problem.Mdp.IsAvailable(s, a) ? table[s, a] : double.NaN);
            json.WriteEndArray();
            if (json.BytesPending > PendingBytes) json.Flush();
        }

        json.WriteEndArray();
    }
}
