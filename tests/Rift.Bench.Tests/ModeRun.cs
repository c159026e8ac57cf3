using System.Text.Json;

namespace Rift.Bench.Tests;

/// <summary>A mode run in this process: what it returned and printed.</summary>
internal sealed record ModeRun(int Code, string Output, string Error)
{
    internal static ModeRun Of(params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        int code = BenchCommandLine.Run(arguments, output, error);
        return new ModeRun(code, output.ToString(), error.ToString());
    }

    /// <summary>The one line of JSON that a mode prints.</summary>
    internal JsonElement Json()
    {
        Assert.That(Code, Is.Zero, Error);
        Assert.That(Output.TrimEnd().Split('\n'), Has.Length.EqualTo(1));
        return JsonDocument.Parse(Output).RootElement;
    }

    /// <summary>Requires the contract of a refusal: one line on standard error, nothing on standard output, exit code 2.</summary>
    internal void Refuses(string message) => Assert.Multiple(() =>
    {
        Assert.That(Error, Is.EqualTo($"rift-bench: error: {message}{Environment.NewLine}"));
        Assert.That(Output, Is.Empty);
        Assert.That(Code, Is.EqualTo(2));
    });
}
