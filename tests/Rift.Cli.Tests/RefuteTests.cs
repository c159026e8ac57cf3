using System.Text.Json;
using Rift.Mdp;
using Rift.Models;
using Rift.Theory;

namespace Rift.Cli.Tests;

public class RefuteTests
{
    [Test]
    public void A_false_claim_is_refuted_and_the_truth_named_beside_it()
    {
        CommandRun run = CommandRun.Of("refute", "hotter-is-more-random").Succeeds();
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("false: a counterexample of 2 states and 2 actions"));
            Assert.That(run.Output, Does.Match(@"state  action  successors +r"));
            Assert.That(run.Output, Does.Match(@"left <= right is missed by \d"));
            Assert.That(run.Output, Does.Contain("What holds instead, F14:"));
            Assert.That(run.Output.Split('\n').Select(line => line.Length), Has.All.LessThanOrEqualTo(120));
        });
    }

    [Test]
    public void The_counterexample_is_saved_as_a_model_and_as_a_problem()
    {
        using TemporaryFolder folder = new();
        CommandRun.Of("refute", "positive-inner-product", "--out", folder.PathOf("model.json"), "--problem", folder.PathOf("problem.json")).Succeeds();
        MarkovDecisionProcess model = ModelFile.Read(folder.PathOf("model.json")).Model;
        Scenario problem = ProblemFile.Read(folder.PathOf("problem.json"));
        SolvedScenario solved = new(problem);
        Statement claim = Claim.All.Single(x => x.Said.Id == "positive-inner-product").Said;
        Assert.Multiple(() =>
        {
            Assert.That((model.States, model.Actions), Is.EqualTo((problem.Mdp.States, problem.Mdp.Actions)));
            Assert.That(model.Description.Notes, Does.Contain(claim.Title));
            Assert.That(claim.Applies(solved), Is.True);
            Assert.That(claim.Check(solved, new SplittableRandom(0)).Ratio, Is.GreaterThan(1000));
        });
        CommandRun.Of("analyze", folder.PathOf("problem.json")).Succeeds();
    }

    [Test]
    public void A_true_statement_survives_which_the_exit_code_tells_and_no_file_is_written()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("refute", "f13", "--cases", "200", "--out", folder.PathOf("model.json"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(run.Output, Does.Match(@"survived: no counterexample in 200 cases of 200 drawn; worst gap / bound \S+\. This is no proof\."));
            Assert.That(File.Exists(folder.PathOf("model.json")), Is.False);
        });
    }

    [Test]
    public void As_JSON_the_result_depends_on_the_seed_and_not_on_the_threads()
    {
        string one = CommandRun.Of("refute", "one-omega-twice", "--json", "--seed", "4", "--threads", "1").Succeeds().Output;
        using JsonDocument document = JsonDocument.Parse(one);
        JsonElement root = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(CommandRun.Of("refute", "one-omega-twice", "--json", "--seed", "4", "--threads", "2").Output, Is.EqualTo(one));
            Assert.That(root.GetProperty("format").GetString(), Is.EqualTo("rift-refutation-1"));
            Assert.That(root.GetProperty("found").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("gap").GetDouble(), Is.GreaterThan(1000 * root.GetProperty("bound").GetDouble()));
            Assert.That(root.GetProperty("problem").GetProperty("S").GetInt32(), Is.EqualTo(1));
        });
    }

    [TestCase("CE1")]
    [TestCase("CE2")]
    [TestCase("CE3")]
    [TestCase("CE4")]
    [TestCase("CE5")]
    public void A_known_counterexample_is_shown_with_its_numbers_and_can_be_saved(string id)
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("refute", id, "--out", folder.PathOf("model.json"), "--problem", folder.PathOf("problem.json")).Succeeds();
        Counterexample example = Counterexample.Known.Single(x => x.Id == id);
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of("refute", id, "--json").Succeeds().Output);
        Assert.Multiple(() =>
        {
            Assert.That(example.Numbers.Select(number => number.Name).Where(name => !run.Output.Contains(name, StringComparison.Ordinal)), Is.Empty);
            Assert.That(run.Output, Does.Not.Contain("differs"));
            Assert.That(ModelFile.Read(folder.PathOf("model.json")).Model.States, Is.EqualTo(example.Subject.Mdp.States));
            Assert.That(ProblemFile.Read(folder.PathOf("problem.json")).ResidualReward.Entries.ToArray(), Is.EqualTo(example.Subject.ResidualReward.Entries.ToArray()));
            Assert.That(document.RootElement.GetProperty("numbers").EnumerateArray().Select(number => number.GetProperty("agrees").GetBoolean()), Has.All.True);
        });
    }

    [Test]
    public void The_claims_that_ship_are_listed()
    {
        string list = CommandRun.Of("refute", "--list").Succeeds().Output;
        Assert.That(list.Split('\n').Where(line => line.Length > 0 && line[0] != ' '), Is.EqualTo(Claim.All.Select(claim => claim.Said.Id)));
    }

    [Test]
    public void A_claim_that_nobody_made_is_refused()
    {
        Assert.That(CommandRun.Of("refute", "nonsense").Error, Does.StartWith("rift: error: found no claim 'nonsense', expected one of one-omega-twice, positive-inner-product, "));
        CommandRun.Of("refute").Refuses("found no claim, expected one; rift refute --list names those that ship");
    }

    [Test]
    public void A_cancelled_search_says_so()
    {
        CommandRun run = CommandRun.Of(["refute", "F13"], new CancellationToken(canceled: true));
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(130));
            Assert.That(run.Output, Does.Contain("cancelled: no counterexample in 0 cases"));
        });
    }
}
