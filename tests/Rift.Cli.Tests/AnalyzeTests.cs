using System.Text.Json;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary><c>rift analyze</c> against the golden values of every problem file, as an outside checker would compare them.</summary>
public class AnalyzeTests
{
    private static IEnumerable<string> Problems => Repository.OracleFiles.Select(Path.GetFileNameWithoutExtension)!;

    [TestCaseSource(nameof(Problems))]
    public void Every_quantity_is_within_its_tolerance_and_none_is_missing(string problem)
    {
        string path = Repository.PathOf("tests", "data", "oracle", $"{problem}.json");
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(path));
        using JsonDocument found = JsonDocument.Parse(CommandRun.Of("analyze", path, "--json").Succeeds().Output);
        JsonElement expected = golden.RootElement.GetProperty("expected"), fields = found.RootElement.GetProperty("fields");
        Assert.Multiple(() =>
        {
            Assert.That(found.RootElement.GetProperty("format").GetString(), Is.EqualTo("rift-quantities-1"));
            Assert.That(found.RootElement.GetProperty("id").GetString(), Is.EqualTo(problem));
            Assert.That(fields.EnumerateObject().Select(field => field.Name), Is.EqualTo(expected.EnumerateObject().Select(field => field.Name)));
            foreach (JsonProperty field in expected.EnumerateObject())
                Compare(field, fields.GetProperty(field.Name), golden.RootElement.GetProperty("tolerance").GetProperty(field.Name));
        });
    }

    private static void Compare(JsonProperty expected, JsonElement found, JsonElement tolerance)
    {
        double[] golden = Numbers(expected.Value.GetProperty("x")), computed = Numbers(found);
        Assert.That(computed, Is.EqualTo(golden).Within(tolerance.GetProperty("atol").GetDouble()), expected.Name);
        if (!tolerance.TryGetProperty("crel", out JsonElement relative)) return;
        for (int i = 0; i < golden.Length; i++)
            if (golden[i] > 1e-290)
                Assert.That(computed[i], Is.EqualTo(golden[i]).Within(relative.GetDouble() * golden[i]), $"{expected.Name}[{i}]");
    }

    [Test]
    public void The_file_holds_what_is_printed_and_the_summary_names_every_quantity()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("quantities.json");
        string text = CommandRun.Of("analyze", Repository.OracleFiles[1], "--out", path).Succeeds().Output;
        Assert.That(File.ReadAllText(path), Is.EqualTo(CommandRun.Of("analyze", Repository.OracleFiles[1], "--json").Output));
        using JsonDocument written = JsonDocument.Parse(File.ReadAllText(path));
        Assert.That(written.RootElement.GetProperty("fields").EnumerateObject().Select(field => field.Name), Has.All.Matches<string>(name => text.Contains($"\n{name} ", StringComparison.Ordinal)));
    }

    [Test]
    public void A_cancelled_analysis_has_no_result_and_exits_130() =>
        Assert.That(CommandRun.Of(["analyze", Repository.OracleFiles[1]], new CancellationToken(canceled: true)), Is.EqualTo(new CommandRun(130, "", $"rift: cancelled{Environment.NewLine}")));

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(x => x.GetDouble())];
}
