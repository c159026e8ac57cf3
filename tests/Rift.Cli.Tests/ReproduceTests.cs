using System.Text.Json;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>rift reproduce and rift sweep: what is printed, what is written, and how a run goes on.</summary>
public class ReproduceTests
{
    [Test]
    public void A_figure_is_decided_printed_and_written()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("reproduce", "6", "--seeds", "2", "--out", folder.PathOf("out")).Succeeds();
        Assert.That(run.Output, Does.StartWith("figure      claim"));
        Assert.That(run.Output.Split('\n').Select(line => line.Length), Has.All.LessThanOrEqualTo(120));
        Assert.That(run.Output, Does.Contain(" criteria hold; "));
        foreach (string file in new[] { "experiments.md", "figures/figure-6.png", "figures/figure-6.svg", "results/figure-6.csv" }) Assert.That(folder.PathOf($"out/{file}"), Does.Exist);
        byte[] picture = File.ReadAllBytes(folder.PathOf("out/figures/figure-6.png"));

        // Again, from what was kept: the same output, the same bytes.
        Assert.That(CommandRun.Of("reproduce", "6", "--seeds", "2", "--out", folder.PathOf("out"), "--threads", "1").Succeeds().Output, Is.EqualTo(run.Output));
        Assert.That(File.ReadAllBytes(folder.PathOf("out/figures/figure-6.png")), Is.EqualTo(picture));
    }

    [Test]
    public void The_result_as_JSON_says_what_decides()
    {
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of("reproduce", "6", "--seeds", "2", "--json").Succeeds().Output);
        Assert.That(document.RootElement.GetProperty("format").GetString(), Is.EqualTo("rift-reproduction-1"));
        JsonElement claim = document.RootElement.GetProperty("figures")[0].GetProperty("claims")[0];
        Assert.That(claim.GetProperty("finding").GetString(), Is.EqualTo("shown"));
        Assert.That(claim.GetProperty("decidedBy").GetProperty("holds").GetBoolean());
        Assert.That(claim.GetProperty("decidedBy").GetProperty("value").GetDouble(), Is.LessThanOrEqualTo(claim.GetProperty("decidedBy").GetProperty("atMost").GetDouble()));
    }

    [Test]
    public void A_cancelled_run_ends_with_130_and_leaves_what_is_done()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["reproduce", "6", "--out", folder.Root], new CancellationToken(canceled: true));
        Assert.That(run.Code, Is.EqualTo(130));
        Assert.That(run.Error, Is.EqualTo($"rift: cancelled{Environment.NewLine}"));
        Assert.That(folder.Names, Is.Empty);
    }

    [Test]
    public void Shards_of_a_sweep_are_merged_to_the_whole()
    {
        using TemporaryFolder folder = new();
        string sample = Repository.Sample("experiment.json"), whole = folder.PathOf("whole"), parts = folder.PathOf("parts");
        Assert.That(CommandRun.Of("sweep", sample, "--out", whole).Succeeds().Output, Is.EqualTo($"false-alarms: 97 rows, {Path.Combine(whole, "false-alarms.csv")}\n"));
        CommandRun.Of("sweep", sample, "--out", parts, "--shard", "1/2").Succeeds();
        CommandRun.Of("sweep", sample, "--out", parts, "--shard", "2/2").Succeeds();
        Assert.That(Path.Combine(parts, "false-alarms.csv"), Does.Not.Exist);
        CommandRun.Of("sweep", "merge", parts).Succeeds();
        Assert.That(File.ReadAllBytes(Path.Combine(parts, "false-alarms.csv")), Is.EqualTo(File.ReadAllBytes(Path.Combine(whole, "false-alarms.csv"))));
    }

    [Test]
    public void The_results_of_a_sweep_are_a_table_if_one_is_asked_for()
    {
        using TemporaryFolder folder = new();
        string sample = Repository.Sample("experiment.json"), whole = folder.PathOf("whole");
        string[] csv = Lines("sweep", sample, "--out", whole, "--format", "csv"), file = File.ReadAllLines(Path.Combine(whole, "false-alarms.csv"));
        string[] text = Lines("sweep", "merge", whole, "--format", "text"), latex = Lines("sweep", "merge", whole, "--format", "latex");
        Assert.Multiple(() =>
        {
            Assert.That(csv[0], Does.StartWith("# rift ").And.Contain($"{sample} sha256 "));
            Assert.That(csv.Where(line => !line.StartsWith('#')).Count(), Is.EqualTo(file.Length - 1));
            Assert.That(text[2], Does.Match("^world +prior +supervisor +seed +policy +kl-weight +success +intervention +psi +rate +expert-rate$"));
            Assert.That(text[^1], Does.Match(@"^error at most( +\d\.\de[-+]\d\d){5}$"));
            Assert.That(latex, Does.Contain(@"\end{tabular}"));
        });

        static string[] Lines(params string[] arguments) => CommandRun.Of(arguments).Succeeds().Output.TrimEnd().Split('\n');
    }

    [TestCase(new[] { "reproduce", "2" }, "found the figure '2', expected one of 1, 3, 4, 5, 6, 8, 10, 11, 12, 13, strategies, section5, sampled, algorithms, lander, or all")]
    [TestCase(new[] { "reproduce", "6", "--seeds", "0" }, "--seeds: found '0', expected a whole number from 1 to 2147483647; see rift reproduce --help")]
    [TestCase(new[] { "reproduce", "6", "--out", "" }, "--out: found an empty name, expected a directory")]
    [TestCase(new[] { "sweep" }, "found no experiment, expected a file SPEC.json, or merge; see rift sweep --help")]
    [TestCase(new[] { "sweep", "none.json", "--out", "x" }, "none.json: found no such file, expected an experiment")]
    [TestCase(new[] { "sweep", "none.json" }, "--out: found none, expected a directory")]
    [TestCase(new[] { "sweep", "none.json", "--out", "x", "--shard", "3/2" }, "--shard: found '3/2', expected i/n with i from 1 to n")]
    public void What_makes_no_sense_is_refused(string[] arguments, string message) => CommandRun.Of(arguments).Refuses(message);
}
