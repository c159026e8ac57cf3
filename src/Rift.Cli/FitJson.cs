using System.Text.Json;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A fit as JSON: <c>rift-fit-1</c>. What is infinite or unknown is null.</summary>
internal static class FitJson
{
    internal static void Write(Utf8JsonWriter json, FitReport report)
    {
        RewardEstimate fit = report.Estimate;
        json.WriteStartObject();
        json.WriteString("format", "rift-fit-1");
        json.WriteString("model", report.Title);
        json.WriteNumber("discount", fit.Process.Discount);
        json.WriteNumber("temperature", fit.Fit.Temperature);
        json.WriteNumber("ridge", fit.Fit.Ridge);
        json.WriteNumberOrNull("observations", fit.Data.IsPopulation ? double.NaN : fit.Data.Total);
        if (report.BusEngines is { } buses) json.WriteNumber("replacements", buses.Replacements);
        json.WriteString("outcome", FitText.Outcome(fit.Outcome));
        json.WriteStartArray("diverging");
        foreach (string name in fit.Diverging) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("steps", fit.Steps);
        json.WriteNumberOrNull("decrement", fit.Decrement);
        json.WriteBoolean("isGlobal", fit.IsGlobal);
        Parameters(json, report);
        json.WriteNumber("logLikelihood", fit.LogLikelihood);
        json.WriteNumber("logLikelihoodError", fit.LogLikelihoodOfChoices.ErrorBound);
        json.WriteNumber("logLikelihoodOfChoices", fit.LogLikelihoodOfChoices.Value);
        json.WriteNumber("logLikelihoodOfTransitions", fit.LogLikelihoodOfTransitions);
        if (report.Published is { } paper) json.WriteNumber("publishedLogLikelihood", paper.LogLikelihood);
        Covariance(json, fit);
        Identification(json, fit);
        json.WriteStartArray("tests");
        if (!fit.Data.IsPopulation && fit.Fit.Ridge == 0) Test(json, fit.AgainstNoReward() with { Name = "no reward (likelihood ratio)" });
        json.WriteEndArray();
        if (report.Bootstrap is { } bootstrap)
        {
            json.WriteStartObject("bootstrap");
            json.WriteNumber("samples", bootstrap.Points.Count);
            json.WriteNumber("failures", bootstrap.Failures);
            json.WriteNumber("seed", report.Request.Seed);
            json.WriteEndObject();
        }

        if (report.Counterfactual is { } other) Changed(json, report, other);
        json.WriteEndObject();
    }

    private static void Parameters(Utf8JsonWriter json, FitReport report)
    {
        json.WriteStartArray("parameters");
        for (int k = 0; k < report.Estimate.Parameters.Count; k++)
        {
            ParameterEstimate parameter = report.Estimate.Parameters[k];
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteNumberOrNull("estimate", parameter.Estimate);
            json.WriteNumberOrNull("standardError", parameter.StandardError);
            json.WriteNumberOrNull("standardErrorHessian", parameter.HessianStandardError);
            json.WriteNumberOrNull("pValue", parameter.IsZero.PValue);
            json.WriteBoolean("identified", report.Estimate.Identification.Sees(k));
            if (report.Bootstrap is { } bootstrap)
            {
                (double lower, double upper) = bootstrap.Interval(k);
                json.WriteNumberOrNull("standardErrorBootstrap", bootstrap.StandardError(k));
                json.WriteNumberOrNull("lower", lower);
                json.WriteNumberOrNull("upper", upper);
            }

            if (report.PublishedOf(parameter.Name) is { } paper)
            {
                json.WriteNumber("published", paper.Estimate);
                json.WriteNumber("publishedStandardError", paper.StandardError);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Covariance(Utf8JsonWriter json, RewardEstimate fit)
    {
        if (fit.Covariance() is not { } covariance)
        {
            json.WriteNull("covariance");
            return;
        }

        json.WriteStartArray("covariance");
        for (int k = 0; k < fit.Process.Parameters; k++) json.WriteNumbers([.. Enumerable.Range(0, fit.Process.Parameters).Select(l => covariance[k, l])]);
        json.WriteEndArray();
    }

    private static void Identification(Utf8JsonWriter json, RewardEstimate fit)
    {
        json.WriteStartObject("identification");
        json.WriteNumber("rank", fit.Identification.Rank);
        json.WriteNumber("unvisitedStates", fit.Identification.UnvisitedStates);
        json.WriteStartArray("blind");
        foreach (BlindDirection direction in fit.Identification.Blind)
        {
            json.WriteStartObject();
            json.WriteString("direction", direction.Combination);
            json.WriteString("cause", direction.Cause switch { Blindness.Dependent => "dependent", Blindness.Shaping => "shaping", _ => "unvisited" });
            json.WriteNumbers("coefficients", [.. direction.Coefficients]);
            json.WriteStartArray("states");
            foreach (int state in direction.States) json.WriteNumberValue(state);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Test(Utf8JsonWriter json, HypothesisTest test)
    {
        json.WriteStartObject();
        json.WriteString("name", test.Name);
        json.WriteNumberOrNull("statistic", test.Statistic);
        json.WriteNumber("degreesOfFreedom", test.DegreesOfFreedom);
        json.WriteNumberOrNull("pValue", test.PValue);
        json.WriteEndObject();
    }

    private static void Changed(Utf8JsonWriter json, FitReport report, Counterfactual other)
    {
        json.WriteStartObject("counterfactual");
        json.WriteStartArray("set");
        foreach (string change in report.Request.Changes) json.WriteStringValue(change);
        json.WriteEndArray();
        (CertifiedNumber Before, CertifiedNumber After)[] rates = [.. Enumerable.Range(0, report.Estimate.Process.Actions).Select(other.Rate)];
        json.WriteNumbers("sharesBefore", [.. rates.Select(rate => rate.Before.Value)]);
        json.WriteNumbers("sharesAfter", [.. rates.Select(rate => rate.After.Value)]);
        json.WriteNumberOrNull("error", rates.Max(rate => Math.Max(rate.Before.ErrorBound, rate.After.ErrorBound)));
        json.WriteNumberOrNull("distance", other.Distance);
        json.WriteEndObject();
    }
}
