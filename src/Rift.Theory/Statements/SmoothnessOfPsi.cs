using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F3: the sharp curvature bound, and what it proves about a step before it is taken.</summary>
internal sealed class SmoothnessOfPsi : CompoundStatement
{
    public override string Id => "F3";

    public override string? Equation => null;

    public override string Title => "E_mu[A_h^2] <= E_mu[h^2]/(1-gamma), so -eta Delta/alpha <= Psi(r - eta phi) - Psi(r) <= -eta Delta/alpha + eta^2/(8 alpha^2 (1-gamma))";

    /// <remarks>
    /// Two inequalities. The left side of the first carries the bound of the curvature at temperature 1; the right errs by the
    /// 1-norm error of mu. The second carries the bounds of both Psi and, in Delta, those of the occupancies with the drift of pihat; Psi answers to the rounding of r - eta phi with at most 2/alpha.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double alpha = solved.Temperature;
        StateActionTable phi = Supervisors.Random(mdp, random);
        StepCertificate certificate = StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi, alpha);
        double[] steps = [Math.Max(certificate.BestStep, 0.01 * alpha), alpha * Math.Pow(10, random.NextDouble(-2, 1))];
        double drift = RoundingOf.OccupancyDrift(mdp, solved.Candidate.Certificate.LogPolicyRadius);
        Policy[] policies = [solved.Candidate.Policy, solved.Scenario.Policy];
        IEnumerable<Identity> curvature = new[] { Directions.Signs(mdp, random), phi }.SelectMany(h => policies.Select(policy => Curvature(mdp, policy, h)));
        return curvature.Concat(steps.Select(step =>
        {
            SoftSolution moved = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(mdp.Reward - (step * phi)), alpha), solved.Candidate.Values);
            CertifiedNumber psi = solved.Imitation.Psi(moved.Policy, moved.Certificate.LogPolicyRadius);
            double change = psi.Value - solved.Psi.Value, least = certificate.SmallestChange(step), most = certificate.LargestChange(step);
            double rounding = Rounding.Unit * ((2 * (mdp.Reward.MaxAbs() + (2 * step)) / alpha) + (8 * step / alpha) + Math.Abs(psi.Value) + (4 * Math.Abs(most)));
            return new Identity([least, change], [change, most], Rounding.SecondOrder * (psi.ErrorBound + solved.Psi.ErrorBound + (step / alpha * drift) + rounding)) with { Relation = Relation.AtMost };
        }));
    }

    /// <remarks>A_phi = alpha log pihat' along phi, with the bound of the slope; both Psi and both rates carry theirs, and the rounding of r - eta phi acts on Psi with at most 2/alpha.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random));
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        double alpha = literal.Temperature.High;
        (DoubleDouble rate, double rateError) = literal.Rate(phi, literal.Candidate.LogPolicy, literal.Candidate.LogPolicyError);
        (DoubleDouble expertRate, double expertError) = literal.Rate(phi, literal.Expert.LogPolicy, 0);
        (DoubleDouble psi, double psiError) = literal.Psi(literal.Expert.LogPolicy, literal.Candidate.LogPolicy, literal.Candidate.LogPolicyError);
        double[] trials = [Math.Max(4 * alpha * (1 - literal.Discount).High * (rate - expertRate).High, 0.01 * alpha), alpha * Math.Pow(10, random.NextDouble(-2, 1))];
        return trials.Select(step =>
        {
            BoundedSolution moved = literal.Solve(problem with { Reward = literal.Table((s, a) => problem.Reward[s, a] - (step * phi[s, a])) });
            (DoubleDouble psiMoved, double movedError) = literal.Psi(literal.Expert.LogPolicy, moved.LogPolicy, moved.LogPolicyError);
            DoubleDouble perAlpha = step / literal.Temperature, change = psiMoved - psi, least = -perAlpha * (rate - expertRate), most = least + (perAlpha * perAlpha / (8 * (1 - literal.Discount)));
            double error = psiError + movedError + (step / alpha * (rateError + expertError)) + literal.Rounding((2 * moved.Size / alpha) + psi.Magnitude + psiMoved.Magnitude + (2 * most.Magnitude));
            return Identity.Extended([least, change], [change, most], error) with { Relation = Relation.AtMost };
        }).Prepend(CurvatureExtended(literal, phi));
    }

    private static Identity Curvature(MarkovDecisionProcess mdp, Policy policy, StateActionTable h)
    {
        CertifiedNumber left = new PsiHessian(mdp, policy, 1).Curvature(h, h), square = Visitation.Of(mdp, policy).Average(h.Map(x => x * x));
        double horizon = 1 / (1 - mdp.Discount), right = horizon * square.Value;
        return Identity.AtMost(left, new CertifiedNumber(right, Rounding.SecondOrder * ((horizon * square.ErrorBound) + (4 * Rounding.Unit * right))));
    }

    private static Identity CurvatureExtended(LiteralScenario literal, DoubleDouble[,] h)
    {
        BoundedSlope slope = new(literal, h);
        DoubleDouble left = literal.InnerProduct(literal.CandidateOccupancy, literal.Table((s, a) => slope.LogPolicy[s, a] * slope.LogPolicy[s, a])) * literal.Temperature * literal.Temperature;
        DoubleDouble right = literal.InnerProduct(literal.CandidateOccupancy, literal.Table((s, a) => h[s, a] * h[s, a])) / (1 - literal.Discount);
        double advantage = literal.Temperature.High * LiteralScenario.Size(slope.LogPolicy), error = literal.Temperature.High * slope.LogPolicyError;
        double occupancy = literal.VisitationError + literal.Drift(literal.Candidate.LogPolicyError) + literal.Rounding(2);
        return Identity.Extended(left, right, (occupancy * ((advantage * advantage) + literal.Horizon)) + (error * ((2 * advantage) + error))) with { Relation = Relation.AtMost };
    }
}
