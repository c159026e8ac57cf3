using System.CommandLine;
using System.Globalization;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary><c>minute</c>: in about a minute, how much of this machine's bandwidth and of its rate of exponentials a sweep uses, and how far it is ahead of the scalar reference.</summary>
internal static class MinuteMode
{
    private const double SecondsEach = 0.7;
    private const int MostRepetitions = 400;

    internal static Command Create(TextWriter output)
    {
        Option<int> threads = Options.WholeNumber("--threads", "N", "Measure with one thread and with this many. Default: one for each processor.", Environment.ProcessorCount);
        Command command = new("minute", "Measure this machine and the sweep on the standard workloads, in about a minute.") { threads };
        command.SetAction(parsed =>
        {
            SortedDictionary<int, MachineSpeed> machine = [];
            foreach (int count in new[] { 1, parsed.GetValue(threads) }) machine[count] = MachineSpeed.Measure(count);
            Write(output, machine, StandardWorkloads.Names.Select(StandardWorkloads.Create));
            return 0;
        });
        return command;
    }

    /// <summary>Measures the sweep with each number of threads and prints one table.</summary>
    internal static void Write(TextWriter output, SortedDictionary<int, MachineSpeed> machine, IEnumerable<Workload> workloads)
    {
        foreach ((int count, MachineSpeed speed) in machine)
            Line(output, $"{count} thread{(count == 1 ? "" : "s")}: reads {speed.Read / 1e9:F1} GB/s, copies {speed.Copy / 1e9:F1} GB/s, {speed.Exponentials / 1e9:F2} G exponentials/s ({MachineSpeed.VectorBits} bits)");
        output.WriteLine();
        Line(output, $"{"",-4} {"states",9} {"actions",7} {"transitions",11} {"threads",7} {"ms/sweep",9} {"GB/s",6} {"of read",7} {"Gexp/s",6} {"of exp",6} {"scalar ms",9} {"ratio",6} kernel");
        foreach (Workload workload in workloads)
        {
            SoftProblem problem = new(workload.Process(), Options.DefaultTemperature);
            ScalarSweep reference = new(workload, workload.Discount, Options.DefaultTemperature);
            double[] values = FusedSweep.StartValues(workload.States), next = new double[workload.States];
            double scalar = Timed(repetitions => Timing.Of(() => reference.Backup(values, next), repetitions));
            foreach ((int count, MachineSpeed speed) in machine)
            {
                using FusedSweep sweep = new(problem, count);
                double seconds = Timed(repetitions => SweepMode.Measure(sweep, reference, workload.States, repetitions));
                double bytes = workload.BytesPerSweep / seconds, exponentials = workload.Rewards.Length / seconds;
                Line(output, $"{workload.Name,-4} {workload.States,9} {workload.Actions,7} {workload.Transitions,11} {count,7} {1e3 * seconds,9:F3} {bytes / 1e9,6:F1} {bytes / speed.Read,7:P0} {exponentials / 1e9,6:F3} {exponentials / speed.Exponentials,6:P0} {1e3 * scalar,9:F3} {scalar / seconds,6:F2} {sweep.Kernel}");
            }
        }

        output.WriteLine();
        output.WriteLine("Best times. GB/s counts 12 bytes a transition, 8 a reward and 16 a state, whatever the layout moves; Gexp/s one exponential a pair, whatever the kernel saves.");
        output.WriteLine("A layout that compresses, or data that stay in a cache, can exceed the bandwidth of memory. Ratio: the scalar reference on one thread over the sweep.");
    }

    /// <summary>The best time, from as many repetitions as there is time for.</summary>
    private static double Timed(Func<int, Timing> measure)
    {
        double once = measure(1).Minimum;
        return Math.Min(once, measure((int)Math.Clamp(SecondsEach / once, 3, MostRepetitions)).Minimum);
    }

    private static void Line(TextWriter output, FormattableString text) => output.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
