namespace Rift.Cli.Tests;

/// <summary>What is written to standard error while a command works, and when it is itself at fault.</summary>
public class TerminalTests
{
    [Test]
    public void A_line_of_progress_is_rewritten_for_a_reader_and_wiped_at_the_end()
    {
        using StringWriter error = new();
        HandSetClock clock = new();
        using (ConsoleProgress progress = new(new Terminal { Output = TextWriter.Null, Error = error, ErrorIsInteractive = true, Clock = clock }))
        {
            progress.Tell(() => "too early to be seen");
            clock.Pass(0.15);
            progress.Tell(() => "half of it");
            clock.Pass(0.05);
            progress.Tell(() => "too soon after");
            clock.Pass(0.1);
            progress.Tell(() => "all");
        }

        Assert.That(error.ToString(), Is.EqualTo("\rhalf of it\rall       \r   \r"));
    }

    [Test]
    public void A_log_gets_a_line_every_five_seconds()
    {
        using StringWriter error = new();
        HandSetClock clock = new();
        using (ConsoleProgress progress = new(new Terminal { Output = TextWriter.Null, Error = error, Clock = clock }))
        {
            clock.Pass(4.9);
            progress.Tell(() => "too early");
            clock.Pass(0.2);
            progress.Tell(() => "half of it");
            clock.Pass(4.9);
            progress.Tell(() => "too soon after");
        }

        Assert.That(error.ToString(), Is.EqualTo("half of it\n"));
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

    private sealed class HandSetClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now;

        public void Pass(double seconds) => _now += (long)(1000 * seconds);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw new InvalidOperationException("broken\nin two");
    }
}
