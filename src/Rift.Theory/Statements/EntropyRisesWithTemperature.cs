using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The discounted entropy of the soft-optimal policy never falls with the temperature. Proof: see <see cref="ReturnFallsWithTemperature"/>.</summary>
internal sealed class EntropyRisesWithTemperature : Statement
{
    public override string Id => "F14";

    public override string Title => "the discounted entropy of the soft-optimal policy is no smaller at twice the temperature";

    public override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.AtMost(Entropy(solved.Candidate), Entropy(TwiceAsHot.Of(solved)));

    private static CertifiedNumber Entropy(SoftSolution solution)
    {
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        SoftProblem entropy = new(mdp.WithReward(StateActionTable.Constant(mdp.States, mdp.Actions, 0)), 1);
        return RoundingOf.ObjectiveNear(PolicyValue.Of(entropy, solution.Policy), solution.Certificate.LogPolicyRadius);
    }
}
