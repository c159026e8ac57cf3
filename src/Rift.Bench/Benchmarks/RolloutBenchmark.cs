using BenchmarkDotNet.Attributes;
using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Bench;

/// <summary>Steps of episodes with e-stops on FrozenLake 8x8, one thread: summaries alone, and with all transitions kept.</summary>
[ShortRunJob]
[MemoryDiagnoser]
public class RolloutBenchmark
{
    // Episodes of the policy below take 57 steps on average, so the time of one operation is about that of a step.
    private const int Episodes = 10_000, StepsPerEpisode = 57;

    private Simulator _world = null!;
    private Policy _policy = null!;
    private EpisodeRules _rules = null!;

    /// <summary>The expert with a share of random actions, watched by the rule (11).</summary>
    [GlobalSetup]
    public void Setup()
    {
        Expert expert = Expert.Of(WorldCatalog.Create("frozenlake:8x8"));
        _world = new Simulator(expert.Mdp);
        _policy = Prior.Mixed(expert.Policy, 0.4, expert.Mdp.Kernel);
        _rules = new EpisodeRules { MostSteps = 200, Supervisor = new QGapStrategy(0.03).Supervise(expert, null, new SplittableRandom(1)), WhenStopped = StopResponse.IsNoted };
    }

    /// <summary>What became of the episodes.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Episodes * StepsPerEpisode)]
    public EpisodeSummary[] Summaries() => _world.Summarise(_policy, _rules, Episodes, new SplittableRandom(2));

    /// <summary>Every transition.</summary>
    [Benchmark(OperationsPerInvoke = Episodes * StepsPerEpisode)]
    public IReadOnlyList<Episode> Transitions() => _world.Collect(_policy, _rules, Episodes, new SplittableRandom(2));
}
