using System.CommandLine;
using System.Runtime.InteropServices;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Bench;

/// <summary><c>certify DIR</c>: from V = 0 to a proved bracket of V* of a given half-width; all that follows the model's construction.</summary>
internal static class CertifyMode
{
    internal const double DefaultTolerance = 1e-8;

    internal static Command Create(TextWriter output, TextWriter error)
    {
        Options options = new(repetitions: 3);
        Option<double> tolerance = Options.Number("--tolerance", "E", "Absolute half-width of the bracket of V. Default: 1e-8.", e => e > 0, "a positive number", DefaultTolerance);
        Option<string?> values = new("--values") { Description = "Write V as little-endian doubles.", HelpName = "FILE" };
        Command command = options.Command("certify", "Time a certified solution: median seconds, sweeps, products, algorithm and bound.", tolerance, values);
        command.SetAction(parsed =>
        {
            MarkovDecisionProcess process;
            using (Workload workload = WorkloadFolder.Read(parsed.GetRequiredValue(options.Folder))) process = workload.Process(parsed.GetValue(options.Discount));
            double temperature = parsed.GetValue(options.Temperature), halfWidth = parsed.GetValue(tolerance);
            int threads = parsed.GetValue(options.Threads);
            SoftSolution solution = null!;
            SoftSolution Solve(CancellationToken cancellation) => Solved(process, temperature, halfWidth, threads, cancellation);
            Timing timing = Timing.Of(() => solution = Solve(CancellationToken.None), token => Solve(token), parsed.GetValue(options.Repetitions));
            if (parsed.GetValue(values) is string file) AtomicFile.Write(file, stream => stream.Write(MemoryMarshal.AsBytes(solution.Values)));
            new Report().With("seconds", timing.Median).With("sweeps", solution.Iterations).With("products", solution.Products).With("algorithm", solution.Algorithm).With("bound", solution.Certificate.HalfWidth)
                .Print(output, parsed.GetValue(options.Json));
            if (solution.Outcome == Outcome.Converged) return 0;
            error.WriteLine("rift-bench: the tolerance was not reached");
            return 1;
        });
        return command;
    }

    /// <summary>The solution by the algorithm that the library chooses.</summary>
    internal static SoftSolution Solved(MarkovDecisionProcess process, double temperature, double halfWidth, int threads, CancellationToken cancellation = default) =>
        new Auto { Tolerance = halfWidth }.Solve(new SoftProblem(process, temperature), new Execution { Threads = threads, Cancellation = cancellation });
}
