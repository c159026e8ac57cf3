using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads Gymnasium's transition tables: nested <c>P[s][a]</c>, as objects or arrays, or the flat list <c>env_P</c>.</summary>
/// <remarks>
/// A state without transitions is terminal; a state that has some must have them for every action. Where the file says no discount, it is 0.99; where it says no
/// start, it is uniform over the listed states; both are reported.
/// </remarks>
internal static class GymnasiumReader
{
    private const double DefaultDiscount = 0.99;

    internal static ImportedModel Read(JsonText text, ReadOptions options)
    {
        Dictionary<string, JsonValue> members = text.Root.Members("format", "P", "env_P", "discount", "initial", "notes", "states", "actions");
        ModelFields fields = new(text, options);
        bool nested = members.TryGetValue("P", out JsonValue p);
        if (nested == members.ContainsKey("env_P")) throw text.Error("P", nested ? "found both P and env_P" : "found neither P nor env_P", "one of them");
        if (!nested) p = members["env_P"];
        List<Line> lines = nested ? Nested(p) : Flat(p);
        (int states, int actions) = (Declared("states", lines.Max(line => line.State)), Declared("actions", lines.Max(line => line.Action)));
        fields.RequireRoom(states, actions);
        if (lines.Find(line => line.State >= states || line.Action >= actions) is { At.IsDefined: true } outside)
            throw outside.At.Error(string.Create(CultureInfo.InvariantCulture, $"found state {outside.State}, action {outside.Action}"), string.Create(CultureInfo.InvariantCulture, $"states from 0 to {states - 1} and actions from 0 to {actions - 1}"));

        OutcomeTable table = new(states, actions);
        AddRows(table, lines, fields, p);
        List<string> assumed = [];
        double discount = members.TryGetValue("discount", out JsonValue gamma) ? ModelFields.Discount(gamma) : DefaultDiscount;
        if (!gamma.IsDefined) assumed.Add(string.Create(CultureInfo.InvariantCulture, $"the file names no discount: {DefaultDiscount} is assumed"));
        double[] initial = members.TryGetValue("initial", out JsonValue start) ? fields.Initial(start, states) : table.UniformOver([.. Enumerable.Range(0, states)]);
        if (!start.IsDefined) assumed.Add("the file names no initial distribution: uniform over the listed states is assumed");
        MarkovDecisionProcess model = table.Build(initial, discount, members.TryGetValue("notes", out JsonValue notes) ? new ModelDescription { Notes = notes.String() } : null);
        return new ImportedModel(model, fields.Report(model) with
        {
            DuplicatesSummed = table.DuplicatesSummed,
            MadeTerminal = table.Absorbing,
            AddedTerminal = table.AddedTerminal,
            Assumed = assumed,
        });

        int Declared(string name, int largest) => members.TryGetValue(name, out JsonValue value) ? fields.Count(value) : largest + 1;
    }

    private static List<Line> Nested(JsonValue table)
    {
        List<Line> lines = [];
        foreach ((int s, JsonValue actions) in Numbered(table, "state"))
        {
            lines.Add(new Line(s, 0, actions, null)); // so that a state without transitions is listed too
            foreach ((int a, JsonValue row) in Numbered(actions, "action"))
            {
                lines.Add(new Line(s, a, row, null));
                foreach (JsonValue outcome in row.Items("an array of transitions")) lines.Add(new Line(s, a, outcome, outcome.Items(4, "[probability, next, reward, terminated]")));
            }
        }

        return lines.Count > 0 ? lines : throw table.Error("found no state", "at least one");
    }

    private static List<Line> Flat(JsonValue table)
    {
        List<Line> lines = [];
        foreach (JsonValue item in table.Items("an array of transitions"))
        {
            JsonValue[] parts = item.Items(6, "[state, action, probability, next, reward, done]");
            lines.Add(new Line(parts[0].Integer(0, table.Text.Length, "a state"), parts[1].Integer(0, table.Text.Length, "an action"), item, parts[2..]));
        }

        return lines.Count > 0 ? lines : throw table.Error("found no transition", "at least one");
    }

    private static IEnumerable<(int Index, JsonValue Value)> Numbered(JsonValue table, string what) => table.Kind == JsonTokenType.StartArray
        ? table.Items().Index().Select(item => (item.Index, item.Item))
        : table.UniqueMembers($"an object or an array, {what} by {what}").Select(member => (ModelFields.Index(member.Key, member.Value, table.Text.Length, what), member.Value));

    private static void AddRows(OutcomeTable table, List<Line> lines, ModelFields fields, JsonValue all)
    {
        int actions = table.Actions;
        double[] sum = new double[table.States * actions];
        bool[] listed = new bool[table.States * actions];
        foreach (Line line in lines)
        {
            if (line.Outcome is not { } outcome) continue;
            sum[(line.State * actions) + line.Action] += fields.Probability(outcome[0]);
            listed[(line.State * actions) + line.Action] = true;
        }

        for (int s = 0; s < table.States; s++)
        {
            ReadOnlySpan<bool> row = listed.AsSpan(s * actions, actions);
            if (row.Contains(true) && row.IndexOf(false) is int a and >= 0)
                throw all.Text.Error(string.Create(CultureInfo.InvariantCulture, $"state {s}, action {a}"), "found no transition", "at least one, for the table has no unavailable actions");
        }

        Dictionary<int, double> divisors = [];
        foreach (Line line in lines)
        {
            if (line.Outcome is not { } outcome) continue;
            int pair = (line.State * actions) + line.Action;
            if (!divisors.TryGetValue(pair, out double divisor)) divisors[pair] = divisor = fields.RowDivisor(line.At, sum[pair]);
            int next = outcome[1].Integer(0, table.States - 1, "a successor");
            table.Add(line.State, line.Action, new Outcome(fields.Probability(outcome[0]) / divisor, next, outcome[2].Number(), outcome[3].Boolean()));
        }
    }

    // A transition of the table, or, without an outcome, the mention of a state and an action.
    private readonly record struct Line(int State, int Action, JsonValue At, JsonValue[]? Outcome);
}
