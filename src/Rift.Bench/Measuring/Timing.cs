using System.Diagnostics;

namespace Rift.Bench;

/// <summary>How long repeated work took.</summary>
/// <param name="Median">The median, in seconds.</param>
/// <param name="Minimum">The minimum, in seconds.</param>
internal readonly record struct Timing(double Median, double Minimum)
{
    /// <summary>Work is repeated untimed for at least this long first, so that code is compiled, clocks are up and pages are there.</summary>
    internal static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    /// <summary>Times work, after a warm-up by the same work.</summary>
    internal static Timing Of(Action work, int repetitions) => Of(work, _ => work(), repetitions);

    /// <summary>Times work, after a warm-up by work that may be cut short: the token is cancelled when the warm-up has lasted long enough.</summary>
    internal static Timing Of(Action work, Action<CancellationToken> warmUp, int repetitions)
    {
        GC.Collect(); // what reading the workload has left behind
        using CancellationTokenSource longEnough = new(WarmUp);
        do warmUp(longEnough.Token);
        while (!longEnough.IsCancellationRequested);
        GC.Collect();

        double[] seconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        return Of(seconds);
    }

    /// <summary>The median (of an even number the mean of the middle two) and the minimum.</summary>
    internal static Timing Of(IEnumerable<double> seconds)
    {
        double[] sorted = [.. seconds.Order()];
        return new Timing((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, sorted[0]);
    }
}
