using System.Diagnostics;
using System.Text;
using Rift.Testing;

namespace Rift.Cli.Tests;

/// <summary>The command as a process of its own, as its users start it, in the repository's folder.</summary>
public sealed class RiftProcess : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _told = new();

    private RiftProcess(string[] arguments)
    {
        string command = Path.Combine(TestContext.CurrentContext.TestDirectory, "rift.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", [command, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root })!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null) return;
            lock (_error) _error.Append(line.Data).Append('\n');
            _told.TrySetResult();
        };
        _process.BeginErrorReadLine();
    }

    public static RiftProcess Start(params string[] arguments) => new(arguments);

    /// <summary>Waits until the command has told on standard error how far it is.</summary>
    public void AtWork()
    {
        if (!_told.Task.Wait(_patience)) throw new TimeoutException($"rift had told nothing after {_patience}");
    }

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
        _process.WaitForExit(); // until the last line of standard error has arrived, too
        return new CommandRun(_process.ExitCode, _output.Result, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
