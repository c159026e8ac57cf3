using System.CommandLine;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary><c>visit DIR</c>: where the soft-optimal policy spends its discounted time from a uniform start, with a proved bound of the error in the 1-norm.</summary>
/// <remarks>The policy is solved for outside the timed part. Both are done to the tolerance that <c>certify</c> has by default; the system of the policy is built within the time.</remarks>
internal static class VisitMode
{
    internal static Command Create(TextWriter output)
    {
        Options options = new(repetitions: 3);
        Command command = options.Command("visit", "Time the visitation of the soft-optimal policy: median seconds, products and L1 bound.");
        command.SetAction(parsed =>
        {
            MarkovDecisionProcess process;
            using (Workload workload = WorkloadFolder.Read(parsed.GetRequiredValue(options.Folder))) process = workload.Process(parsed.GetValue(options.Discount));
            int threads = parsed.GetValue(options.Threads);
            Policy policy = CertifyMode.Solved(process, parsed.GetValue(options.Temperature), CertifyMode.DefaultTolerance, threads).Policy;
            Visitation visitation = null!;
            Timing timing = Timing.Of(() => visitation = Visitation.Of(process, policy, new DiscountedSolve(process, policy, threads: threads), CertifyMode.DefaultTolerance), parsed.GetValue(options.Repetitions));
            new Report().With("seconds", timing.Median).With("products", visitation.States.Products).With("bound", visitation.States.ErrorBound).Print(output, parsed.GetValue(options.Json));
            return 0;
        });
        return command;
    }
}
