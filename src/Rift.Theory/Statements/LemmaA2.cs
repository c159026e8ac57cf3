using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Lemma A.2: the gradient of Psi with respect to Qhat is rho*(s) (pihat(a|s) - pi*(a|s)) / alpha.</summary>
internal sealed class LemmaA2 : CompoundStatement
{
    public override string Id => "A.2";

    public override string? Equation => null;

    public override string Title => "dPsi/dQhat(s,a) = rho*(s) (pihat(a|s) - pi*(a|s)) / alpha, against central differences";

    /// <remarks>
    /// Along Q + t x, Psi is the rho*-average of log-sums over alpha plus an affine function: its third derivative is at most that of a log-sum, over alpha. The noise is that of
    /// Psi at a policy known up to the rounding of its log-probabilities, and the rounding of Q + t x.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        SoftProblem problem = solved.Scenario.Candidate;
        StateActionTable q = solved.Candidate.Q, gradient = solved.Imitation.GradientInQ(solved.Candidate.Policy, solved.Temperature);
        double third = CentralDifference.ThirdDerivativeOfLogSum(solved.Temperature) / solved.Temperature;
        double policyRounding = Bijection.LogPolicyRounding(problem, q) * Rounding.SecondOrder;
        double shiftRounding = 2 / solved.Temperature * Rounding.Unit * (q.MaxAbs() + 1);
        CertifiedNumber PsiAt(StateActionTable shifted) => solved.Imitation.Psi(Bijection.PolicyOf(problem, shifted), policyRounding);
        double step = CentralDifference.Step(third, PsiAt(q).ErrorBound + shiftRounding);

        // The gradient itself: rho* carries its bound in the 1-norm, and pihat is the policy of exactly this Q up to the rounding of its logarithm.
        double exactness = ((2 * solved.Imitation.ExpertVisitation.States.ErrorBound) + policyRounding + (Rounding.Unit * ((mdp.States * mdp.Actions) + 8))) / solved.Temperature;
        return Directions.Of(mdp, random).Select(direction =>
        {
            CertifiedNumber above = PsiAt(q + (step * direction)), below = PsiAt(q - (step * direction));
            double noise = Math.Max(above.ErrorBound, below.ErrorBound) + shiftRounding + (Rounding.Unit * Math.Abs(above.Value));
            return Identity.Of(
                (above.Value - below.Value) / (2 * step), direction.InnerProduct(gradient), Rounding.SecondOrder * (CentralDifference.Bound(third, noise, step) + exactness));
        });
    }

    /// <remarks>By dual numbers at a fixed Q, the same rho* on both sides: the rows of pihat drift with the rounding of Q/alpha, and what is added up is of size one over alpha.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<Dual<DoubleDouble>> problem = literal.CandidateProblem.Map(x => new Dual<DoubleDouble>(x, 0));
        BoundedSolution candidate = literal.Candidate;
        double alpha = literal.Temperature.High, bound = ((2 * LiteralScenario.RowDrift(2 * literal.Rounding(candidate.Size) / alpha)) + literal.Rounding(8)) / alpha;
        DoubleDouble[,] gradient = literal.Table((s, a) =>
            literal.ExpertVisitation[s] * (DoubleDouble.Exp(candidate.LogPolicy[s, a]) - DoubleDouble.Exp(literal.Expert.LogPolicy[s, a])) / literal.Temperature);
        return literal.Directions(random).Select(direction =>
        {
            Dual<DoubleDouble>[,] moving = Dense.Table(literal.States, literal.Actions, (s, a) => new Dual<DoubleDouble>(candidate.Q[s, a], direction[s, a]));
            DoubleDouble derivative = Literal.Psi(problem, Literal.Constant(literal.Expert.LogPolicy), Literal.LogPolicy(problem, moving)).Derivative;
            return Identity.Extended(derivative, literal.InnerProduct(direction, gradient), bound);
        });
    }
}
