using BenchmarkDotNet.Attributes;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>Thirty-two problems on one kernel, solved one by one.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class ManyProblemsBenchmark
{
    private const int Count = 32;

    private SoftProblem[] _perturbed = [], _rewards = [];
    private MarkovDecisionProcess[] _starts = [];
    private Policy _policy = null!;

    /// <summary>The workload.</summary>
    [Params("W1", "W2")]
    public string Workload { get; set; } = "W1";

    /// <summary>Draws the workload and its perturbations.</summary>
    [GlobalSetup]
    public void Setup()
    {
        MarkovDecisionProcess process = StandardWorkloads.Create(Workload).Process();
        _perturbed = PerturbedProblems.InAll(process, Options.DefaultTemperature, Count);
        _rewards = PerturbedProblems.WithRewards(process, Options.DefaultTemperature, Count);
        _starts = PerturbedProblems.WithStarts(process, Count);
        _policy = CertifyMode.Solved(process, Options.DefaultTemperature, CertifyMode.DefaultTolerance, threads: 1).Policy;
    }

    /// <summary>Certified solutions.</summary>
    [Benchmark]
    public double Solutions() => _perturbed.Max(problem => new Auto { Tolerance = CertifyMode.DefaultTolerance }.Solve(problem).Certificate.HalfWidth);

    /// <summary>Values of one policy under many rewards.</summary>
    [Benchmark]
    public double Values() => _rewards.Max(problem => PolicyValue.Of(problem, _policy).Values.ErrorBound);

    /// <summary>Visitations of one policy from many starts.</summary>
    [Benchmark]
    public double Visitations() => _starts.Max(process => Visitation.Of(process, _policy).States.ErrorBound);
}
