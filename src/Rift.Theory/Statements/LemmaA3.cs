using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Lemma A.3, (56), (58): dQhat/dr = J = (I - gamma W)^-1.</summary>
internal sealed class LemmaA3 : CompoundStatement
{
    public override string Id => "A.3";

    public override string Equation => "(56), (58)";

    public override string Title => "dQhat/drhat = J = (I - gamma W)^-1, against central differences of the re-solved problem";

    /// <remarks>
    /// Q''' = gamma E V''', bounded by the third derivative of V. The noise is the certificate of Q and the rounding of r + t x, which reaches Q magnified by 1/(1 - gamma).
    /// J is taken at the computed pihat: if |log pihat| is off by e, J x is off by at most (e^e - 1) / (1 - gamma)^2.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double rewardRounding = Rounding.Unit * (mdp.Reward.MaxAbs() + 1) / (1 - mdp.Discount);
        double exactness = (Math.Exp(solved.Candidate.Certificate.LogPolicyRadius) - 1) / (1 - mdp.Discount) / (1 - mdp.Discount);
        return Directions.Of(mdp, random).Select(direction =>
        {
            StateActionTable image = solved.Jacobian.Apply(direction);
            double spread = CentralDifference.Spread(mdp, solved.Jacobian, direction);
            (double step, double third) = CentralDifference.AlongReward(mdp, solved.Temperature, spread, solved.Candidate.Certificate.QRadius + rewardRounding);
            SoftSolution above = At(solved, direction, step), below = At(solved, direction, -step);
            double noise = Math.Max(above.Certificate.QRadius, below.Certificate.QRadius) + rewardRounding + (Rounding.Unit * above.Q.MaxAbs());
            double bound = CentralDifference.Bound(third, noise, step);
            return new Identity(
                RoundingOf.Available(mdp, (above.Q - below.Q) / (2 * step)), RoundingOf.Available(mdp, image),
                Rounding.SecondOrder * (bound + exactness + solved.Jacobian.ErrorBound(direction)));
        });
    }

    /// <remarks>By dual numbers: nothing is truncated. Q' carries its bound; J x too, and answers to the row drift of pihat with at most |J x|/(1 - gamma).</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        return literal.Directions(random).Select(direction =>
        {
            BoundedSlope slope = new(literal, direction);
            (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
            return Identity.Extended(literal.Available(slope.Q), literal.Available(image), slope.QError + error + (LiteralScenario.Size(image) * literal.Drift(literal.Candidate.LogPolicyError)));
        });
    }

    private static SoftSolution At(SolvedScenario solved, StateActionTable direction, double step) =>
        SolvedScenario.Solve(new SoftProblem(solved.Mdp.WithReward(solved.Mdp.Reward + (step * direction)), solved.Temperature), solved.Candidate.Values);
}
