using System.Text.Json;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>rift fit: the bus engines beside the published table, and a user's own files from CSV to table and figure.</summary>
public class FitTests
{
    // A machine that wears out in five steps: going on costs more the worse it is, a repair makes it new.
    private const string Machine = """
        {"format": "rift-model-1", "states": 5, "actions": 2, "discount": 0.95, "initial": {"0": 1}, "labels": {"actions": ["go on", "repair"]}, "pairs": [
        {"s":0,"a":0,"r":0,"next":[[1,0.8],[0,0.2]]}, {"s":0,"a":1,"r":0,"next":[[0,1]]},
        {"s":1,"a":0,"r":0,"next":[[2,0.8],[1,0.2]]}, {"s":1,"a":1,"r":0,"next":[[0,1]]},
        {"s":2,"a":0,"r":0,"next":[[3,0.8],[2,0.2]]}, {"s":2,"a":1,"r":0,"next":[[0,1]]},
        {"s":3,"a":0,"r":0,"next":[[4,0.8],[3,0.2]]}, {"s":3,"a":1,"r":0,"next":[[0,1]]},
        {"s":4,"a":0,"r":0,"next":[[4,1]]}, {"s":4,"a":1,"r":0,"next":[[0,1]]}]}
        """;

    private const string Counts = "state,action,count\n0,go on,50\n0,repair,6\n1,0,39\n1,1,4\n2,0,24\n2,1,9\n3,0,10\n3,1,9\n4,0,1\n4,1,5\n";

    private const string Features = "state,action,wear,repair\n1,go on,-1,0\n2,go on,-2,0\n3,go on,-3,0\n4,go on,-4,0\n*,repair,0,-1\n";

    private TemporaryFolder _folder = null!;
    private string _model = null!, _demos = null!, _features = null!;

    [SetUp]
    public void WriteFiles()
    {
        _folder = new TemporaryFolder();
        _model = _folder.Write("machine.json", Machine);
        _demos = _folder.Write("demos.csv", Counts);
        _features = _folder.Write("features.csv", Features);
    }

    [TearDown]
    public void DeleteFiles() => _folder.Dispose();

