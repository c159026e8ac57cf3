using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Reads and writes enclosures of the optimal value, <c>rift-certificate-1</c>: what they claim, they prove to whoever checks them.</summary>
public static class CertificateFile
{
    /// <summary>The name in the file's <c>format</c>.</summary>
    public const string Format = "rift-certificate-1";

    /// <summary>Writes an enclosure, whole or not at all; what is read back has the same bits.</summary>
    /// <param name="enclosure">The enclosure.</param>
    /// <param name="path">The target; replaced if it exists.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(ValueEnclosure enclosure, string path)
    {
        ArgumentNullException.ThrowIfNull(enclosure);
        SoftProblem problem = enclosure.Problem;
        AtomicFile.WriteJson(path, json =>
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            if (problem.Mdp.Description.Name is string name) json.WriteString("model", name);
            json.WriteNumber("temperature", problem.Temperature);
            json.WriteNumber("discount", problem.Mdp.Discount);
            json.WriteStartArray("lower");
            foreach (double value in enclosure.Lower) json.WriteNumberValue(value);
            json.WriteEndArray();
            json.WriteStartArray("upper");
            foreach (double value in enclosure.Upper) json.WriteNumberValue(value);
            json.WriteEndArray();
            if (problem.LogBase is not null) LogTable.Write(json, "logBase", problem.LogBase);
            if (enclosure.Policy is not null) LogTable.Write(json, "logPolicy", enclosure.Policy.LogProbabilities);
            json.WriteEndObject();
        });
    }

    /// <summary>Reads what is claimed of a model; <see cref="ValueEnclosure.Check"/> tells whether it is true.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model. Discount, temperature and base measure are the file's.</param>
    /// <returns>The enclosure, not checked.</returns>
    /// <exception cref="ModelFormatException">The file does not hold a claim about a model of this shape: names file, line and field, what was found and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ValueEnclosure Read(string path, MarkovDecisionProcess model)
    {
        ArgumentNullException.ThrowIfNull(model);
        JsonText text = JsonText.Read(path);
        text.RequireFormat(Format);
        Dictionary<string, JsonValue> members = text.Root.Members("format", "model", "temperature", "discount", "lower", "upper", "logBase", "logPolicy");
        double temperature = text.Required(members, "temperature").NonNegative("a temperature of at least 0");
        double discount = ModelFields.Discount(text.Required(members, "discount"));
        double[] lower = Bound("lower"), upper = Bound("upper");
        StateActionTable? logBase = Table("logBase"), logPolicy = Table("logPolicy");
        string part = "logBase";
        try
        {
            SoftProblem problem = new(model.WithDiscount(discount), temperature, logBase);
            part = "logPolicy";
            return new ValueEnclosure(problem, lower, upper, logPolicy is null ? null : Policy.FromLogProbabilities(logPolicy));
        }
        catch (InvalidModelException e)
        {
            throw text.Error(e, part);
        }

        double[] Bound(string name) => Array.ConvertAll(
            text.Required(members, name).Items(model.States, string.Create(CultureInfo.InvariantCulture, $"an array of {model.States} numbers, one for each state")), value => value.Number());

        StateActionTable? Table(string name) => members.TryGetValue(name, out JsonValue table) ? LogTable.Read(table, model.States, model.Actions) : null;
    }
}
