using System.Text.Json;
using Rift.Models;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary><c>rift env</c> and <c>rift convert</c>.</summary>
public class ModelTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void Every_world_is_listed_with_its_options()
    {
        string text = CommandRun.Of("env", "list").Succeeds().Output;
        using JsonDocument json = JsonDocument.Parse(CommandRun.Of("env", "list", "--json").Succeeds().Output);
        Assert.Multiple(() =>
        {
            foreach (WorldEntry entry in WorldCatalog.Entries) Assert.That(text, Does.Contain($"{entry.Summary}\n").And.Contain($"  {entry.Usage}\n"));
            Assert.That(json.RootElement.GetProperty("worlds").EnumerateArray().Select(world => world.GetProperty("name").GetString()), Is.EqualTo(WorldCatalog.Entries.Select(entry => entry.Name)));
        });
    }

    // The lander is refused a file: see RefusalTests.
    private static IEnumerable<string> Worlds => WorldCatalog.Entries.Select(entry => entry.Name).Except(["lander"]);

    [TestCaseSource(nameof(Worlds))]
    public void An_exported_world_solves_to_the_same_bits(string world)
    {
        string path = _folder.PathOf("world.json");
        CommandRun.Of("env", "export", world, "--out", path).Succeeds();
        Assert.That(Values(path), Is.EqualTo(Values(world)));
    }

    [Test]
    public void A_model_comes_back_from_the_other_format_bit_for_bit()
    {
        string table = _folder.PathOf("table.json"), back = _folder.PathOf("back.json"), native = _folder.PathOf("native.json");
        string sample = Repository.Sample("gymnasium_taxi.json");
        CommandRun.Of("convert", sample, native).Succeeds();
        CommandRun.Of("convert", native, table, "--to", "gymnasium-P").Succeeds();
        CommandRun.Of("convert", table, back, "--to", "rift-model-1").Succeeds();
        Assert.Multiple(() =>
        {
            Assert.That(Values(table), Is.EqualTo(Values(sample)));
            Assert.That(Values(back), Is.EqualTo(Values(sample)));
        });
    }

    [Test]
    public void Rows_are_divided_by_their_sums_only_when_asked_and_then_it_is_said()
    {
        string model = _folder.Write("model.json", """{"format":"rift-model-1","states":1,"actions":1,"discount":0.9,"initial":[1],"pairs":[{"s":0,"a":0,"r":1,"next":[[0,0.98]]}]}""");
        string output = _folder.PathOf("out.json");
        CommandRun.Of("convert", model, output).Refuses($"{model}: state 0, action 0: probabilities sum to 0.98, expected 1 within 1e-12");
        Assert.That(File.Exists(output), Is.False);
        CommandRun run = CommandRun.Of("convert", model, output, "--renormalise").Succeeds();
        Assert.That(run.Error.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Has.All.StartsWith($"rift: {model}: ").And.Some.Contains("rows divided by their sums").And.Some.EndsWith("0.02"));
        Assert.That(ModelFile.Read(output).Model.Kernel.Successors(0, 0).Single().Probability, Is.EqualTo(1));
    }

    [Test]
    public void A_device_is_written_to_and_not_replaced()
    {
        if (!File.Exists("/dev/null")) Assert.Ignore("no /dev/null here");
        CommandRun.Of("env", "export", "chain", "--out", "/dev/null").Succeeds();
        Assert.That(new FileInfo("/dev/null").Length, Is.Zero);
    }

    private static string Values(string model)
    {
        using JsonDocument solution = JsonDocument.Parse(CommandRun.Of("solve", model, "--temperature", "0.3", "--json", "--quiet").Succeeds().Output);
        return solution.RootElement.GetProperty("values").GetRawText();
    }
}
