using System.Diagnostics;

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
    [TestCase("solve taxi --json --meth", "--method")]
    [TestCase("verify --theorem A.1 --m", "--model")]
    [TestCase("env list --h", "--help")]
    [TestCase("finetune pits12 --prior cl", "clone:")]
    [TestCase("finetune pits12 --intervention n", "noisy:")]
    [TestCase("finetune taxi --k", "--kl-weight")]
    [TestCase("reproduce strat", "strategies")]
    [TestCase("show four", "fourrooms")]
    [TestCase("show fourrooms --shade ", "value")]
    [TestCase("show fourrooms --enc", "--encoding")]
    [TestCase("solve taxi --format ", "markdown")]
    public void A_command_line_is_completed(string typed, string candidate) =>
        Assert.That(CommandRun.Of($"[suggest:{typed.Length}]", typed).Succeeds().Output.Split(Environment.NewLine), Does.Contain(candidate));

    [Test]
    public void Each_shell_has_a_script_that_asks_rift([Values("bash", "zsh", "fish")] string shell) =>
        Assert.That(CommandRun.Of("completion", shell).Succeeds().Output, Does.Contain("[suggest:"));

    // The script as bash runs it, with the program under test in the place of rift; bash splits words at colons, so what stands before one is not repeated.
    [TestCase("rift so", "solve")]
    [TestCase("rift verify --theorem A.1 --mo", "--model")]
    [TestCase("rift solve taxi --method soft-policy-iteration:k", "krylov")]
    [TestCase("/usr/local/bin/rift env ex", "export")]
    public void Bash_completes_by_the_script(string typed, string candidate)
    {
        string program = Path.Combine(TestContext.CurrentContext.TestDirectory, "rift.dll");
        string script = $$"""
            rift() { dotnet '{{program}}' "$@"; }
            eval "$(rift completion bash)"
            COMP_LINE='{{typed}}' COMP_POINT={{typed.Length}}
            _rift
            printf '%s\n' "${COMPREPLY[@]}"
            """;
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true })!;
        Assert.That(bash.StandardOutput.ReadToEnd(), Is.EqualTo($"{candidate}\n"));
    }
}
