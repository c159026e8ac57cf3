namespace Rift.Cli.Tests;

/// <summary>What is written to standard error while a command works, and when it is itself at fault.</summary>
public class TerminalTests
{
    [Test]
    public void A_line_of_progress_is_rewritten_for_a_reader_and_wiped_at_the_end()
    {
        using StringWriter error = new();
        using (ConsoleProgress progress = new(new Terminal { Output = TextWriter.Null, Error = error, ErrorIsInteractive = true }))
        {
            progress.Tell(() => "too early to be seen");
            Thread.Sleep(150);
            progress.Tell(() => "half of it");
            progress.Tell(() => "too soon after");
            Thread.Sleep(150);
            progress.Tell(() => "all");
        }

        Assert.That(error.ToString(), Is.EqualTo("\rhalf of it\rall       \r   \r"));
    }

    [Test]
    public void Nothing_is_told_to_a_log_in_the_first_seconds()
    {
        using StringWriter error = new();
        using (ConsoleProgress progress = new(new Terminal { Output = TextWriter.Null, Error = error }))
        {
            Thread.Sleep(150);
            progress.Tell(() => "half of it");
        }

        Assert.That(error.ToString(), Is.Empty);
    }

    [Test]
    public void A_mistake_of_the_program_is_told_as_such_in_one_line()
    {
        using BrokenWriter output = new();
        using StringWriter error = new();
        int code = CommandLine.Run(["env", "list"], new Terminal { Output = output, Error = error });
        Assert.That(error.ToString(), Is.EqualTo($"rift: internal error: InvalidOperationException: broken in two; please report this with the command and its input{Environment.NewLine}"));
        Assert.That(code, Is.EqualTo(1));
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("broken\nin two");
    }
}
