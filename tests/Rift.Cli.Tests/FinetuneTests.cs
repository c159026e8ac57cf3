using System.Globalization;
using System.Text.Json;

namespace Rift.Cli.Tests;

/// <summary>rift finetune: the numbers of an independent program, and the shape of what is printed.</summary>
public class FinetuneTests
{
    private static readonly string[] _policies = ["expert", "prior", "rift", "rlif_uniform", "rlif_maxent", "lexicographic"], _episodes = ["success", "intervention", "failure", "return", "length"];

    // success and intervention at a fixed horizon, the same under the geometric limit, <phi, mu>, discounted return; printed with eight digits.
    private static IEnumerable<object[]> Golden =>
    [
        ["pits12", "prior", "1", 0.33718004, 0.99296936, 0.20258067, 0.83918567, 4.71341474e-02, -0.60048141],
        ["pits12", "rift", "1", 0.20489484, 0.97059924, 0.11415993, 0.78876125, 1.48375770e-02, -0.77882780],
        ["pits12", "rift", ".1", 0.87452654, 0.00193930, 0.49752468, 0.00145386, 1.45412158e-05, -0.01043889],
        ["pits12", "rift", ".01", 0.87579582, 0, 0.49824570, 0, 1.19339341e-44, -0.00899348],
        ["pits12", "lexicographic", "1", 0.87579582, 0, 0.49824570, 0, 0, -0.00899348],
        ["pits12", "rlif_uniform", "1", 0.36066973, 0, 0.30317717, 0, 0, -0.39710867],
        ["pits12", "rlif_maxent", "1", 0.07201076, 0, 0.08703893, 0, 0, -0.82708792],
        ["windycliff", "prior", "1", 0.49118086, 0.97160339, 0.31926276, 0.83946584, 3.68861374e-02, -0.09735227],
        ["windycliff", "rift", "1", 0.72661643, 0.72687672, 0.39799198, 0.61328613, 1.01935974e-02, 0.02386973],
        ["windycliff", "rift", ".1", 0.98686402, 0.00019448, 0.55853033, 0.00016257, 1.74155011e-06, 0.40118013],
        ["windycliff", "rift", ".01", 0.98694104, 0, 0.55857654, 0, 1.42716236e-45, 0.40129318],
        ["windycliff", "lexicographic", "1", 0.98694104, 0, 0.55857654, 0, 0, 0.40129318],
        ["windycliff", "rlif_uniform", "1", 0.29544799, 0, 0.29681596, 0, 0, -0.06099238],
        ["windycliff", "rlif_maxent", "1", 0.94127857, 0, 0.51383151, 0, 0, 0.33137707],
        ["frozenlake:8x8", "prior", "1", 0.16572281, 0.86852299, 0.11061056, 0.70601926, 1.36054771e-02, 0.07057256],
        ["frozenlake:8x8", "rift", "1", 0.22769006, 0.72223180, 0.15220415, 0.55421440, 7.50159143e-03, 0.09427314],
        ["frozenlake:8x8", "rift", ".1", 0.32920013, 0.00029465, 0.22328602, 0.00021229, 1.43193216e-06, 0.13195825],
        ["frozenlake:8x8", "rift", ".01", 0.32922175, 0, 0.22330168, 0, 1.17341645e-45, 0.13196621],
        ["frozenlake:8x8", "lexicographic", "1", 0.32922175, 0, 0.22330168, 0, 0, 0.13196621],
        ["frozenlake:8x8", "rlif_uniform", "1", 0.18053289, 0, 0.12243373, 0, 0, 0.07366896],
        ["frozenlake:8x8", "rlif_maxent", "1", 0.10775871, 0, 0.07506071, 0, 0, 0.04287428],
    ];

    [TestCaseSource(nameof(Golden))]
    public void The_numbers_of_an_independent_program_are_met(
        string world, string policy, string klWeight, double success, double stopped, double geometricSuccess, double geometricStopped, double rate, double earned)
    {
        // The digits printed leave half a unit of the ninth, and of the ninth significant one for the rate; what is computed here has its own bound.
        const double printed = 0.51e-8;
        using JsonDocument document = Run(world, klWeight);
        JsonElement found = document.RootElement.GetProperty(policy);
        Assert.Multiple(() =>
        {
            Near(found.GetProperty("fixed_horizon"), "success", success, printed);
            Near(found.GetProperty("fixed_horizon"), "intervention", stopped, printed);
            Near(found.GetProperty("geometric"), "success", geometricSuccess, printed);
            Near(found.GetProperty("geometric"), "intervention", geometricStopped, printed);
            Near(found, "discounted_return", earned, printed);
            Assert.That(found.GetProperty("phi_mu").GetDouble(), Is.EqualTo(rate).Within(rate * 1e-8));
            Assert.That(found.GetProperty("phi_mu_expert").GetDouble(), Is.Zero);
        });
    }

