using System.Diagnostics;

namespace Rift.Mdp.Tests;

/// <summary>The drivers of the sweeps use addresses: here every array they touch lies against a page that ends the process.</summary>
public class GuardPageTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    [TestCase("behind")]
    [TestCase("before")]
    public void No_sweep_reaches_outside_its_arrays(string where) => Assert.That(Child("sweep", where), Is.EqualTo((0, "")));

    [TestCase("behind")]
    [TestCase("before")]
    public void One_number_too_many_is_noticed(string where)
    {
        (int exit, string output) = Child("overrun", where);
        Assert.That(exit, Is.Not.Zero);
        Assert.That(output, Is.EqualTo("about to\n"));
    }

    private static (int Exit, string Output) Child(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(GuardPageTests).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process child = Process.Start(start)!;
        Task<string> output = child.StandardOutput.ReadToEndAsync(), error = child.StandardError.ReadToEndAsync();
        if (!child.WaitForExit(_patience))
        {
            child.Kill();
            Assert.Fail($"still running after {_patience}");
        }

        TestContext.Out.Write(error.Result);
        return (child.ExitCode, output.Result.ReplaceLineEndings("\n"));
    }
}
