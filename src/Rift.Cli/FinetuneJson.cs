using System.Text.Json;
using Rift.Learning;
using Rift.Mdp;

namespace Rift.Cli;

/// <summary>A comparison as JSON: <c>rift-finetune-1</c>. Every number has its bound of the same name in <c>errors</c> beside it; what is infinite or unknown is null.</summary>
internal static class FinetuneJson
{
    internal static void Write(Utf8JsonWriter json, FinetuneRequest request, FineTuning result)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-finetune-1");
        json.WriteStartObject("settings");
        json.WriteString("model", request.Model);
        json.WriteString("prior", request.Prior);
        json.WriteString("intervention", request.Intervention);
        json.WriteNumber("kl_weight", result.KlWeight);
        json.WriteNumber("discount", result.Expert.Mdp.Discount);
        json.WriteNumber("horizon", result.Horizon);
        json.WriteNumber("seed", request.Seed);
        json.WriteEndObject();
        foreach ((string key, _, EvaluatedPolicy policy) in FinetuneCommand.Rows(result))
        {
            json.WriteStartObject(key);
            Episodes(json, "fixed_horizon", policy.FixedHorizon);
            Episodes(json, "geometric", policy.Geometric);
            Episodes(json, "mode", policy.Mode);
            Numbers(json, ("discounted_return", policy.DiscountedReturn), ("psi", policy.Psi), ("phi_mu", policy.InterventionRate), ("phi_mu_expert", result.Demonstrated.InterventionRate));
            json.WriteEndObject();
        }

        json.WriteStartObject("rlif_success");
        Numbers(json, ("least", result.RlifSuccess?.Least), ("most", result.RlifSuccess?.Most));
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
