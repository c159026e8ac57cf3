using System.Diagnostics;

namespace Rift.Mdp.Tests;

/// <summary>This assembly's <see cref="Program"/> as a process of its own.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it to its end.</summary>
    /// <param name="arguments">What to do.</param>
    /// <param name="without">A switch of the runtime to turn off, or null.</param>
    internal static (int Exit, string Output) Run(string[] arguments, string? without = null)
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(ChildProcess).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (without is not null) start.Environment[without] = "0";
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
