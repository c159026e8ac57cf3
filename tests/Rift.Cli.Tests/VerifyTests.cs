using System.Text.Json;
using Rift.Models;
using Rift.Theory;

namespace Rift.Cli.Tests;

public class VerifyTests
{
    private static readonly string[] _files = ["differences.png", "differences.svg", "gaps.png", "gaps.svg", "ledger.json", "ledger.md", "ledger.png", "ledger.svg"];

    [Test]
    public void Every_statement_holds_on_random_cases_and_on_the_built_in_worlds()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("verify", "--cases", "40", "--out", folder.PathOf("ledger")).Succeeds();
        using JsonDocument ledger = JsonDocument.Parse(File.ReadAllText(folder.PathOf("ledger/ledger.json")));
        JsonElement[] rows = [.. ledger.RootElement.GetProperty("statements").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.EndWith($"all {Statement.All.Count} statements hold on {40 + VerificationCases.Worlds.Count} cases\n"));
            Assert.That(run.Output.Split('\n').Select(line => line.Length), Has.All.LessThanOrEqualTo(120));
            Assert.That(ledger.RootElement.GetProperty("format").GetString(), Is.EqualTo("rift-ledger-1"));
            Assert.That(rows.Select(row => row.GetProperty("id").GetString()), Is.EqualTo(Statement.All.Select(statement => statement.Id)));
            Assert.That(rows.Select(row => row.GetProperty("verdict").GetString()), Has.All.EqualTo("holds"));
            Assert.That(rows.Select(row => row.GetProperty("cases").GetInt32()), Is.EqualTo(Statement.All.Select(statement => statement.Subject is null ? 40 + VerificationCases.Worlds.Count : 1)));
            Assert.That(Directory.GetFiles(folder.PathOf("ledger")).Select(Path.GetFileName).Order(), Is.EqualTo(_files));
            Assert.That(File.ReadAllText(folder.PathOf("ledger/ledger.md")), Does.Contain("| 4.1 |"));
        });
    }

    [Test]
    public void A_full_run_visits_every_built_in_world_that_needs_no_choice_of_its_own() =>
        Assert.That(VerificationCases.Worlds.Select(world => world.Split(':')[0]).Distinct(), Is.EquivalentTo(WorldCatalog.Entries.Select(entry => entry.Name).Except(["garnet", "gridworld", "lander", "zurcher"])));

    [Test]
    public void A_statement_that_fails_is_named_with_its_worst_case_and_the_command_fails()
    {
        Ledger ledger = Ledger.Run([Statement.All[0], new OneIsTwo()], [.. VerificationCases.Random(3, seed: 1)]);
        using StringWriter text = new();
        LedgerText.Write(new TextTables(text), ledger);
        Assert.Multiple(() =>
        {
            Assert.That(text.ToString(), Does.Match(@"\n0 +\(0\) +one is two +3 +1\.0e\+00 +5\.0e-01 +2\.000  fails\n"));
            Assert.That(text.ToString(), Does.EndWith("\n0 fails in 3 of 3 cases, worst in random 0\n1 of 2 statements fail on 3 cases\n"));
            Assert.That(VerifyCommand.ExitCodeOf(ledger), Is.EqualTo(1));
        });
    }

    [Test]
    public void Random_cases_have_every_shape()
    {
        Mdp.Scenario[] scenarios = [.. VerificationCases.Random(200, seed: 5).Select(x => x.Scenario())];
        Assert.Multiple(() =>
        {
            Assert.That(scenarios.Select(x => x.Mdp.States).Distinct().Order(), Is.EqualTo(Enumerable.Range(2, 7)));
            Assert.That(scenarios.Select(x => x.Mdp.Actions).Distinct().Order(), Is.EqualTo(Enumerable.Range(1, 4)));
            Assert.That(scenarios.Count(x => !x.Mdp.Kernel.AllAvailable), Is.InRange(50, 150));
            Assert.That(scenarios.Count(x => Enumerable.Range(0, x.Mdp.States).Any(x.Mdp.IsTerminal)), Is.InRange(40, 150));
            Assert.That(scenarios.Select(x => x.Mdp.Discount).Distinct().Count(), Is.EqualTo(5));
        });
    }

    [Test]
    public void A_statement_and_a_model_can_be_chosen()
    {
        CommandRun run = CommandRun.Of("verify", "--theorem", "5.1", "--theorem", "a.1", "--model", "chain", "--cases", "3", "--json").Succeeds();
        using JsonDocument ledger = JsonDocument.Parse(run.Output);
        JsonElement[] rows = [.. ledger.RootElement.GetProperty("statements").EnumerateArray()];
        Assert.Multiple(() =>
        {
            Assert.That(rows.Select(row => row.GetProperty("id").GetString()), Is.EqualTo(new[] { "5.1", "A.1" }));
            Assert.That(rows.Select(row => row.GetProperty("cases").GetInt32()), Is.EqualTo(new[] { 3, 3 }));
        });
    }

    [Test]
    public void The_first_cases_are_checked_in_double_double()
    {
        int Extended(params string[] more)
        {
            using JsonDocument ledger = JsonDocument.Parse(CommandRun.Of(["verify", "--theorem", "A.1", "--model", "chain", "--cases", "3", "--json", .. more]).Succeeds().Output);
            return ledger.RootElement.GetProperty("statements")[0].GetProperty("casesExtended").GetInt32();
        }

        Assert.Multiple(() =>
        {
            Assert.That(Extended(), Is.EqualTo(3));
            Assert.That(Extended("--extended", "2"), Is.EqualTo(2));
            Assert.That(Extended("--extended", "0"), Is.Zero);
        });
    }

    [Test]
    public void The_seed_decides_the_cases_and_the_threads_do_not()
    {
        string Ledger(params string[] more) => CommandRun.Of(["verify", "--cases", "10", "--model", "forest", "--json", .. more]).Succeeds().Output;
        Assert.Multiple(() =>
        {
            Assert.That(Ledger("--threads", "3"), Is.EqualTo(Ledger("--threads", "1")));
            Assert.That(Ledger("--seed", "1"), Is.Not.EqualTo(Ledger("--seed", "2")));
        });
    }

    [Test]
    public void A_cancelled_run_prints_what_it_has_and_exits_130()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of(["verify", "--cases", "5", "--out", folder.Root], new CancellationToken(canceled: true));
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(130));
            Assert.That(folder.Names, Is.EqualTo(_files));
            Assert.That(run.Output, Does.EndWith("nothing was checked on 0 cases, cancelled before the end\n"));
        });
    }

    private sealed class OneIsTwo : Statement
    {
        public override string Id => "0";

        public override string? Equation => "(0)";

        public override string Title => "one is two";

        public override Identity Check(SolvedScenario solved, Mdp.SplittableRandom random) => new([1], [2], 0.5);
    }

    [TestCase("1e-200")]
    [TestCase("5e-324")]
    [TestCase("1e305")]
    public void Rewards_of_any_size_are_checked_in_a_unit_of_their_own(string reward)
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.json", $$"""
            {"format": "rift-model-1", "states": 2, "actions": 2, "discount": 0.9, "initial": [1, 0],
             "pairs": [{"s":0,"a":0,"r":{{reward}},"next":[[1,1]]}, {"s":0,"a":1,"r":0,"next":[[0,1]]}, {"s":1,"a":0,"r":0,"next":[[0,0.5],[1,0.5]]}]}
            """);
        Assert.That(CommandRun.Of("verify", "--model", model).Succeeds().Output, Does.Contain("statements hold on 1 case"));
        string near = folder.Write("near.json", File.ReadAllText(model).Replace("0.9,", "0.9999999999999999,", StringComparison.Ordinal));
        CommandRun.Of("verify", "--model", near).Refuses($"{near}: found the discount 0.9999999999999999, expected at most 0.999999999 to check statements on");
    }

    [Test]
    public void A_directory_that_cannot_be_made_is_told_before_the_work()
    {
        using TemporaryFolder folder = new();
        string place = Path.Combine(folder.Write("file", ""), "x");
        CommandRun.Of("verify", "--out", place).Refuses($"--out: found no way to make the directory {place}, expected one to write into");
        CommandRun.Of("verify", "--out", "").Refuses("--out: found an empty name, expected a directory");
    }
}
