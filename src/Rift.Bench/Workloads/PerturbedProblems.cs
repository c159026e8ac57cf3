using Rift.Mdp;

namespace Rift.Bench;

/// <summary>Many problems on one kernel, each a seeded perturbation of the same one: what a weight sweep, an ensemble or a bootstrap solves.</summary>
/// <remarks>Problem k is the same however many there are.</remarks>
internal static class PerturbedProblems
{
    private const long Seed = 32;

    /// <summary>Problems whose rewards differ, by up to a tenth each way.</summary>
    internal static SoftProblem[] WithRewards(MarkovDecisionProcess process, double temperature, int count) =>
        Many(count, random => new SoftProblem(process.WithReward(Reward(process, random)), temperature));

    /// <summary>Problems whose rewards, temperatures (by up to a fifth each way) and base measures (by up to half a nat each way) differ.</summary>
    internal static SoftProblem[] InAll(MarkovDecisionProcess process, double temperature, int count) => Many(count, random =>
    {
        StateActionTable reward = Reward(process, random);
        StateActionTable logBase = StateActionTable.Create(process.States, process.Actions, (_, _) => random.NextDouble(-0.5, 0.5));
        return new SoftProblem(process.WithReward(reward), temperature * random.NextDouble(0.8, 1.2), logBase);
    });

    /// <summary>Processes whose initial distributions differ: uniform on the simplex.</summary>
    internal static MarkovDecisionProcess[] WithStarts(MarkovDecisionProcess process, int count) => Many(count, random => process.WithInitial(random.NextDistribution(process.States)));

    private static StateActionTable Reward(MarkovDecisionProcess process, SplittableRandom random) => process.Reward.Map(r => r + random.NextDouble(-0.1, 0.1));

    private static T[] Many<T>(int count, Func<SplittableRandom, T> problem) => [.. Enumerable.Range(0, count).Select(k => problem(SplittableRandom.Stream(Seed, k)))];
}
