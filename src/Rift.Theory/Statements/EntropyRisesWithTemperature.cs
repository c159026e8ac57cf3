using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The discounted entropy of the soft-optimal policy never falls with the temperature. Proof: see <see cref="ReturnFallsWithTemperature"/>.</summary>
internal sealed class EntropyRisesWithTemperature : Statement
{
    public override string Id => "F14";

    public override string Title => "the discounted entropy of the soft-optimal policy is no smaller at twice the temperature";

    public override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.AtMost(Entropy(solved.Candidate), Entropy(TwiceAsHot.Of(solved)));

    /// <remarks>Two evaluations at reward zero and temperature one, of policies known up to the bounds of their logarithms.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution cold = literal.Candidate, hot = literal.Solve(literal.CandidateProblem with { Temperature = 2 * literal.Temperature });
        LiteralProblem<DoubleDouble> entropy = literal.CandidateProblem with { Temperature = 1, Reward = new DoubleDouble[literal.States, literal.Actions] };
        (DoubleDouble discounted, double error) = literal.ObjectiveNear(entropy, cold.LogPolicy, cold.LogPolicyError);
        (DoubleDouble discountedHot, double errorHot) = literal.ObjectiveNear(entropy, hot.LogPolicy, hot.LogPolicyError);
        return Identity.Extended(discounted, discountedHot, error + errorHot) with { Relation = Relation.AtMost };
    }

    private static CertifiedNumber Entropy(SoftSolution solution)
    {
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        SoftProblem entropy = new(mdp.WithReward(StateActionTable.Constant(mdp.States, mdp.Actions, 0)), 1);
        return RoundingOf.ObjectiveNear(PolicyValue.Of(entropy, solution.Policy), solution.Certificate.LogPolicyRadius);
    }
}
