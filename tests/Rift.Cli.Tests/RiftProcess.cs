using System.Diagnostics;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>The command as a process of its own, as its users start it, in the repository's folder.</summary>
public sealed class RiftProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output, _error;

    private RiftProcess(string[] arguments)
    {
        string command = Path.Combine(TestContext.CurrentContext.TestDirectory, "rift.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [command, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    public static RiftProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Sends a signal by its name, INT or TERM.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    public CommandRun Finished()
    {
        if (!_process.WaitForExit(_patience)) throw new TimeoutException($"rift was still running after {_patience}");
        return new CommandRun(_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
