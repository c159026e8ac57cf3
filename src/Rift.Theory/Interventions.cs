using Rift.Mdp;

namespace Rift.Theory;

/// <summary>What makes a residual reward the cost of interventions.</summary>
public static class Interventions
{
    /// <summary>Whether minus a residual reward is a table of intervention probabilities: every entry from -1 to 0.</summary>
    /// <param name="residualReward">The residual reward r_R, S x A.</param>
    public static bool AreProbabilities(StateActionTable residualReward)
    {
        ArgumentNullException.ThrowIfNull(residualReward);
        return residualReward.Entries.ToArray().All(x => x is >= -1 and <= 0);
    }
}
