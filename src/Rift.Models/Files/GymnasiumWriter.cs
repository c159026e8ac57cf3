using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Writes a model as Gymnasium's nested transition table <c>P[s][a]</c>.</summary>
/// <remarks>
/// A terminal state that is numbered last and can be reached becomes what it is in Gymnasium: transitions into it are marked terminated, and it is not listed. Other
/// terminal states are listed without transitions. The table has no unavailable actions otherwise.
/// </remarks>
internal static class GymnasiumWriter
{
    internal static void Write(MarkovDecisionProcess model, string path)
    {
        int listed = HasEnd(model) ? model.States - 1 : model.States;
        RequireExpressible(model, listed);
        AtomicFile.WriteJson(path, json =>
        {
            json.WriteStartObject();
            json.WriteString("format", ModelFile.GymnasiumFormat);
            if (model.Description.Notes is { } notes) json.WriteString("notes", notes);
            json.WriteNumber("states", listed);
            json.WriteNumber("actions", model.Actions);
            json.WriteNumber("discount", model.Discount);
            json.WriteStartObject("initial");
            for (int s = 0; s < listed; s++)
                if (model.Initial[s] != 0) json.WriteNumber(Name(s), model.Initial[s]);
            json.WriteEndObject();
            json.WriteStartObject("P");
            for (int s = 0; s < listed; s++)
            {
                json.WriteStartObject(Name(s));
                for (int a = 0; a < model.Actions && !IsBare(model, s); a++) WriteRow(json, model, s, a, end: listed);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteRow(Utf8JsonWriter json, MarkovDecisionProcess model, int state, int action, int end)
    {
        json.WriteStartArray(Name(action));
        foreach (Successor next in model.Kernel.Successors(state, action))
        {
            json.WriteStartArray();
            json.WriteNumberValue(next.Probability);
            json.WriteNumberValue(next.State == end ? state : next.State);
            json.WriteNumberValue(model.Reward[state, action]);
            json.WriteBooleanValue(next.State == end);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    // The last state is an end in Gymnasium's sense: terminal by its action 0, entered from elsewhere, and nobody's start.
    private static bool HasEnd(MarkovDecisionProcess model)
    {
        int last = model.States - 1;
        return last > 0 && IsBare(model, last) && model.Initial[last] == 0 && Enumerable.Range(0, last).Any(s => !IsBare(model, s)
            && Enumerable.Range(0, model.Actions).Any(a => model.Kernel.Successors(s, a).Any(next => next.State == last)));
    }

    // A state that reads back from an empty list: it stays by action 0 with probability 1 and reward 0, and has no other action.
    private static bool IsBare(MarkovDecisionProcess model, int state) => model.IsTerminal(state) && model.IsAvailable(state, 0)
        && model.Kernel.Successors(state, 0).First().Probability == 1 && !double.IsNegative(model.Reward[state, 0]);

    private static void RequireExpressible(MarkovDecisionProcess model, int listed)
    {
        for (int s = 0; s < listed; s++)
            for (int a = 0; a < model.Actions; a++)
                if (!model.IsAvailable(s, a) && !IsBare(model, s))
                    throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"state {s}, action {a} is not available, expected every action in every state but terminal ones: {ModelFile.GymnasiumFormat} cannot say it"), nameof(model));
    }

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);
}
