using System.CommandLine;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary><c>sweep DIR</c>: one soft backup of all states, with the smallest and the largest change.</summary>
internal static class SweepMode
{
    internal static Command Create(TextWriter output)
    {
        Options options = new(repetitions: 15);
        Command command = options.Command("sweep", "Time one sweep from a fixed V: milliseconds, median and minimum.");
        command.SetAction(parsed =>
        {
            using Workload workload = WorkloadFolder.Read(parsed.GetRequiredValue(options.Folder));
            double discount = parsed.GetValue(options.Discount) ?? workload.Discount, temperature = parsed.GetValue(options.Temperature);
            using FusedSweep sweep = new(new SoftProblem(workload.Process(discount), temperature), parsed.GetValue(options.Threads));
            Timing timing = Measure(sweep, new ScalarSweep(workload, discount, temperature), workload.States, parsed.GetValue(options.Repetitions));
            new Report().With("milliseconds", 1e3 * timing.Median).With("minimum", 1e3 * timing.Minimum).With("kernel", sweep.Kernel).Print(output, parsed.GetValue(options.Json));
            return 0;
        });
        return command;
    }

    /// <summary>Times a sweep from the fixed V, once it has been found to agree with the scalar reference.</summary>
    /// <exception cref="DisagreementException">It does not.</exception>
    internal static Timing Measure(FusedSweep sweep, ScalarSweep reference, int states, int repetitions)
    {
        (double Least, double Most) change = sweep.Backup();
        reference.RequireAgreement(FusedSweep.StartValues(states), sweep.Next, change);
        return Timing.Of(() => sweep.Backup(), repetitions);
    }
}
