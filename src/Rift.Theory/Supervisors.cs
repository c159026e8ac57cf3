using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Intervention tables that the facts beyond the paper are tried on.</summary>
internal static class Supervisors
{
    /// <summary>Stops half of the pairs never, and the others with a random probability.</summary>
    internal static StateActionTable Random(MarkovDecisionProcess mdp, SplittableRandom random) =>
        StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsAvailable(s, a) && random.NextInt(2) == 0 ? random.NextDouble() : 0);

    /// <summary>The same, but never stops what an expert may do: its own rate of interventions is an exact zero.</summary>
    internal static StateActionTable SelfConsistent(MarkovDecisionProcess mdp, Policy expert, SplittableRandom random) =>
        Random(mdp, random).Zip(expert.LogProbabilities, (phi, logP) => logP == double.NegativeInfinity ? phi : 0);
}
