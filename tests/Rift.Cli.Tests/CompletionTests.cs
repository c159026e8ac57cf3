namespace Rift.Cli.Tests;

public class CompletionTests
{
    [TestCase("solve --t", "--temperature")]
    [TestCase("solve --t", "--threads")]
    [TestCase("solve froz", "frozenlake")]
    [TestCase("verify --model ta", "taxi")]
    [TestCase("verify --theorem ", "A.1")]
    [TestCase("solve taxi --method soft", "soft-policy-iteration:krylov")]
    [TestCase("completion ", "zsh")]
    [TestCase("env ", "export")]
    [TestCase("convert taxi x.json --to ", "gymnasium-P")]
    public void A_command_line_is_completed(string typed, string candidate) =>
        Assert.That(CommandRun.Of($"[suggest:{typed.Length}]", typed).Succeeds().Output.Split(Environment.NewLine), Does.Contain(candidate));

    [Test]
    public void Each_shell_has_a_script_that_asks_rift([Values("bash", "zsh", "fish")] string shell) =>
        Assert.That(CommandRun.Of("completion", shell).Succeeds().Output, Does.Contain("[suggest:"));
}
