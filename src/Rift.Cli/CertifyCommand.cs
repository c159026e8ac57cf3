using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary><c>rift certify</c>: whether a certificate file proves what it claims of a model.</summary>
internal static class CertifyCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> model = ModelArgument.Create();
        Argument<string> file = new("file") { Description = "Certificate file (rift-certificate-1), as rift solve --certificate writes it.", HelpName = "FILE" };
        Option<string?> policy = new("--policy") { Description = "Policy file (rift-policy-1): check the lower bound as one of this policy's value, instead of the policy in the certificate.", HelpName = "FILE" };
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Command command = new("certify", "Check a certificate: two vectors with the optimal values of a model between them.") { model, file, policy, json, quiet };
        command.SetAction(parsed =>
        {
            MarkovDecisionProcess mdp = ModelArgument.Read(parsed.GetRequiredValue(model), terminal, parsed.GetValue(quiet));
            string path = parsed.GetRequiredValue(file);
            InputFile.Require(path, "a certificate file");
            ValueEnclosure enclosure = CertificateFile.Read(path, mdp);
            if (parsed.GetValue(policy) is string policyPath)
            {
                InputFile.Require(policyPath, "a policy file");
                enclosure = new ValueEnclosure(enclosure.Problem, enclosure.Lower, enclosure.Upper, PolicyFile.Read(policyPath, mdp));
            }

            EnclosureRefusal? refusal = enclosure.Check();
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => WriteJson(document, enclosure, refusal));
            else WriteText(terminal.Output, enclosure, refusal);
            return refusal is null ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    private static void WriteJson(Utf8JsonWriter json, ValueEnclosure enclosure, EnclosureRefusal? refusal)
    {
        json.WriteStartObject();
        json.WriteString("format", "rift-verdict-1");
        json.WriteBoolean("accepted", refusal is null);
        json.WriteNumber("temperature", enclosure.Problem.Temperature);
        json.WriteNumber("discount", enclosure.Problem.Mdp.Discount);
        json.WriteNumber("states", enclosure.Lower.Length);
        json.WriteNumberOrNull("width", enclosure.Width);
        json.WriteBoolean("ofPolicy", enclosure.Policy is not null);
        if (refusal is not null)
        {
            json.WriteStartObject("refusal");
            json.WriteString("part", Name(refusal.Part));
            json.WriteNumber("state", refusal.State);
            json.WriteNumberOrNull("excess", refusal.Excess);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteText(TextWriter output, ValueEnclosure enclosure, EnclosureRefusal? refusal)
    {
        if (refusal is not null)
        {
            output.WriteLine($"rejected: {refusal}");
            return;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accepted: lower <= V* <= upper in all {enclosure.Lower.Length} states at temperature {enclosure.Problem.Temperature} and discount {enclosure.Problem.Mdp.Discount}; upper - lower is at most {enclosure.Width:G3}"));
        if (enclosure.Policy is not null) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the policy is within {enclosure.Width:G3} of optimal from every state"));
    }

    private static string Name(EnclosurePart part) => part switch
    {
        EnclosurePart.Rows => "rows",
        EnclosurePart.Lower => "lower",
        _ => "upper",
    };
}
