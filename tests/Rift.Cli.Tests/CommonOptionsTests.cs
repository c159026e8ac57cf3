using Rift.Testing;

namespace Rift.Cli.Tests;

public class CommonOptionsTests
{
    private static readonly string _problem = Repository.PathOf("tests", "data", "oracle", "p05-two-cycle.json");

    private static IEnumerable<string[]> Commands =>
    [
        ["verify", "--cases", "2", "--model", "chain"], ["solve", "chain", "--temperature", "1"], ["show", "chain"], ["analyze", _problem], ["finetune", "windycliff", "--prior", "uniform", "--intervention", "none", "--kl-weight", "1"], ["fit", "zurcher", "--discount", "0"], ["env", "list"], ["completion", "bash"],
    ];

    [TestCaseSource(nameof(Commands))]
    public void Seed_threads_and_quiet_may_be_given_to_every_command(params string[] command) =>
        CommandRun.Of([.. command, "--seed", "3", "--threads", "2", "--quiet"]).Succeeds();

    [Test]
    public void A_quiet_analysis_with_a_file_prints_nothing()
    {
        using TemporaryFolder folder = new();
        CommandRun run = CommandRun.Of("analyze", _problem, "--quiet", "--out", folder.PathOf("result.json"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Succeeds().Output, Is.Empty);
            Assert.That(File.ReadAllText(folder.PathOf("result.json")), Does.StartWith("{\"format\":\"rift-quantities-1\""));
        });
    }
}
