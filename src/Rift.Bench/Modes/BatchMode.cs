using System.CommandLine;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary><c>batch DIR</c>: many problems on one kernel, one after the other and in one pass.</summary>
/// <remarks>
/// soft: certified solutions; rewards, base measures and temperatures differ. value: what the soft-optimal policy is worth for different rewards. visitation: where it spends its
/// discounted time from different starts. The system of the policy is built outside the timed part, for both.
/// </remarks>
internal static class BatchMode
{
    private static readonly string[] _kinds = ["soft", "value", "visitation"];

    internal static Command Create(TextWriter output)
    {
        Options options = new(repetitions: 1);
        Option<int> count = Options.WholeNumber("--count", "K", "How many problems. Default: 32.", 32);
        Option<string> what = new("--what") { Description = "What is solved: soft, value or visitation. Default: soft.", HelpName = "KIND", DefaultValueFactory = _ => _kinds[0] };
        what.AcceptOnlyFromAmong(_kinds);
        Command command = options.Command("batch", "Time many problems on one kernel: seconds one by one and in one pass.", count, what);
        command.SetAction(parsed =>
        {
            MarkovDecisionProcess process;
            using (Workload workload = WorkloadFolder.Read(parsed.GetRequiredValue(options.Folder))) process = workload.Process(parsed.GetValue(options.Discount));
            double temperature = parsed.GetValue(options.Temperature);
            int threads = parsed.GetValue(options.Threads), problems = parsed.GetValue(count);
            (Action<CancellationToken> single, Action<CancellationToken> batch) = parsed.GetValue(what) == "soft"
                ? Soft(PerturbedProblems.InAll(process, temperature, problems), threads)
                : Linear(process, temperature, problems, threads, transposed: parsed.GetValue(what) == "visitation");
            Timing one = Time(single), all = Time(batch);
            new Report().With("singleSeconds", one.Median).With("batchSeconds", all.Median).Print(output, parsed.GetValue(options.Json));
            return 0;

            Timing Time(Action<CancellationToken> work) => Timing.Of(() => work(CancellationToken.None), work, parsed.GetValue(options.Repetitions));
        });
        return command;
    }

    private static (Action<CancellationToken> Single, Action<CancellationToken> Batch) Soft(SoftProblem[] problems, int threads)
    {
        Auto algorithm = new() { Tolerance = CertifyMode.DefaultTolerance };
        return (
            cancellation =>
            {
                foreach (SoftProblem problem in problems) algorithm.Solve(problem, new Execution { Threads = threads, Cancellation = cancellation });
            },
            cancellation => algorithm.SolveAll(problems, new Execution { Threads = threads, Cancellation = cancellation }));
    }

    private static (Action<CancellationToken> Single, Action<CancellationToken> Batch) Linear(MarkovDecisionProcess process, double temperature, int count, int threads, bool transposed)
    {
        Policy policy = CertifyMode.Solved(process, temperature, CertifyMode.DefaultTolerance, threads).Policy;
        DiscountedSolve solve = new(process, policy, threads: threads);
        double[][] right = transposed
            ? [.. PerturbedProblems.WithStarts(process, count).Select(start => start.Initial.ToArray().Select(d => (1 - process.Discount) * d).ToArray())]
            : [.. PerturbedProblems.WithRewards(process, temperature, count).Select(problem => Averages(problem.Mdp.Reward, policy))];
        const double Tolerance = CertifyMode.DefaultTolerance;
        return transposed
            ? (cancellation => Array.ForEach(right, b => solve.SolveTransposed(b, 0, Tolerance, cancellation)), cancellation => solve.SolveAllTransposed(right, 0, Tolerance, threads, cancellation))
            : (cancellation => Array.ForEach(right, b => solve.Solve(b, 0, Tolerance, cancellation)), cancellation => solve.SolveAll(right, 0, Tolerance, threads, cancellation));
    }

    /// <summary>What the policy earns in each state.</summary>
    private static double[] Averages(StateActionTable reward, Policy policy)
    {
        double[] averages = new double[reward.States];
        for (int s = 0; s < averages.Length; s++)
            for (int a = 0; a < reward.Actions; a++) averages[s] += policy.Probability(s, a) * reward[s, a];
        return averages;
    }
}
