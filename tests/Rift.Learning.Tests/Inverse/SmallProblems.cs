namespace Rift.Learning.Tests;

/// <summary>Small processes with unknown parameters, and points of them.</summary>
internal static class SmallProblems
{
    internal static double[] Truth { get; } = [0.8, -0.5, 0.3];

    /// <summary>A random process with three random features.</summary>
    internal static LinearProcess Garnet(long seed, int states = 6, double discount = 0.9)
    {
        MarkovDecisionProcess frame = Models.Garnet.Create(states, 3, 2, seed, discount);
        SplittableRandom random = new(seed);
        return new LinearProcess(frame, [.. new[] { "a", "b", "c" }.Select(name => new RewardFeature(name, Table(frame, random)))]);
    }

    /// <summary>A process of which three outcomes are unknown beside two features.</summary>
    internal static LinearProcess Mixture(long seed, double discount = 0.9)
    {
        MarkovDecisionProcess[] kernels = [.. Enumerable.Range(0, 3).Select(j => Models.Garnet.Create(5, 2, 2, (10 * seed) + j, discount))];
        SplittableRandom random = new(seed);
        return new LinearProcess(
            kernels[0], [new("a", Table(kernels[0], random)), new("b", Table(kernels[0], random))], [.. kernels.Select((mdp, j) => new TransitionOutcome($"p{j}", mdp.Kernel))]);
    }

    /// <summary>Counts between 1 and 9 for every pair.</summary>
    internal static StateActionTable Counts(LinearProcess process, long seed)
    {
        SplittableRandom random = new(seed);
        return StateActionTable.Create(process.States, process.Actions, (_, _) => 1 + random.NextInt(9));
    }

    private static StateActionTable Table(MarkovDecisionProcess mdp, SplittableRandom random) => StateActionTable.Create(mdp.States, mdp.Actions, (_, _) => random.NextDouble(-1, 1));
}
