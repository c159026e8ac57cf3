using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(64), (69): the gradient with respect to the reward is J transposed times the gradient with respect to Qhat, and the visitation difference is what comes out.</summary>
internal sealed class ChainRule : CompoundStatement
{
    public override string Id => "69";

    public override string Equation => "(64), (69)";

    public override string Title => "<x, grad_r Psi> = <J x, grad_Q Psi>: from Lemmas A.2 and A.3 to Theorem 5.1";

    /// <remarks>
    /// Holds at any policy pihat, so both sides are taken at the computed one. Left: the occupancies carry bounds in the 1-norm. Right: grad_Q has a 1-norm of at most
    /// 2/alpha and errs by the bound of rho*; J x carries its own bound.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double alpha = solved.Temperature;
        StateActionTable inQ = solved.Imitation.GradientInQ(solved.Candidate.Policy, alpha);
        double occupancies = solved.CandidateVisitation.PairsErrorBound + solved.Imitation.ExpertVisitation.PairsErrorBound;
        double terms = ((double)mdp.States * mdp.Actions) + 8 + RoundingOf.LargestLog(mdp, solved.Candidate.Policy) + RoundingOf.LargestLog(mdp, solved.Expert.Policy);
        return Directions.Of(mdp, random).Select(direction =>
        {
            StateActionTable image = solved.Jacobian.Apply(direction);
            double left = (occupancies + (Rounding.Unit * 2 * terms)) / alpha;
            double right = ((2 * solved.Jacobian.ErrorBound(direction)) + (image.MaxAbs() * ((2 * solved.Imitation.ExpertVisitation.States.ErrorBound) + (Rounding.Unit * 2 * terms)))) / alpha;
            return Identity.Of(direction.InnerProduct(solved.Gradient), image.InnerProduct(inQ), Rounding.SecondOrder * (left + right));
        });
    }

    /// <remarks>Both sides at pihat as it was computed. Left: two occupancies. Right: J x with its bound and rho* with its own, against a 1-norm of at most 2/alpha.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        double alpha = literal.Temperature.High;
        DoubleDouble[,] inQ = literal.Table((s, a) =>
            literal.ExpertVisitation[s] * (DoubleDouble.Exp(literal.Candidate.LogPolicy[s, a]) - DoubleDouble.Exp(literal.Expert.LogPolicy[s, a])) / literal.Temperature);
        return literal.Directions(random).Select(direction =>
        {
            (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
            double size = LiteralScenario.Size(image), bound = (2 * literal.VisitationError) + literal.Rounding(2) + (2 * error) + (2 * size * (literal.VisitationError + literal.Rounding(1)));
            return Identity.Extended(literal.InnerProduct(direction, literal.Gradient), literal.InnerProduct(image, inQ), bound / alpha);
        });
    }
}
