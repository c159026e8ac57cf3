using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>A table of logarithms in a file: S rows of A numbers, null for negative infinity.</summary>
internal static class LogTable
{
    internal static void Write(Utf8JsonWriter json, string name, StateActionTable table)
    {
        json.WriteStartArray(name);
        for (int s = 0; s < table.States; s++)
        {
            json.WriteStartArray();
            foreach (double log in table.Row(s))
            {
                if (double.IsNegativeInfinity(log)) json.WriteNullValue();
                else json.WriteNumberValue(log);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    internal static StateActionTable Read(JsonValue table, int states, int actions)
    {
        double[] entries = new double[states * actions];
        JsonValue[] rows = table.Items(states, string.Create(CultureInfo.InvariantCulture, $"{states} rows"));
        for (int s = 0; s < states; s++)
        {
            JsonValue[] items = rows[s].Items(actions, string.Create(CultureInfo.InvariantCulture, $"a row of {actions} numbers"));
            for (int a = 0; a < actions; a++)
                entries[(s * actions) + a] = items[a].Kind == JsonTokenType.Null ? double.NegativeInfinity : items[a].Number("a finite number or null");
        }

        return new StateActionTable(states, actions, entries);
    }
}
