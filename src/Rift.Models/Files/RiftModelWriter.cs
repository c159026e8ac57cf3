using Rift.Mdp;

namespace Rift.Models;

/// <summary>Writes the toolkit's own model format, <c>rift-model-1</c>. Terminal states are written as the absorbing pairs that they are.</summary>
internal static class RiftModelWriter
{
    internal static void Write(MarkovDecisionProcess model, string path) => AtomicFile.WriteJson(path, json =>
    {
        json.WriteStartObject();
        json.WriteString("format", ModelFile.RiftFormat);
        json.WriteNumber("states", model.States);
        json.WriteNumber("actions", model.Actions);
        json.WriteNumber("discount", model.Discount);
        json.WriteStartArray("initial");
        foreach (double p in model.Initial) json.WriteNumberValue(p);
        json.WriteEndArray();
        RiftModelDescription.Write(json, model.Description);
        json.WriteStartArray("pairs");
        for (int s = 0; s < model.States; s++)
        {
            for (int a = 0; a < model.Actions; a++)
            {
                if (!model.IsAvailable(s, a)) continue;
                json.WriteStartObject();
                json.WriteNumber("s", s);
                json.WriteNumber("a", a);
                json.WriteNumber("r", model.Reward[s, a]);
                json.WriteStartArray("next");
                foreach (Successor next in model.Kernel.Successors(s, a))
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(next.State);
                    json.WriteNumberValue(next.Probability);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
