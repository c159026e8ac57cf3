using BenchmarkDotNet.Attributes;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>From compressed rows to a kernel, checked and laid out.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class ConstructionBenchmark
{
    private Workload _workload = null!;

    /// <summary>The workload.</summary>
    [Params("W1", "W2", "W3", "W4")]
    public string Workload { get; set; } = "W1";

    /// <summary>Draws the workload.</summary>
    [GlobalSetup]
    public void Setup() => _workload = StandardWorkloads.Create(Workload);

    /// <summary>A copy of the rows: the least that a construction does.</summary>
    [Benchmark(Baseline = true)]
    public object Copy() => new ScalarSweep(_workload, _workload.Discount, Options.DefaultTemperature);

    /// <summary>The kernel.</summary>
    [Benchmark]
    public SparseKernel Kernel() => _workload.Kernel();
}
