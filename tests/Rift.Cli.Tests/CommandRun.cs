namespace Rift.Cli.Tests;

/// <summary>A command run in this process: what it returned and printed.</summary>
public sealed record CommandRun(int Code, string Output, string Error)
{
    public static CommandRun Of(params string[] arguments) => Of(arguments, CancellationToken.None);

    public static CommandRun Of(string[] arguments, CancellationToken cancellation)
    {
        using StringWriter output = new(), error = new();
        int code = CommandLine.Run(arguments, new Terminal { Output = output, Error = error, Cancellation = cancellation });
        return new CommandRun(code, output.ToString(), error.ToString());
    }

    public CommandRun Succeeds()
    {
        Assert.That(Code, Is.Zero, Error);
        return this;
    }

    /// <summary>Requires the contract of a refusal: one line on standard error, nothing on standard output, exit code 2.</summary>
    public void Refuses(string message) => Assert.Multiple(() =>
    {
        Assert.That(Error, Is.EqualTo($"rift: error: {message}{Environment.NewLine}"));
        Assert.That(Output, Is.Empty);
        Assert.That(Code, Is.EqualTo(2));
    });
}
