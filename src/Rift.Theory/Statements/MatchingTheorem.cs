using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F6: with a supervisor that stops even the expert now and then, the best KL weight is the one at which the candidate is stopped as often as the expert.</summary>
internal sealed class MatchingTheorem : CompoundStatement
{
    private const double LargestStep = 500;
    private const int MostIterations = 40, MostPolishes = 4;

    // In double-double the search is in doubles until the rates agree as closely, and goes on from there.
    private const double Rough = 1e-12;

    public override string Id => "F6";

    public override string? Equation => null;

    public override string Title => "the omega with <phi, mu of RQL(pi0, -phi)> = <phi, mu*> minimises Psi(RQL(pi0, -phi)) over omega";

    /// <remarks>
    /// In eta = 1/omega at temperature 1. phi is taken so that the prior is stopped more often than the expert (else 1 - phi is), and the root is found by Newton steps that are kept inside a
    /// bracket, the slope of the rate being minus the curvature of Psi. By convexity Psi at a step e exceeds Psi at e' by at most the mismatch of the rates at e times |e - e'|; it is
    /// compared with Psi at other steps, up to that and to the bounds of both. If the rates do not meet below eta = 500, the last step must be the best.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Policy prior = solved.Scenario.Prior;
        Imitation imitation = solved.Imitation;
        StateActionTable phi = Supervisors.Random(solved.Mdp, random);
        if (phi.InnerProduct(Visitation.Of(solved.Mdp, prior).Pairs - imitation.ExpertVisitation.Pairs) < 0) phi = phi.Map(x => 1 - x);
        CertifiedNumber expert = imitation.ExpertVisitation.Average(phi);
        LinePoint PointAt(double step, LinePoint? near) => LinePoint.At(imitation, prior, phi, 1, step, near);
        double Slope(LinePoint point) => -new PsiHessian(imitation.Mdp, point.Solution.Policy, 1).Curvature(phi, phi).Value;
        LinePoint start = PointAt(0, null);
        LinePoint root = Match(start, PointAt, point => point.Step, point => point.Rate.Value - expert.Value, point => point.Rate.ErrorBound, Slope);
        double mismatch = Math.Abs(root.Rate.Value - expert.Value) + root.Rate.ErrorBound + expert.ErrorBound;
        bool open = root.Step >= LargestStep && root.Rate.Value > expert.Value;
        double[] others = open ? [root.Step / 2] : [root.Step / 2, (2 * root.Step) + 0.1];
        return others.Select(step => PointAt(step, root)).Append(start).Select(other =>
        {
            // While the candidate is stopped more often than the expert, a smaller step cannot be better: then the mismatch has nothing to excuse.
            double excused = open ? 0 : mismatch * Math.Abs(other.Step - root.Step);
            double error = excused + root.Psi.ErrorBound + other.Psi.ErrorBound;
            return Identity.Of(root.Psi.Value, other.Psi.Value, Rounding.SecondOrder * error) with { Relation = Relation.AtMost };
        });
    }

    /// <remarks>
    /// As in double, with the slope of the rate by dual numbers. eta phi rounds like numbers that the backup adds up, magnified by 2/(1 - gamma). The step itself is a double-double, or the
    /// rates would meet only as closely as doubles do.
    /// </remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), logExpert = literal.Expert.LogPolicy;
        DoubleDouble[,] prior = Literal.Occupancy(literal.CandidateProblem, literal.LogPrior);
        if (literal.InnerProduct(phi, prior) < literal.InnerProduct(phi, literal.ExpertOccupancy)) phi = Dense.Table(literal.States, literal.Actions, (s, a) => 1 - phi[s, a]);
        (DoubleDouble expert, double expertError) = literal.Rate(phi, logExpert, 0);
        LiteralPoint PointAt(DoubleDouble step) => LiteralPoint.At(literal, phi, step);
        double Surplus(LiteralPoint point) => (point.Rate.Value - expert).ToDouble();
        double Slope(LiteralPoint point) => point.Slope(literal, phi).ToDouble();
        LiteralPoint start = PointAt(0);
        LiteralPoint root = Match(start, (step, _) => PointAt(step), point => point.Step.High, Surplus, point => Math.Max(point.Rate.Error, Rough), Slope);
        bool open = root.Step.High >= LargestStep && Surplus(root) > 0;
        for (int i = 0; i < MostPolishes && !open && Math.Abs(Surplus(root)) > root.Rate.Error; i++)
        {
            LiteralPoint next = PointAt(root.Step - (Surplus(root) / Slope(root)));
            if (!(Math.Abs(Surplus(next)) < Math.Abs(Surplus(root)))) break;
            root = next;
        }

        double mismatch = Math.Abs(Surplus(root)) + root.Rate.Error + expertError;
        DoubleDouble[] others = open ? [root.Step * 0.5] : [root.Step * 0.5, (2 * root.Step) + 0.1];
        return others.Select(PointAt).Append(start).Select(other =>
        {
            double excused = open ? 0 : mismatch * (other.Step - root.Step).Magnitude;
            return Identity.Extended(root.Psi.Value, other.Psi.Value, excused + root.Psi.Error + other.Psi.Error) with { Relation = Relation.AtMost };
        });
    }

    /// <summary>
    /// The point at which the rates meet, as closely as they are known; that of the largest step where the candidate's rate is still the higher there. The surplus of the
    /// candidate's rate over the expert's never rises with the step.
    /// </summary>
    private static TPoint Match<TPoint>(
        TPoint start, Func<double, TPoint, TPoint> pointAt, Func<TPoint, double> stepOf, Func<TPoint, double> surplusOf, Func<TPoint, double> errorOf, Func<TPoint, double> slopeOf)
    {
        TPoint point = start;
        double low = 0, high = double.PositiveInfinity;
        for (int i = 0; i < MostIterations && Math.Abs(surplusOf(point)) > errorOf(point); i++)
        {
            double step = stepOf(point), surplus = surplusOf(point);
            if (surplus > 0 && step == LargestStep) break;
            if (surplus > 0) low = step;
            else high = step;
            double newton = step - (surplus / slopeOf(point));
            double next = newton > low && newton < high ? Math.Min(newton, LargestStep) : low == 0 ? high / 16 : Math.Sqrt(low * high);
            if (double.IsInfinity(next)) next = LargestStep;
            if (next == step) break;
            point = pointAt(next, point);
        }

        return point;
    }

    /// <summary>A point of the line on the literal path: Psi and the rate of interventions of RQL(pi0, -eta phi) at temperature 1, with their errors.</summary>
    private sealed record LiteralPoint(DoubleDouble Step, LiteralProblem<DoubleDouble> Problem, (DoubleDouble Value, double Error) Psi, (DoubleDouble Value, double Error) Rate)
    {
        internal static LiteralPoint At(LiteralScenario literal, DoubleDouble[,] phi, DoubleDouble step)
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.Table((s, a) => -step * phi[s, a]), 1);
            double logError = tuned.LogPolicyError + (2 * literal.Horizon * literal.Rounding(tuned.Size));
            return new LiteralPoint(step, tuned.Problem, literal.Psi(literal.Expert.LogPolicy, tuned.LogPolicy, logError), literal.Rate(phi, tuned.LogPolicy, logError));
        }

        /// <summary>The derivative of the rate with respect to the step.</summary>
        internal DoubleDouble Slope(LiteralScenario literal, DoubleDouble[,] phi)
        {
            LiteralProblem<Dual<DoubleDouble>> moving = Problem.Along(literal.Table((s, a) => -phi[s, a]));
            Dual<DoubleDouble>[,] occupancy = Literal.Occupancy(moving, Literal.Optimum(moving).LogPolicy);
            return literal.InnerProduct(phi, literal.Table((s, a) => occupancy[s, a].Derivative));
        }
    }
}
