using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The return of the soft-optimal policy, entropy left out, never rises with the temperature.</summary>
/// <remarks>
/// Proof by exchange: let pi and pi' be optimal at alpha &lt; alpha', with returns J, J' and discounted entropies H, H'. Then J + alpha H >= J' + alpha H' and
/// J' + alpha' H' >= J + alpha' H; the sum gives (alpha' - alpha) (H' - H) >= 0, so H' >= H, and the first J - J' >= alpha (H' - H) >= 0.
/// </remarks>
internal sealed class ReturnFallsWithTemperature : Statement
{
    public override string Id => "F13";

    public override string Title => "the return of the soft-optimal policy is no larger at twice the temperature";

    public override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.AtMost(Return(TwiceAsHot.Of(solved)), Return(solved.Candidate));

    /// <remarks>Two evaluations at temperature zero, of policies known up to the bounds of their logarithms.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution cold = literal.Candidate, hot = literal.Solve(literal.CandidateProblem with { Temperature = 2 * literal.Temperature });
        LiteralProblem<DoubleDouble> plain = literal.CandidateProblem with { Temperature = 0 };
        (DoubleDouble earned, double error) = literal.ObjectiveNear(plain, cold.LogPolicy, cold.LogPolicyError);
        (DoubleDouble earnedHot, double errorHot) = literal.ObjectiveNear(plain, hot.LogPolicy, hot.LogPolicyError);
        return Identity.Extended(earnedHot, earned, error + errorHot) with { Relation = Relation.AtMost };
    }

    private static CertifiedNumber Return(SoftSolution solution) =>
        RoundingOf.ObjectiveNear(PolicyValue.Of(new SoftProblem(solution.Problem.Mdp, 0), solution.Policy), solution.Certificate.LogPolicyRadius);
}
