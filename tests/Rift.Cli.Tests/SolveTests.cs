using System.Text;
using System.Text.Json;
using Rift.Testing;

namespace Rift.Cli.Tests;

public class SolveTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    // Value iteration on Gymnasium's table, as many tutorials print it: V(0) = 0.542 for the 4 x 4 map and 0.4146 for the 8 x 8 map, at discount 0.99.
    [TestCase("frozenlake:4x4", 0.5420259)]
    [TestCase("frozenlake:8x8", 0.4146404)]
    public void The_hard_optimum_of_a_frozen_lake_is_the_published_one(string model, double atStart)
    {
        JsonElement solution = Solved(model, "--temperature", "0");
        Assert.Multiple(() =>
        {
            Assert.That(solution.GetProperty("values")[0].GetDouble(), Is.EqualTo(atStart).Within(5e-8));
            Assert.That(solution.GetProperty("format").GetString(), Is.EqualTo("rift-solution-1"));
            Assert.That(solution.GetProperty("outcome").GetString(), Is.EqualTo("converged"));
            Assert.That(solution.GetProperty("temperature").GetDouble(), Is.Zero);
            Assert.That(solution.GetProperty("discount").GetDouble(), Is.EqualTo(0.99));
            Assert.That(solution.GetProperty("iterations").GetInt32(), Is.Positive);
            Assert.That(solution.GetProperty("algorithm").GetString(), Is.Not.Empty);
        });
    }

    // Sutton and Barto (2018), figure 3.5: the optimal values of the grid of example 3.5, to one decimal.
    [Test]
    public void The_values_of_the_grid_of_Sutton_and_Barto_are_the_printed_ones() =>
        Assert.That(
            Numbers(Solved("suttonbarto", "--temperature", "0").GetProperty("values")).Take(10),
            Is.EqualTo(new[] { 22.0, 24.4, 22.0, 19.4, 17.5, 19.8, 22.0, 19.8, 17.8, 16.0 }).Within(0.05));

    [Test]
    public void Shapes_nulls_and_bracket_are_those_of_the_contract()
    {
        JsonElement solution = Solved("frozenlake:4x4", "--temperature", "0.1");
        double[] values = Numbers(solution.GetProperty("values"));
        JsonElement q = solution.GetProperty("q"), logPolicy = solution.GetProperty("logPolicy"), certificate = solution.GetProperty("certificate");
        Assert.Multiple(() =>
        {
            Assert.That(values, Has.Length.EqualTo(17));
            Assert.That(q.EnumerateArray().Select(row => row.GetArrayLength()), Has.All.EqualTo(4).And.Exactly(17).Items);
            Assert.That(logPolicy.EnumerateArray().Select(row => row.GetArrayLength()), Has.All.EqualTo(4).And.Exactly(17).Items);

            // The added end has one action: the others are null, in q as in logPolicy.
            Assert.That(q[16].EnumerateArray().Select(x => x.ValueKind), Is.EqualTo(new[] { JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null }));
            Assert.That(logPolicy[16].EnumerateArray().Select(x => x.ValueKind), Is.EqualTo(new[] { JsonValueKind.Number, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null }));
            Assert.That(Numbers(solution.GetProperty("stateVisitation")).Sum(), Is.EqualTo(1).Within(1e-12));
            Assert.That(Numbers(certificate.GetProperty("lower")).Zip(values), Has.All.Matches<(double Lower, double Value)>(x => x.Lower <= x.Value));
            Assert.That(Numbers(certificate.GetProperty("upper")).Zip(values), Has.All.Matches<(double Upper, double Value)>(x => x.Upper >= x.Value));
        });
    }

    [Test]
    public void An_action_that_is_never_taken_is_null_in_the_policy_and_has_its_q()
    {
        JsonElement solution = Solved("frozenlake:4x4", "--temperature", "0");
        Assert.Multiple(() =>
        {
            Assert.That(solution.GetProperty("logPolicy")[0][1].ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(solution.GetProperty("q")[0][1].ValueKind, Is.EqualTo(JsonValueKind.Number));
        });
    }

    [Test]
    public void The_same_document_goes_to_a_file_and_to_standard_output()
    {
        string path = _folder.PathOf("solution.json");
        CommandRun run = CommandRun.Of("solve", "chain", "--temperature", "1", "--out", path, "--json").Succeeds();
        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo(run.Output));
            Assert.That(_folder.Names, Is.EqualTo(new[] { "solution.json" }));
        });
    }

    [Test]
    public void The_number_of_threads_does_not_change_a_byte([Values("auto", "value-iteration", "gauss-seidel", "modified-policy-iteration", "soft-policy-iteration:krylov")] string method)
    {
        string Bytes(string threads) => CommandRun.Of("solve", "garnet:2000,3,5,7", "--temperature", "0.3", "--json", "--threads", threads, "--method", method).Succeeds().Output;
        Assert.That(Bytes("4"), Is.EqualTo(Bytes("1")));
    }

    [Test]
    public void Every_method_stays_within_its_bracket(
        [Values("value-iteration", "gauss-seidel", "modified-policy-iteration", "soft-policy-iteration", "soft-policy-iteration:elimination", "soft-policy-iteration:lu", "soft-policy-iteration:krylov")] string method)
    {
        JsonElement reference = Solved("cliffwalking", "--temperature", "0.5"), solution = Solved("cliffwalking", "--temperature", "0.5", "--method", method);
        double allowed = HalfWidth(reference) + HalfWidth(solution);
        Assert.That(Numbers(solution.GetProperty("values")), Is.EqualTo(Numbers(reference.GetProperty("values"))).Within(allowed));
    }

    [Test]
    public void A_tolerance_out_of_reach_writes_the_result_and_exits_1()
    {
        string path = _folder.PathOf("solution.json");
        CommandRun run = CommandRun.Of("solve", "taxi", "--temperature", "1", "--tolerance", "1e-300", "--out", path);
        using JsonDocument solution = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(solution.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("tolerance-not-reached"));
            Assert.That(run.Error, Does.StartWith("rift: tolerance-not-reached: every V is within "));
        });
    }

    [Test]
    public void A_cancelled_run_writes_the_result_it_has_and_exits_130()
    {
        string path = _folder.PathOf("solution.json");
        CommandRun run = CommandRun.Of(["solve", "taxi", "--temperature", "1", "--method", "value-iteration", "--out", path], new CancellationToken(canceled: true));
        using JsonDocument solution = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(130));
            Assert.That(solution.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("cancelled"));
        });
    }

    [Test]
    public void A_cancelled_horizon_has_no_result_and_exits_130()
    {
        CommandRun run = CommandRun.Of(["solve", "taxi", "--temperature", "1", "--horizon", "5", "--out", _folder.PathOf("solution.json")], new CancellationToken(canceled: true));
        Assert.Multiple(() =>
        {
            Assert.That(run, Is.EqualTo(new CommandRun(130, "", $"rift: cancelled{Environment.NewLine}")));
            Assert.That(_folder.Names, Is.Empty);
        });
    }

    // One step of the chain at temperature 1: V_0 = log(e^{r(s,0)} + e^{r(s,1)}), with r(0,0) = 0.2 * 2 and r(0,1) = 0.8 * 2.
    [Test]
    public void A_horizon_of_one_step_is_one_backup_of_zero()
    {
        JsonElement solution = Solved("chain", "--temperature", "1", "--horizon", "1");
        Assert.Multiple(() =>
        {
            Assert.That(solution.GetProperty("values")[0].GetDouble(), Is.EqualTo(Math.Log(Math.Exp(0.4) + Math.Exp(1.6))).Within(1e-14));
            Assert.That(solution.GetProperty("horizon").GetInt32(), Is.EqualTo(1));
            Assert.That(Numbers(solution.GetProperty("stateVisitation")), Is.EqualTo(new[] { 1.0, 0, 0, 0, 0 }));
        });
    }

    [Test]
    public void The_steps_of_a_horizon_have_a_policy_each_and_a_distribution_more()
    {
        JsonElement solution = Solved("chain", "--temperature", "1", "--horizon", "7"), steps = solution.GetProperty("steps");
        Assert.Multiple(() =>
        {
            Assert.That(steps.GetProperty("values").GetArrayLength(), Is.EqualTo(8));
            Assert.That(steps.GetProperty("logPolicy").GetArrayLength(), Is.EqualTo(7));
            Assert.That(steps.GetProperty("stateVisitation").GetArrayLength(), Is.EqualTo(8));
            Assert.That(Numbers(steps.GetProperty("values")[7]), Has.All.Zero);
            Assert.That(Numbers(steps.GetProperty("values")[0]), Is.EqualTo(Numbers(solution.GetProperty("values"))));

            // rho(s) = sum_{t<H} gamma^t rho_t(s) / sum_{t<H} gamma^t, seven weights of size one: some tens of roundoffs.
            double[] weights = [.. Enumerable.Range(0, 7).Select(t => Math.Pow(0.99, t))];
            double[] expected = [.. Enumerable.Range(0, 5).Select(s => weights.Select((weight, t) => weight * steps.GetProperty("stateVisitation")[t][s].GetDouble()).Sum() / weights.Sum())];
            Assert.That(Numbers(solution.GetProperty("stateVisitation")), Is.EqualTo(expected).Within(1e-14));
        });
    }

    [Test]
    public void A_horizon_long_enough_is_the_stationary_problem()
    {
        // What is left after H steps is at most gamma^H max|V|: 0.5^60 * 20 is below 1e-16.
        double[] stationary = Numbers(Solved("chain", "--temperature", "1", "--discount", "0.5").GetProperty("values"));
        double[] finite = Numbers(Solved("chain", "--temperature", "1", "--discount", "0.5", "--horizon", "60").GetProperty("values"));
        Assert.That(finite, Is.EqualTo(stationary).Within(1e-9));
    }

    [Test]
    public void A_prior_at_scale_one_and_no_reward_is_its_own_optimum()
    {
        string model = _folder.Write("model.json", """{"format":"rift-model-1","states":1,"actions":3,"discount":0.9,"initial":[1],"pairs":[{"s":0,"a":0,"r":0,"next":[[0,1]]},{"s":0,"a":1,"r":0,"next":[[0,1]]},{"s":0,"a":2,"r":0,"next":[[0,1]]}]}""");
        string prior = _folder.Write("prior.json", """{"format":"rift-policy-1","probabilities":[[0.5,0.25,0.25]]}""");
        JsonElement scaled = Solved(model, "--temperature", "2", "--prior", prior), hard = Solved(model, "--temperature", "0", "--prior", prior);
        double[] expected = [Math.Log(0.5), Math.Log(0.25), Math.Log(0.25)];
        Assert.Multiple(() =>
        {
            Assert.That(Numbers(scaled.GetProperty("logPolicy")[0]), Is.EqualTo(expected).Within(1e-12));

            // All actions tie: the lexicographic limit is the prior itself, not the uniform policy.
            Assert.That(Numbers(hard.GetProperty("logPolicy")[0]), Is.EqualTo(expected).Within(1e-12));
        });
    }

    [Test]
    public void The_scale_of_the_prior_multiplies_its_logarithm()
    {
        string model = _folder.Write("model.json", """{"format":"rift-model-1","states":1,"actions":2,"discount":0.9,"initial":[1],"pairs":[{"s":0,"a":0,"r":0,"next":[[0,1]]},{"s":0,"a":1,"r":0,"next":[[0,1]]}]}""");
        string prior = _folder.Write("prior.json", """{"format":"rift-policy-1","probabilities":[[0.75,0.25]]}""");
        double[] logPolicy = Numbers(Solved(model, "--temperature", "1", "--prior", prior, "--prior-scale", "2").GetProperty("logPolicy")[0]);
        Assert.That(logPolicy[0] - logPolicy[1], Is.EqualTo(2 * Math.Log(3)).Within(1e-13));
    }

    [TestCase("lake.png", "\u0089PNG")]
    [TestCase("lake.svg", "<?xml")]
    public void The_plot_is_written_in_the_format_of_its_name(string name, string start)
    {
        CommandRun.Of("solve", "frozenlake:4x4", "--temperature", "0.1", "--plot", _folder.PathOf(name)).Succeeds();
        Assert.That(Encoding.Latin1.GetString(File.ReadAllBytes(_folder.PathOf(name))), Does.StartWith(start));
        Assert.That(_folder.Names, Is.EqualTo(new[] { name }));
    }

    [Test]
    public void The_summary_says_how_it_was_solved_and_draws_the_map()
    {
        string text = CommandRun.Of("solve", "frozenlake:4x4", "--temperature", "0").Succeeds().Output;
        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Contain("soft policy iteration (elimination), chosen for 17 states"));
            Assert.That(text, Does.Contain("V(start)    0.542025932, within "));
            Assert.That(text, Does.EndWith("  ←↑↑↑\n  ←HFH\n  ↑↓←H\n  H→↓G\n"));
        });
    }

    [Test]
    public void What_reading_did_is_told_on_standard_error_and_not_when_quiet()
    {
        string[] arguments = ["solve", Repository.Sample("gymnasium_frozenlake_8x8.json"), "--temperature", "0", "--json"];
        CommandRun told = CommandRun.Of(arguments).Succeeds(), quiet = CommandRun.Of([.. arguments, "--quiet"]).Succeeds();
        Assert.Multiple(() =>
        {
            Assert.That(told.Error, Does.Contain("terminal state added"));
            Assert.That(quiet.Error, Is.Empty);
            Assert.That(quiet.Output, Is.EqualTo(told.Output));
        });
    }

    private static JsonElement Solved(params string[] arguments)
    {
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of(["solve", .. arguments, "--json", "--quiet"]).Succeeds().Output);
        return document.RootElement.Clone();
    }

    private static double HalfWidth(JsonElement solution) => solution.GetProperty("certificate").GetProperty("halfWidth").GetDouble();

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