    [Test]
    public void The_bus_engines_stand_beside_the_published_table()
    {
        string output = CommandRun.Of("fit", "zurcher", "--groups", "4").Succeeds().Output;
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Match(@"(?m)^RC +10\.0750 +1\.5816 +1\.3513 +6\.37 +1\.9e-10 +10\.0750 +1\.582\r?$"));
            Assert.That(output, Does.Match(@"(?m)^theta11 +2\.2930 +0\.6388 +0\.5540 .* 2\.2930 +0\.639\r?$"));
            Assert.That(output, Does.Contain("log-likelihood  -3304.155, error at most 1.6e-04; published -3304.155"));
            Assert.That(output, Does.Contain("data            4292 decisions"));
        });
    }

    [Test]
    public void Json_has_every_parameter_with_its_standard_error()
    {
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of("fit", "zurcher", "--groups", "1,2,3,4", "--json").Succeeds().Output);
        JsonElement root = document.RootElement, parameters = root.GetProperty("parameters");
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("format").GetString(), Is.EqualTo("rift-fit-1"));
            Assert.That(root.GetProperty("observations").GetInt32(), Is.EqualTo(8156));
            Assert.That(root.GetProperty("outcome").GetString(), Is.EqualTo("converged"));
            Assert.That(root.GetProperty("logLikelihood").GetDouble(), Is.EqualTo(-6050.6438).Within(1e-3));
            Assert.That(parameters.EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()), Is.EqualTo(new[] { "RC", "theta11", "theta30", "theta31" }));
            Assert.That(parameters[0].GetProperty("estimate").GetDouble(), Is.EqualTo(9.7558).Within(5e-5));
            Assert.That(parameters[0].GetProperty("standardError").GetDouble(), Is.EqualTo(1.227).Within(5e-4));
            Assert.That(parameters[1].GetProperty("published").GetDouble(), Is.EqualTo(2.6275));
            Assert.That(root.GetProperty("covariance").GetArrayLength(), Is.EqualTo(4));
            Assert.That(root.GetProperty("identification").GetProperty("rank").GetInt32(), Is.EqualTo(4));
        });
    }

    [Test]
    public void Groups_and_discounts_that_the_paper_does_not_have_stand_alone()
    {
        string output = CommandRun.Of("fit", "zurcher", "--groups", "3,4", "--discount", "0.99").Succeeds().Output;
        Assert.That(output, Does.Contain("RC ").And.Not.Contain("published"));
    }

    [Test]
    public void One_command_leads_from_files_of_one_s_own_to_table_and_figure()
    {
        string plot = _folder.PathOf("fit.svg"), json = _folder.PathOf("fit.json");
        string output = CommandRun.Of("fit", _model, "--demos", _demos, "--features", _features, "--plot", plot, "--out", json, "--bootstrap", "20", "--set", "repair=1", "--threads", "2").Succeeds().Output;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement root = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Match(@"(?m)^wear +0\.\d{4} "));
            Assert.That(output, Does.Contain("bootstrap       20 samples fitted"));
            Assert.That(output, Does.Contain("if repair=1"));
            Assert.That(File.ReadAllText(plot), Does.Contain("repair against go on"));
            Assert.That(root.GetProperty("parameters")[1].GetProperty("name").GetString(), Is.EqualTo("repair"));
            Assert.That(root.GetProperty("parameters")[1].GetProperty("lower").GetDouble(), Is.LessThan(root.GetProperty("parameters")[1].GetProperty("upper").GetDouble()));
            Assert.That(root.GetProperty("counterfactual").GetProperty("sharesAfter").EnumerateArray().Sum(share => share.GetDouble()), Is.EqualTo(1).Within(1e-12));
            Assert.That(root.GetProperty("tests")[0].GetProperty("pValue").GetDouble(), Is.LessThan(1e-6));
            Assert.That(_folder.Names, Is.EquivalentTo(new[] { "demos.csv", "features.csv", "fit.json", "fit.svg", "machine.json" }));
        });
    }

    [Test]
    public void The_bootstrap_is_the_same_for_any_threads()
    {
        string[] arguments = ["fit", _model, "--demos", _demos, "--features", _features, "--bootstrap", "10", "--seed", "3", "--json", "--threads"];
        Assert.That(CommandRun.Of([.. arguments, "1"]).Succeeds().Output, Is.EqualTo(CommandRun.Of([.. arguments, "3"]).Succeeds().Output));
    }

    [Test]
    public void A_policy_in_the_place_of_data_gives_its_reward_back()
    {
        string features = _folder.Write("truth.csv", Features), solution = _folder.PathOf("policy.json");
        // The soft optimum of wear 0.5 and repair 2, by its own file.
        string rewarded = Machine;
        for (int s = 0; s < 5; s++)
            rewarded = rewarded.Replace($"{{\"s\":{s},\"a\":0,\"r\":0", $"{{\"s\":{s},\"a\":0,\"r\":{(-0.5 * s).ToString(System.Globalization.CultureInfo.InvariantCulture)}", StringComparison.Ordinal).Replace($"{{\"s\":{s},\"a\":1,\"r\":0", $"{{\"s\":{s},\"a\":1,\"r\":-2", StringComparison.Ordinal);
        using JsonDocument solved = JsonDocument.Parse(CommandRun.Of("solve", _folder.Write("rewarded.json", rewarded), "--temperature", "1", "--json").Succeeds().Output);
        File.WriteAllText(solution, $$"""{"format": "rift-policy-1", "logProbabilities": {{solved.RootElement.GetProperty("logPolicy").GetRawText()}}}""");
        using JsonDocument fit = JsonDocument.Parse(CommandRun.Of("fit", _model, "--expert", solution, "--features", features, "--json").Succeeds().Output);
        JsonElement parameters = fit.RootElement.GetProperty("parameters");
        Assert.Multiple(() =>
        {
            Assert.That(parameters[0].GetProperty("estimate").GetDouble(), Is.EqualTo(0.5).Within(1e-5));
            Assert.That(parameters[1].GetProperty("estimate").GetDouble(), Is.EqualTo(2).Within(1e-5));
            Assert.That(parameters[0].GetProperty("standardError").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(fit.RootElement.GetProperty("isGlobal").GetBoolean(), Is.True);
        });
    }

    [Test]
    public void What_cannot_be_told_is_said_and_the_exit_code_is_1()
    {
        string constant = _folder.Write("constant.csv", "state,action,wear,constant\n0,0,0,1\n1,0,-1,1\n2,0,-2,1\n3,0,-3,1\n4,0,-4,1\n*,1,0,1\n");
        CommandRun run = CommandRun.Of("fit", _model, "--demos", _demos, "--features", constant);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(run.Error, Is.EqualTo($"rift: not identified: constant: changes no decision in any state, for it pays V(s) - gamma E V(s') for some V (shaping){Environment.NewLine}"));
            Assert.That(run.Output, Does.Match(@"(?m)^constant +-?0\.0000 +infinite +infinite "));
        });
    }

    [Test]
    public void Separation_is_told_with_the_parameter_and_a_penalty_cures_it()
    {
        string never = _folder.Write("never.csv", "state,action,count\n0,0,50\n1,0,39\n2,0,24\n"), one = _folder.Write("one.csv", "state,action,repair\n*,1,-1\n");
        CommandRun run = CommandRun.Of("fit", _model, "--demos", never, "--features", one);
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(run.Error, Does.StartWith("rift: separation: the likelihood rises for ever as repair goes to infinity"));
            Assert.That(run.Output, Does.Contain("there is no maximum"));
            Assert.That(CommandRun.Of("fit", _model, "--demos", never, "--features", one, "--ridge", "0.1").Succeeds().Output, Does.Contain("penalty         0.1/2 times"));
        });
    }

    [Test]
    public void The_published_records_give_what_is_built_in()
    {
        string folder = Environment.GetEnvironmentVariable("RIFT_ZURCHER_DATA") ?? Repository.PathOf("..", "shared", "data", "zurcher");
        if (!Directory.Exists(folder)) Assert.Ignore("the published records are not here: name their folder in RIFT_ZURCHER_DATA");
        Assert.That(CommandRun.Of("fit", "zurcher", "--data", folder, "--json").Succeeds().Output, Is.EqualTo(CommandRun.Of("fit", "zurcher", "--json").Succeeds().Output));
    }

    [TestCase(new[] { "zurcher", "--groups", "5" }, "--groups: found '5', expected some of 1,2,3,4, each once")]
    [TestCase(new[] { "zurcher", "--groups", "4,4" }, "--groups: found '4,4', expected some of 1,2,3,4, each once")]
    [TestCase(new[] { "zurcher", "--set", "RC" }, "--set: found 'RC', expected NAME=VALUE with a finite number")]
    [TestCase(new[] { "zurcher", "--set", "rc=1" }, "--set: found no parameter 'rc', expected one of RC, theta11, theta30, theta31")]
    [TestCase(new[] { "zurcher", "--set", "RC=1", "--set", "RC=2" }, "--set: found RC a second time, expected it once")]
    [TestCase(new[] { "zurcher", "--temperature", "0" }, "--temperature: found '0', expected a positive finite number; see rift fit --help")]
    [TestCase(new[] { "zurcher", "--plot", "fit.gif" }, "--plot: found 'fit.gif', expected a name that ends in .png or .svg")]
    [TestCase(new[] { "chain" }, "--demos: found none, expected --demos FILE or --expert FILE")]
    [TestCase(new[] { "chain", "--groups", "4" }, "--groups: found a model or files of your own, expected rift fit zurcher alone with it")]
    [TestCase(new[] { "chain", "--demos", "a.csv", "--expert", "b.json" }, "--demos: found --expert as well, expected one of the two")]
    [TestCase(new[] { "chain", "--demos", "a.csv" }, "--features: found none, expected --features FILE")]
    [TestCase(new[] { "chain", "--demos", "a.csv", "--features", "nowhere.csv" }, "nowhere.csv: found no such file, expected a file of features")]
    public void What_cannot_be_done_is_refused(string[] arguments, string message) => CommandRun.Of(["fit", .. arguments]).Refuses(message);

    [Test]
    public void A_folder_without_the_records_and_files_that_are_wrong_are_refused()
    {
        string missing = Path.Combine(_folder.Root, "g870.asc");
        CommandRun.Of("fit", "zurcher", "--data", _folder.Root).Refuses($"{missing}: found no such file, expected the records of a group of buses");
        CommandRun.Of("fit", _model, "--demos", _folder.PathOf("gone.csv"), "--features", _features).Refuses($"{_folder.PathOf("gone.csv")}: found no such file, expected a file of demonstrations");
        string wrong = _folder.Write("wrong.csv", "state,action,count\n0,2,1\n");
        CommandRun.Of("fit", _model, "--demos", wrong, "--features", _features, "--out", _folder.PathOf("never.json")).Refuses($"{wrong}: line 2, action: found \"2\", expected a number from 0 to 1, or a label such as go on");
        Assert.That(File.Exists(_folder.PathOf("never.json")), Is.False);
    }
}
