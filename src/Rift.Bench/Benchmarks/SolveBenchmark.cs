using BenchmarkDotNet.Attributes;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>Certified solutions and visitations: what follows a model's construction.</summary>
/// <remarks>The baseline is value iteration with the scalar reference, stopped by the same rule on the span of the change.</remarks>
[ShortRunJob]
[MemoryDiagnoser]
public class SolveBenchmark
{
    private MarkovDecisionProcess _process = null!;
    private ScalarSweep _scalar = null!;
    private Policy _policy = null!;

    /// <summary>The workload.</summary>
    [Params("W1", "W2", "W4")]
    public string Workload { get; set; } = "W1";

    /// <summary>Draws the workload and solves for its policy.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Workload workload = StandardWorkloads.Create(Workload);
        _process = workload.Process();
        _scalar = new ScalarSweep(workload, workload.Discount, Options.DefaultTemperature);
        _policy = Certified().Policy;
    }

    /// <summary>Value iteration with the scalar reference until the half-width is reached.</summary>
    [Benchmark(Baseline = true)]
    public int ScalarValueIteration() => _scalar.Solve(_process.States, CertifyMode.DefaultTolerance).Sweeps;

    /// <summary>The certified solution.</summary>
    [Benchmark]
    public SoftSolution Certified() => CertifyMode.Solved(_process, Options.DefaultTemperature, CertifyMode.DefaultTolerance, threads: 1);

    /// <summary>The certified visitation of the soft-optimal policy.</summary>
    [Benchmark]
    public Visitation Visited() => Visitation.Of(_process, _policy);
}
