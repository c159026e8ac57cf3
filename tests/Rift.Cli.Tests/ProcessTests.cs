using System.Text.Json;

namespace Rift.Cli.Tests;

/// <summary>What only a process has: exit codes as the shell sees them, and signals.</summary>
public class ProcessTests
{
    [TestCase(0, "solve", "chain", "--temperature", "1")]
    [TestCase(1, "solve", "chain", "--temperature", "1", "--tolerance", "1e-300")]
    [TestCase(2, "solve", "nowhere.json", "--temperature", "1")]
    [TestCase(2, "solve")]
    public void The_exit_code_is_that_of_the_contract(int code, params string[] arguments)
    {
        using RiftProcess process = RiftProcess.Start(arguments);
        CommandRun run = process.Finished();
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(code), run.Error);
            Assert.That(run.Output.Length == 0, Is.EqualTo(code == 2));
            Assert.That(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(code == 0 ? 0 : 1));
        });
    }

    // A chain of 200,000 states along which a reward travels one state a sweep: value iteration is at work for minutes.
    [TestCase("INT")]
    [TestCase("TERM")]
    public void A_signal_ends_solve_with_the_result_reached(string signal)
    {
        using TemporaryFolder folder = new();
        using RiftProcess process = RiftProcess.Start("solve", "chain:200000,slip=0", "--discount", "0.999999", "--temperature", "0.1", "--method", "value-iteration", "--out", folder.PathOf("solution.json"));
        process.AtWork();
        process.Signal(signal);
        CommandRun run = process.Finished();
        Assert.That(run.Code, Is.EqualTo(130), run.Error);
        using JsonDocument solution = JsonDocument.Parse(File.ReadAllText(folder.PathOf("solution.json")));
        Assert.Multiple(() =>
        {
            Assert.That(solution.RootElement.GetProperty("outcome").GetString(), Is.EqualTo("cancelled"));
            Assert.That(solution.RootElement.GetProperty("values").GetArrayLength(), Is.EqualTo(200000));
            Assert.That(folder.Names, Is.EqualTo(new[] { "solution.json" }));
        });
    }

    [Test]
    public void A_signal_ends_verify_with_the_ledger_so_far()
    {
        using RiftProcess process = RiftProcess.Start("verify", "--cases", "300000");
        process.AtWork();
        process.Signal("INT");
        CommandRun run = process.Finished();
        Assert.Multiple(() =>
        {
            Assert.That(run.Code, Is.EqualTo(130), run.Error);
            Assert.That(run.Output, Does.Match(@"all \d+ statements hold on [1-9]\d* cases, cancelled before the end\n$"));
        });
    }

    // A thousand million episodes take hours.
    [Test]
    public void A_signal_ends_learning_from_episodes_without_a_result()
    {
        using RiftProcess process = RiftProcess.Start("finetune", "windycliff", "--prior", "uniform", "--intervention", "qgap:0.036", "--kl-weight", "1", "--sampled", "--episodes", "1000000000");
        process.AtWork();
        process.Signal("INT");
        CommandRun run = process.Finished();
        Assert.That((run.Code, run.Output), Is.EqualTo((130, "")), run.Error);
        Assert.That(run.Error, Does.EndWith("rift: cancelled\n"));
    }
}
