using BenchmarkDotNet.Attributes;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>The two linear maps of a kernel: the expectation E V and its adjoint E* mu.</summary>
[Config(typeof(InstructionSets))]
[MemoryDiagnoser]
public class ProductBenchmark
{
    private double[] _values = [], _expectations = [], _occupancy = [], _states = [];
    private SparseKernel _kernel = null!;
    private ScalarSweep _scalar = null!;

    /// <summary>The workload.</summary>
    [Params("W1", "W2", "W3", "W4")]
    public string Workload { get; set; } = "W1";

    /// <summary>Draws the workload.</summary>
    [GlobalSetup]
    public void Setup()
    {
        Workload workload = StandardWorkloads.Create(Workload);
        int pairs = workload.States * workload.Actions;
        _kernel = workload.Kernel();
        _scalar = new ScalarSweep(workload, workload.Discount, temperature: 0);
        _values = FusedSweep.StartValues(workload.States);
        _states = new double[workload.States];
        _expectations = new double[pairs];
        _occupancy = new double[pairs];
        Array.Fill(_occupancy, 1.0 / pairs);
    }

    /// <summary>The scalar reference at temperature 0: the same expectations, and a maximum.</summary>
    [Benchmark(Baseline = true)]
    public double Scalar() => _scalar.Backup(_values, _states).Most;

    /// <summary>E V.</summary>
    [Benchmark]
    public double Expectation()
    {
        _kernel.Expect(0, _values, _expectations);
        return _expectations[^1];
    }

    /// <summary>E* mu.</summary>
    [Benchmark]
    public double Adjoint()
    {
        _kernel.Push(_occupancy, _states);
        return _states[^1];
    }
}
