using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads the toolkit's own model format, <c>rift-model-1</c>.</summary>
internal static class RiftModelReader
{
    internal static ImportedModel Read(JsonText text, ReadOptions options)
    {
        Dictionary<string, JsonValue> members = text.Root.Members("format", "states", "actions", "discount", "initial", "pairs", "labels", "grid", "notes");
        ModelFields fields = new(text, options);
        int states = fields.Count(text.Required(members, "states")), actions = fields.Count(text.Required(members, "actions"));
        fields.RequireRoom(states, actions);
        double discount = ModelFields.Discount(text.Required(members, "discount"));
        double[] initial = fields.Initial(text.Required(members, "initial"), states);
        OutcomeTable table = new(states, actions);
        HashSet<(int, int)> seen = [];
        foreach (JsonValue pair in text.Required(members, "pairs").Items("an array of pairs"))
        {
            Dictionary<string, JsonValue> parts = pair.Members("s", "a", "r", "next");
            int s = Part("s").Integer(0, states - 1, "a state"), a = Part("a").Integer(0, actions - 1, "an action");
            if (!seen.Add((s, a))) throw pair.Error(string.Create(CultureInfo.InvariantCulture, $"found state {s}, action {a} a second time"), "it once");
            double reward = Part("r").Number();
            JsonValue[][] next = [.. Part("next").Items("an array of [successor, probability]").Select(item => item.Items(2, "[successor, probability]"))];
            double[] probabilities = Array.ConvertAll(next, item => fields.Probability(item[1]));
            double divisor = fields.RowDivisor(Part("next"), probabilities.Sum());
            for (int i = 0; i < next.Length; i++)
                table.Add(s, a, probabilities[i] / divisor, next[i][0].Integer(0, states - 1, "a successor"), reward);

            JsonValue Part(string name) => parts.TryGetValue(name, out JsonValue value) ? value : throw pair.Error($"found a pair without \"{name}\"", "the keys s, a, r, next");
        }

        MarkovDecisionProcess model = table.Build(initial, discount, RiftModelDescription.Read(members, states, actions));
        return new ImportedModel(model, fields.Report(model) with { DuplicatesSummed = table.DuplicatesSummed, MadeTerminal = table.Absorbing });
    }
}
