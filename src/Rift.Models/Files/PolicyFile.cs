using System.Globalization;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads and writes policies, <c>rift-policy-1</c>.</summary>
public static class PolicyFile
{
    /// <summary>The name in the file's <c>format</c>.</summary>
    public const string Format = "rift-policy-1";

    /// <summary>Reads a policy for a model.</summary>
    /// <remarks>
    /// <c>probabilities</c> or <c>logProbabilities</c>: S rows of A numbers. An action that is not available is 0 or null; among log-probabilities null is also how an
    /// available action is never taken. A terminal state's row is not looked at: its one action has probability 1; a terminal state numbered last needs no row.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that the policy is for.</param>
    /// <returns>The policy, S x A for the model's states.</returns>
    /// <exception cref="ModelFormatException">The file does not hold a policy for the model: names file, line and field, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Policy Read(string path, MarkovDecisionProcess model)
    {
        ArgumentNullException.ThrowIfNull(model);
        JsonText text = JsonText.Read(path);
        text.RequireFormat(Format);
        Dictionary<string, JsonValue> members = text.Root.Members("format", "probabilities", "logProbabilities");
        bool logs = members.TryGetValue("logProbabilities", out JsonValue table);
        if (logs == members.TryGetValue("probabilities", out JsonValue plain)) throw text.Error("probabilities", logs ? "found both probabilities and logProbabilities" : "found neither probabilities nor logProbabilities", "one of them");
        JsonValue[] rows = Rows(logs ? table : plain, model);
        double[] entries = new double[model.States * model.Actions];
        for (int s = 0; s < model.States; s++)
        {
            Span<double> row = entries.AsSpan(s * model.Actions, model.Actions);
            if (model.IsTerminal(s)) WriteTerminal(row, model, s, logs);
            else ReadRow(row, rows[s], model, s, logs);
        }

        StateActionTable read = new(model.States, model.Actions, entries);
        try
        {
            return logs ? Policy.FromLogProbabilities(read) : Policy.FromProbabilities(read);
        }
        catch (InvalidModelException e)
        {
            throw text.Error(e);
        }
    }

    /// <summary>Writes a policy as log-probabilities, whole or not at all; what is read back has the same bits.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(Policy policy, string path)
    {
        ArgumentNullException.ThrowIfNull(policy);
        AtomicFile.WriteJson(path, json =>
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            LogTable.Write(json, "logProbabilities", policy.LogProbabilities);
            json.WriteEndObject();
        });
    }

    private static JsonValue[] Rows(JsonValue table, MarkovDecisionProcess model)
    {
        JsonValue[] rows = [.. table.Items("an array of rows").Take(model.States + 1)];
        bool fits = rows.Length == model.States || (rows.Length == model.States - 1 && model.IsTerminal(model.States - 1));
        return fits ? rows : throw table.Error(
            string.Create(CultureInfo.InvariantCulture, $"found {(rows.Length > model.States ? "more than " : "")}{Math.Min(rows.Length, model.States)} rows"),
            string.Create(CultureInfo.InvariantCulture, $"{model.States}, one for each state, where a last one that is terminal may be left out"));
    }

    private static void ReadRow(Span<double> row, JsonValue value, MarkovDecisionProcess model, int state, bool logs)
    {
        double never = logs ? double.NegativeInfinity : 0;
        JsonValue[] items = value.Items(model.Actions, string.Create(CultureInfo.InvariantCulture, $"a row of {model.Actions} numbers"));
        for (int a = 0; a < row.Length; a++)
        {
            JsonValue item = items[a];
            bool isNull = item.Kind == JsonTokenType.Null;
            if (!model.IsAvailable(state, a))
                row[a] = isNull || (item.Kind == JsonTokenType.Number && item.Number() == 0) ? never : throw item.Error("0 or null, for the action is not available");
            else if (logs)
                row[a] = isNull ? never : item.Number("a log-probability or null");
            else
                row[a] = item.NonNegative("a probability from 0 to 1");
        }
    }

    private static void WriteTerminal(Span<double> row, MarkovDecisionProcess model, int state, bool logs)
    {
        for (int a = 0; a < row.Length; a++)
            row[a] = (model.IsAvailable(state, a), logs) switch { (true, true) => 0, (true, false) => 1, (false, true) => double.NegativeInfinity, (false, false) => 0 };
    }
}
