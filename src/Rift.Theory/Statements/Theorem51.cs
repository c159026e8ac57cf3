using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem 5.1, equation (10): the gradient of Psi with respect to the implicit reward is (mu^pihat - mu*) / alpha.</summary>
internal sealed class Theorem51 : CompoundStatement
{
    public override string Id => "5.1";

    public override string Equation => "(10)";

    public override string Title => "grad Psi = (mu^pihat - mu*) / alpha, against central differences of the re-solved problem";

    /// <remarks>
    /// Psi along r + t x differs from (1 - gamma)/alpha E_d V by an affine function (Theorem A.1), so its third derivative is bounded by that of V. The noise of Psi is
    /// its own bound, the certificate of pihat included, and the rounding of r + t x, to which Psi answers with at most 2/alpha.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double temperature = solved.Temperature, exactness = solved.GradientErrorBound, toPsi = (1 - mdp.Discount) / temperature;
        double rewardRounding = 2 / temperature * Rounding.Unit * (mdp.Reward.MaxAbs() + 1);
        return Directions.Of(mdp, random).Select(direction =>
        {
            double spread = CentralDifference.Spread(mdp, solved.Jacobian, direction);
            (double step, double third) = CentralDifference.AlongReward(mdp, temperature, spread, (solved.Psi.ErrorBound + rewardRounding) / toPsi);
            CertifiedNumber above = PsiAt(solved, direction, step), below = PsiAt(solved, direction, -step);
            double noise = Math.Max(above.ErrorBound, below.ErrorBound) + rewardRounding + (Rounding.Unit * Math.Abs(above.Value));
            return Identity.Of(
                (above.Value - below.Value) / (2 * step), direction.InnerProduct(solved.Gradient), CentralDifference.Bound(toPsi * third, noise, step) + exactness);
        });
    }

    /// <remarks>By dual numbers: nothing is truncated. Left: log pihat' with its bound, averaged over rho* with its own. Right: two occupancies, one of which drifts with log pihat, against entries of at most one.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        double alpha = literal.Temperature.High, right = (literal.Drift(literal.Candidate.LogPolicyError) + (2 * literal.VisitationError) + literal.Rounding(2)) / alpha;
        return literal.Directions(random).Select(direction =>
        {
            BoundedSlope slope = new(literal, direction);
            DoubleDouble derivative = Literal.Psi(slope.Problem, Literal.Constant(literal.Expert.LogPolicy), slope.Solution.LogPolicy).Derivative;
            double size = LiteralScenario.Size(slope.LogPolicy), left = slope.LogPolicyError + (size * literal.VisitationError) + literal.Rounding(size);
            return Identity.Extended(derivative, literal.InnerProduct(direction, literal.Gradient), left + right);
        });
    }

    private static CertifiedNumber PsiAt(SolvedScenario solved, StateActionTable direction, double step)
    {
        SoftProblem problem = new(solved.Mdp.WithReward(solved.Mdp.Reward + (step * direction)), solved.Temperature);
        SoftSolution solution = SolvedScenario.Solve(problem, solved.Candidate.Values);
        return solved.Imitation.Psi(solution.Policy, solution.Certificate.LogPolicyRadius);
    }
}
