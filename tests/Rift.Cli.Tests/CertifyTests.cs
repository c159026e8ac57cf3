using System.Text.Json;

namespace Rift.Cli.Tests;

/// <summary>rift solve --certificate and rift certify.</summary>
public class CertifyTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void What_solve_writes_is_accepted_and_the_policy_with_it()
    {
        string file = Solve("frozenlake:4x4", "--temperature", "0.01");
        CommandRun run = CommandRun.Of("certify", "frozenlake:4x4", file).Succeeds();
        Assert.That(run.Output, Does.Match(@"^accepted: lower <= V\* <= upper in all 17 states at temperature 0.01 and discount 0.99; upper - lower is at most [0-9.]+E-1[0-9]\r?\nthe policy is within [0-9.]+E-1[0-9] of optimal from every state\r?\n$"));
    }

    [Test]
    public void A_coarse_tolerance_and_a_prior_are_certified_as_well()
    {
        string prior = _folder.Write("prior.json", """{"format": "rift-policy-1", "probabilities": [[0.9, 0.1], [0.5, 0.5], [1, 0]]}""");
        string file = Solve("forest", "--temperature", "0.5", "--prior", prior, "--discount", "0.8", "--tolerance", "0.01", "--method", "value-iteration");
        JsonElement verdict = Json("certify", "forest", file, "--json");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verdict.GetProperty("accepted").GetBoolean());
            Assert.That(verdict.GetProperty("discount").GetDouble(), Is.EqualTo(0.8));
            Assert.That(verdict.GetProperty("temperature").GetDouble(), Is.EqualTo(0.5));
            Assert.That(verdict.GetProperty("width").GetDouble(), Is.InRange(0, 0.05));
            Assert.That(verdict.GetProperty("ofPolicy").GetBoolean());
            Assert.That(verdict.TryGetProperty("refusal", out _), Is.False);
        }
    }

    [Test]
    public void A_certificate_of_another_world_is_rejected_with_the_worst_state()
    {
        string file = Solve("chain:3", "--temperature", "1");
        CommandRun run = CommandRun.Of("certify", "chain:3,slip=0.3", file, "--json");
        JsonElement refusal = JsonDocument.Parse(run.Output).RootElement.GetProperty("refusal");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(refusal.GetProperty("part").GetString(), Is.AnyOf("lower", "upper"));
            Assert.That(refusal.GetProperty("state").GetInt32(), Is.InRange(0, 2));
            Assert.That(refusal.GetProperty("excess").GetDouble(), Is.Positive);
            Assert.That(CommandRun.Of("certify", "chain:3,slip=0.3", file).Output, Does.Match("^rejected: state [0-2]: the lower bound exceeds its backup by [0-9.]+, expected at most 0\r?\n$"));
        }
    }

    [Test]
    public void A_policy_given_takes_the_place_of_the_one_in_the_certificate()
    {
        string file = Solve("forest", "--temperature", "0");
        string waits = _folder.Write("waits.json", """{"format": "rift-policy-1", "probabilities": [[1, 0], [1, 0], [1, 0]]}""");
        string cuts = _folder.Write("cuts.json", """{"format": "rift-policy-1", "probabilities": [[0, 1], [0, 1], [0, 1]]}""");
        // MDPtoolbox's forest with its default rewards: waiting at every age is optimal.
        Assert.That(CommandRun.Of("certify", "forest", file, "--policy", waits).Code, Is.Zero);
        Assert.That(CommandRun.Of("certify", "forest", file, "--policy", cuts).Code, Is.EqualTo(1));
    }

    [Test]
    public void Bad_input_is_refused()
    {
        string file = Solve("chain:3", "--temperature", "1"), model = _folder.PathOf("model.json");
        CommandRun.Of("env", "export", "chain", "--out", model).Succeeds();
        CommandRun.Of("certify", "chain:3", "nowhere.json").Refuses("nowhere.json: found no such file, expected a certificate file");
        CommandRun.Of("certify", "chain:3", file, "--policy", "nowhere.json").Refuses("nowhere.json: found no such file, expected a policy file");
        CommandRun.Of("certify", "chain:4", file).Refuses($"{file}: line 1, lower: found an array of 3, expected an array of 4 numbers, one for each state");
        CommandRun.Of("certify", "chain:5", model).Refuses($"{model}: line 1, format: found \"rift-model-1\", expected \"rift-certificate-1\"");
        CommandRun.Of("solve", "chain:3", "--temperature", "1", "--horizon", "4", "--certificate", _folder.PathOf("h.json")).Refuses("--certificate: found a horizon, whose values are no fixed point; expected one of the two");
    }

    private string Solve(params string[] arguments)
    {
        string file = _folder.PathOf("certificate.json");
        CommandRun.Of(["solve", .. arguments, "--certificate", file, "--quiet"], default).Succeeds();
        return file;
    }

    private static JsonElement Json(params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of(arguments).Succeeds().Output);
        return document.RootElement.Clone();
    }
}
