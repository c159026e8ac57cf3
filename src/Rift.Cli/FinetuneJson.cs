using System.Text.Json;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison as JSON: <c>rift-finetune-1</c>. Every number has its bound of the same name in <c>errors</c> beside it; what is infinite or unknown is null.</summary>
internal static class FinetuneJson
{
    internal static void Write(Utf8JsonWriter json, FinetuneRequest request, FinetuneReport report)
    {
        FineTuning result = report.Exact;
        json.WriteStartObject();
        json.WriteString("format", "rift-finetune-1");
        json.WriteStartObject("settings");
        json.WriteString("model", request.Model);
        json.WriteString("prior", request.Prior);
        json.WriteString("intervention", request.Intervention);
        json.WriteNumber("kl_weight", request.KlWeight);
        json.WriteNumber("rounds", request.Rounds);
        json.WriteNumber("discount", result.Expert.Mdp.Discount);
        json.WriteNumber("horizon", result.Horizon);
        json.WriteNumber("seed", request.Seed);
        json.WriteEndObject();
        foreach ((string key, _, EvaluatedPolicy policy) in FinetuneCommand.Rows(result))
        {
            json.WriteStartObject(key);
            Evaluation(json, policy, result);
            json.WriteEndObject();
        }

        json.WriteStartObject("rlif_success");
        Numbers(json, ("least", result.RlifSuccess?.Least), ("most", result.RlifSuccess?.Most));
        json.WriteEndObject();
        if (report.Sampled is { } sampled)
        {
            json.WriteStartObject("sampled");
            json.WriteString("learner", request.Learner ?? LearnerSpec.Default);
            json.WriteNumber("episodes", request.EpisodesPerRound);
            json.WriteString("until", request.Until);
            Learned(json, "rift", sampled.Rift, result);
            Learned(json, "rlif_uniform", sampled.Rlif, result);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Evaluation(Utf8JsonWriter json, EvaluatedPolicy policy, FineTuning result)
    {
        Episodes(json, "fixed_horizon", policy.FixedHorizon);
        Episodes(json, "geometric", policy.Geometric);
        Episodes(json, "mode", policy.Mode);
        Numbers(json, ("discounted_return", policy.DiscountedReturn), ("psi", policy.Psi), ("phi_mu", policy.InterventionRate), ("phi_mu_expert", result.Demonstrated.InterventionRate));
    }

    private static void Learned(Utf8JsonWriter json, string name, SampledPolicy learned, FineTuning result)
    {
        json.WriteStartObject(name);
        Evaluation(json, learned.Final, result);
        json.WriteBoolean("met_until", learned.Run.MetStoppingRule);
        json.WriteStartArray("rounds");
        foreach ((TrainingRound round, EvaluatedPolicy policy) in learned.Run.Rounds.Zip(learned.Curve))
        {
            json.WriteStartObject();
            json.WriteNumber("episodes", round.Episodes);
            json.WriteNumber("steps", round.Steps);
            json.WriteNumber("stopped_episodes", round.StoppedEpisodes);
            json.WriteNumberOrNull("coverage", round.Coverage ?? double.NaN);
            Numbers(json, ("success", policy.FixedHorizon.Success), ("intervention", policy.FixedHorizon.Intervention), ("psi", policy.Psi), ("phi_mu", policy.InterventionRate));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("estimates");
        json.WriteNumber("episodes", learned.Estimates.Episodes);
        json.WriteNumber("level", ConfidenceInterval.DefaultLevel);
        foreach ((string number, ConfidenceInterval? interval) in FinetuneCommand.Estimates(learned.Estimates))
        {
            json.WriteStartObject(number);
            json.WriteNumberOrNull("estimate", interval?.Estimate ?? double.NaN);
            json.WriteNumberOrNull("low", interval?.Low ?? double.NaN);
            json.WriteNumberOrNull("high", interval?.High ?? double.NaN);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Episodes(Utf8JsonWriter json, string name, EpisodeEvaluation episodes)
    {
        json.WriteStartObject(name);
        Numbers(json, ("success", episodes.Success), ("intervention", episodes.Intervention), ("failure", episodes.Failure), ("return", episodes.Return), ("length", episodes.Length));
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, params ReadOnlySpan<(string Name, CertifiedNumber? Number)> numbers)
    {
        foreach ((string name, CertifiedNumber? number) in numbers) json.WriteNumberOrNull(name, number?.Value ?? double.NaN);
        json.WriteStartObject("errors");
        foreach ((string name, CertifiedNumber? number) in numbers) json.WriteNumberOrNull(name, number is { } known && double.IsFinite(known.Value) ? known.ErrorBound : double.NaN);
        json.WriteEndObject();
    }
}