    [Test]
    public void Every_number_has_its_error_beside_it()
    {
        using JsonDocument document = Run("windycliff", ".1");
        JsonElement root = document.RootElement;
        Assert.That(root.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "format", "settings" }.Concat(_policies).Append("rlif_success")));
        Assert.That(root.GetProperty("format").GetString(), Is.EqualTo("rift-finetune-1"));
        Bounded(root.GetProperty("rlif_success"), ["least", "most"]);
        foreach (string policy in _policies)
        {
            JsonElement found = root.GetProperty(policy);
            Bounded(found, ["discounted_return", "psi", "phi_mu", "phi_mu_expert"]);
            foreach (string limit in new[] { "fixed_horizon", "geometric", "mode" }) Bounded(found.GetProperty(limit), _episodes);
        }

        static void Bounded(JsonElement numbers, string[] names)
        {
            Assert.That(numbers.GetProperty("errors").EnumerateObject().Select(member => member.Name), Is.EqualTo(names));
            foreach (string name in names)
                if (numbers.GetProperty(name).ValueKind == JsonValueKind.Number) Assert.That(numbers.GetProperty("errors").GetProperty(name).GetDouble(), Is.InRange(0, 1e-6), name);
        }
    }

    [Test]
    public void Horizon_and_discount_replace_the_models_own()
    {
        using JsonDocument plain = Run("windycliff", "1"), changed = Run("windycliff", "1", "--horizon", "10", "--discount", "0.9");
        JsonElement settings = changed.RootElement.GetProperty("settings");
        Assert.Multiple(() =>
        {
            Assert.That(plain.RootElement.GetProperty("settings").GetProperty("horizon").GetInt32(), Is.EqualTo(60));
            Assert.That(settings.GetProperty("horizon").GetInt32(), Is.EqualTo(10));
            Assert.That(settings.GetProperty("discount").GetDouble(), Is.EqualTo(0.9));
            Assert.That(changed.RootElement.GetProperty("prior").GetProperty("fixed_horizon").GetProperty("length").GetDouble(), Is.LessThan(10));
        });
    }

    // A model that says nothing of success has none, and says so; what a world says survives its file.
    [Test]
    public void What_success_is_comes_with_the_model()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("cliff.json");
        CommandRun.Of("env", "export", "windycliff", "--out", path).Succeeds();
        using JsonDocument file = Run(path, ".1"), world = Run("windycliff", ".1");
        Assert.That(file.RootElement.GetProperty("rift").GetRawText(), Is.EqualTo(world.RootElement.GetProperty("rift").GetRawText()));
        CommandRun run = CommandRun.Of("finetune", "chain", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1", "--horizon", "5", "--json").Succeeds();
        Assert.That(run.Error, Does.Contain("chain: the model does not say what success is"));
        using JsonDocument chain = JsonDocument.Parse(run.Output);
        Assert.That(chain.RootElement.GetProperty("prior").GetProperty("mode").GetProperty("success").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("clone:3,0.1", "qgap:0.036")]
    [TestCase("random", "noisy:0.036,0.02")]
    [TestCase("uniform", "misses:0.036,0.3")]
    [TestCase("random", "blind:0.036,0.3")]
    [TestCase("uniform", "delayed:0.036,2")]
    [TestCase("uniform", "adversarial")]
    [TestCase("uniform", "adversarial:0.5")]
    [TestCase("softmax:0.03,0", "random:0.3")]
    [TestCase("pretrained:0.05", "qgap:0.041")]
    [TestCase("uniform", "advantage")]
    [TestCase("uniform", "visitation")]
    [TestCase("uniform", "state")]
    [TestCase("uniform", "state:3")]
    [TestCase("uniform", "none")]
    public void Every_prior_and_every_supervisor_is_told_the_same_for_the_same_seed(string prior, string intervention)
    {
        string[] command = ["finetune", "windycliff", "--prior", prior, "--intervention", intervention, "--kl-weight", "0.1", "--seed", "5"];
        string once = CommandRun.Of([.. command, "--threads", "1"]).Succeeds().Output, again = CommandRun.Of([.. command, "--threads", "3"]).Succeeds().Output;
        Assert.That(again, Is.EqualTo(once));
        Assert.That(once, Does.Contain("lexicographic limit"));
    }

    [Test]
    public void Rounds_are_one_round_at_a_smaller_weight()
    {
        using JsonDocument rounds = Run("windycliff", "0.4", "--rounds", "4"), one = Run("windycliff", "0.1");
        Assert.That(rounds.RootElement.GetProperty("rift").GetRawText(), Is.EqualTo(one.RootElement.GetProperty("rift").GetRawText()));
        JsonElement settings = rounds.RootElement.GetProperty("settings");
        Assert.That((settings.GetProperty("kl_weight").GetDouble(), settings.GetProperty("rounds").GetInt32()), Is.EqualTo((0.4, 4)));
    }

    [TestCase("online")]
    [TestCase("offline")]
    public void What_is_learned_from_episodes_stands_beside_the_exact(string learner)
    {
        using JsonDocument document = Run("windycliff", "0.1", "--sampled", "--learner", learner, "--episodes", "400", "--rounds", "2", "--seed", "4"), plain = Run("windycliff", "0.1", "--rounds", "2", "--seed", "4");
        JsonElement root = document.RootElement, sampled = root.GetProperty("sampled");
        foreach (string policy in _policies) Assert.That(root.GetProperty(policy).GetRawText(), Is.EqualTo(plain.RootElement.GetProperty(policy).GetRawText()));
        Assert.That(sampled.EnumerateObject().Select(member => member.Name), Is.EqualTo(new[] { "learner", "episodes", "until", "rift", "rlif_uniform" }));
        foreach (string policy in new[] { "rift", "rlif_uniform" })
        {
            JsonElement learned = sampled.GetProperty(policy), last = learned.GetProperty("rounds").EnumerateArray().Last();
            Assert.That(learned.GetProperty("rounds").GetArrayLength(), Is.EqualTo(2));
            Assert.That(last.GetProperty("success").GetDouble(), Is.EqualTo(learned.GetProperty("fixed_horizon").GetProperty("success").GetDouble()));
            Assert.That(last.GetProperty("episodes").GetInt32(), Is.EqualTo(400));
            Assert.That(last.GetProperty("coverage").ValueKind, Is.EqualTo(learner == "offline" ? JsonValueKind.Number : JsonValueKind.Null));
            foreach (string number in _episodes)
            {
                // The interval is one of 95 %, and the seed is fixed: three times its width is left out about once in 10^8 seeds.
                JsonElement estimate = learned.GetProperty("estimates").GetProperty(number);
                double low = estimate.GetProperty("low").GetDouble(), high = estimate.GetProperty("high").GetDouble();
                Assert.That(learned.GetProperty("fixed_horizon").GetProperty(number).GetDouble(), Is.EqualTo(estimate.GetProperty("estimate").GetDouble()).Within((3 * (high - low)) + 1e-9), $"{policy} {number}");
            }
        }

        Assert.That(sampled.GetProperty("rift").GetProperty("fixed_horizon").GetProperty("success").GetDouble(), Is.EqualTo(root.GetProperty("rift").GetProperty("fixed_horizon").GetProperty("success").GetDouble()).Within(0.05));
    }

    [TestCase("match", true)]
    [TestCase("psi:1", true)]
    [TestCase("psi:0", false)]
    public void Rounds_from_episodes_may_end_early(string until, bool met)
    {
        string[] command =
        [
            "finetune", "windycliff", "--prior", "softmax:.03,.1", "--intervention", "noisy:.036,.1", "--kl-weight", "1", "--sampled", "--learner", "offline", "--episodes", "300", "--rounds", "30", "--until", until,
        ];
        string text = CommandRun.Of(command).Succeeds().Output;
        Assert.That(text, Does.Contain($"{until}: {(met ? "met" : "not met")}"));
        Assert.That(CommandRun.Of([.. command, "--threads", "3"]).Succeeds().Output, Is.EqualTo(text));
        Assert.That(text, Does.Contain("rounds        30: exactly, one round at KL weight 0.03333333333333333"));
    }

    [Test]
    public void A_prior_may_come_from_a_file()
    {
        using TemporaryFolder folder = new();
        string prior = folder.Write("prior.json", string.Create(CultureInfo.InvariantCulture, $$"""{"format": "rift-policy-1", "probabilities": [{{string.Join(',', Enumerable.Repeat("[0.2,0.2,0.2,0.2,0.2]", 37))}}]}"""));
        string fromFile = Text($"file:{prior}"), uniform = Text("uniform");
        Assert.That(fromFile.Replace($"file:{prior}", "uniform", StringComparison.Ordinal), Is.EqualTo(uniform));

        static string Text(string prior) => CommandRun.Of("finetune", "windycliff", "--prior", prior, "--intervention", "qgap:0.036", "--kl-weight", "0.1").Succeeds().Output;
    }

    private static void Near(JsonElement numbers, string name, double expected, double printed) =>
        Assert.That(numbers.GetProperty(name).GetDouble(), Is.EqualTo(expected).Within(printed + numbers.GetProperty("errors").GetProperty(name).GetDouble()), name);

    private static JsonDocument Run(string world, string klWeight, params string[] more)
    {
        (string tau, string threshold) = world.Contains("pits12", StringComparison.Ordinal) ? (".03", ".034") : world.StartsWith("frozenlake", StringComparison.Ordinal) ? (".02", ".03") : (".03", ".036");
        return JsonDocument.Parse(CommandRun.Of(["finetune", world, "--prior", $"softmax:{tau},.1", "--intervention", $"qgap:{threshold}", "--kl-weight", klWeight, "--json", .. more]).Succeeds().Output);
    }
}
