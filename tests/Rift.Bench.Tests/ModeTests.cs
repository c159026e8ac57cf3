using System.Runtime.InteropServices;
using System.Text.Json;
using Rift.Mdp;

namespace Rift.Bench.Tests;

/// <summary>What the plain modes print, and what they refuse.</summary>
public class ModeTests
{
    [Test]
    public void Sweep_prints_median_minimum_and_kernel()
    {
        using ScratchFolder folder = new();
        JsonElement json = ModeRun.Of("sweep", folder.Path, "--temperature", "0.2", "--discount", "0.8", "--threads", "2", "--repetitions", "4", "--json").Json();
        Assert.That(Keys(json), Is.EqualTo(new[] { "milliseconds", "minimum", "kernel" }));
        Assert.That(json.GetProperty("minimum").GetDouble(), Is.GreaterThan(0).And.AtMost(json.GetProperty("milliseconds").GetDouble()));
        Assert.That(json.GetProperty("kernel").GetString(), Is.Not.Empty);
    }

    [Test]
    public void Certify_prints_work_and_bound_and_writes_the_values_it_bounds()
    {
        using ScratchFolder folder = new();
        string file = folder.File("values.f64");
        JsonElement json = ModeRun.Of("certify", folder.Path, "--tolerance", "1e-6", "--values", file, "--repetitions", "1", "--json").Json();
        Assert.That(Keys(json), Is.EqualTo(new[] { "seconds", "sweeps", "products", "algorithm", "bound" }));
        double bound = json.GetProperty("bound").GetDouble();
        Assert.That(bound, Is.GreaterThan(0).And.AtMost(1e-6));

        using Workload workload = WorkloadFolder.Read(folder.Path);
        SoftSolution exact = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(new SoftProblem(workload.Process(), Options.DefaultTemperature));
        double[] values = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(file)).ToArray();
        Assert.That(values.Zip(exact.Values.ToArray(), (x, y) => Math.Abs(x - y)).Max(), Is.AtMost(bound + exact.Certificate.HalfWidth));
    }

    [Test]
    public void Visit_prints_work_and_bound()
    {
        using ScratchFolder folder = new();
        JsonElement json = ModeRun.Of("visit", folder.Path, "--repetitions", "1", "--json").Json();
        Assert.That(Keys(json), Is.EqualTo(new[] { "seconds", "products", "bound" }));
        Assert.That(json.GetProperty("bound").GetDouble(), Is.GreaterThan(0).And.AtMost(1e-8));
    }

    [Test]
    public void Batch_prints_both_times([Values("soft", "value", "visitation")] string what)
    {
        using ScratchFolder folder = new();
        JsonElement json = ModeRun.Of("batch", folder.Path, "--count", "3", "--what", what, "--json").Json();
        Assert.That(Keys(json), Is.EqualTo(new[] { "singleSeconds", "batchSeconds" }));
        Assert.That(json.EnumerateObject().Select(time => time.Value.GetDouble()), Is.All.GreaterThan(0));
    }

    [Test]
    public void Without_json_the_result_is_one_line_for_people()
    {
        using ScratchFolder folder = new();
        ModeRun run = ModeRun.Of("sweep", folder.Path);
        Assert.That(run.Output, Does.Match(@"^milliseconds [0-9.E-]+, minimum [0-9.E-]+, kernel [\w, ]+\n$"));
    }

    [Test]
    public void A_tolerance_out_of_reach_is_told_with_the_bound_reached()
    {
        using ScratchFolder folder = new();
        ModeRun run = ModeRun.Of("certify", folder.Path, "--tolerance", "1e-300", "--repetitions", "1", "--json");
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(1));
            Assert.That(run.Error, Is.EqualTo($"rift-bench: the tolerance was not reached{Environment.NewLine}"));
            Assert.That(JsonDocument.Parse(run.Output).RootElement.GetProperty("bound").GetDouble(), Is.GreaterThan(1e-300));
        });
    }

    [TestCase("--temperature", "-1", "a number of at least 0")]
    [TestCase("--temperature", "Infinity", "a number of at least 0")]
    [TestCase("--discount", "1", "a number of at least 0 and below 1")]
    [TestCase("--threads", "0", "a whole number from 1")]
    [TestCase("--repetitions", "1.5", "a whole number from 1")]
    [TestCase("--tolerance", "0", "a positive number")]
    public void An_option_out_of_range_is_refused(string option, string found, string expected) =>
        ModeRun.Of("certify", "nowhere", option, found).Refuses($"{option}: found '{found}', expected {expected}; see --help");

    [TestCase("sweep", "--tolerance")]
    [TestCase("visit", "--values")]
    [TestCase("minute", "--json")]
    public void An_option_of_another_mode_is_refused(string mode, string option)
    {
        ModeRun run = ModeRun.Of(mode, "nowhere", option);
        Assert.That((run.Code, run.Output), Is.EqualTo((2, "")));
        Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_mode_that_is_none_is_refused() => ModeRun.Of("sweeep").Refuses("found 'sweeep', expected a mode or an option; see --help");

    [Test]
    public void A_workload_that_is_none_is_refused() => ModeRun.Of("workloads", "nowhere", "W5").Refuses("found 'W5', expected one of W1, W2, W3, W4");

    [Test]
    public void The_minute_compares_each_workload_with_the_machine_and_the_reference()
    {
        using StringWriter output = new();
        MinuteMode.Write(output, new() { [1] = new MachineSpeed(Read: 4e10, Copy: 3e10, Exponentials: 1e9) }, [StandardWorkloads.Grid("grid", side: 20, seed: 1, discount: 0.9)]);
        string[] lines = output.ToString().Split('\n');
        Assert.That(lines[0], Is.EqualTo("1 thread: reads 40.0 GB/s, copies 30.0 GB/s, 1.00 G exponentials/s (" + MachineSpeed.VectorBits + " bits)"));
        Assert.That(lines[3].Split(' ', StringSplitOptions.RemoveEmptyEntries), Has.Length.AtLeast(15).And.ItemAt(0).EqualTo("grid").And.ItemAt(1).EqualTo("400"));
    }

    private static string[] Keys(JsonElement json) => [.. json.EnumerateObject().Select(property => property.Name)];
}
