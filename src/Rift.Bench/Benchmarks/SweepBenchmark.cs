using BenchmarkDotNet.Attributes;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>One soft backup of all states against the scalar reference.</summary>
[Config(typeof(InstructionSets))]
[MemoryDiagnoser]
public class SweepBenchmark : IDisposable
{
    private double[] _values = [], _next = [];
    private ScalarSweep _scalar = null!;
    private FusedSweep _fused = null!;

    /// <summary>The workload.</summary>
    [Params("W1", "W2", "W3", "W4")]
    public string Workload { get; set; } = "W1";

    /// <summary>Number of threads of the fused sweep; the reference has one.</summary>
    [Params(1, 2)]
    public int Threads { get; set; } = 1;

    /// <summary>Draws the workload, and requires that both sweeps agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Workload workload = StandardWorkloads.Create(Workload);
        _values = FusedSweep.StartValues(workload.States);
        _next = new double[workload.States];
        _scalar = new ScalarSweep(workload, workload.Discount, Options.DefaultTemperature);
        _fused = new FusedSweep(new SoftProblem(workload.Process(), Options.DefaultTemperature), Threads);
        (double Least, double Most) change = _fused.Backup();
        _scalar.RequireAgreement(_values, _fused.Next, change);
    }

    /// <summary>Ends the threads of the sweep.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _fused.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The scalar reference.</summary>
    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar.Backup(_values, _next).Most;

    /// <summary>The library's sweep.</summary>
    [Benchmark]
    public double Fused() => _fused.Backup().Most;
}
