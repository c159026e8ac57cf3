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
        StateActionTable phi = Supervisor(solved, random);
        CertifiedNumber expert = solved.Imitation.ExpertVisitation.Average(phi);
        LinePoint root = Meeting(solved, phi);
        double mismatch = Math.Abs(root.Rate.Value - expert.Value) + root.Rate.ErrorBound + expert.ErrorBound;
        bool open = root.Step >= LargestStep && root.Rate.Value > expert.Value;
        double[] others = open ? [0, root.Step / 2] : [0, root.Step / 2, (2 * root.Step) + 0.1];
        return others.Select(step =>
        {
            LinePoint other = LinePoint.At(solved.Imitation, solved.Scenario.Prior, phi, 1, step, root);
            // While the candidate is stopped more often than the expert, a smaller step cannot be better: then the mismatch has nothing to excuse.
            double excused = open ? 0 : mismatch * Math.Abs(step - root.Step);
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
        DoubleDouble[,] phi = Supervisor(literal, random);
        (DoubleDouble expert, double expertError) = literal.Rate(phi, literal.Expert.LogPolicy, 0);
        LiteralPoint root = Meeting(literal, phi);
        double surplus = (root.Rate.Value - expert).ToDouble(), mismatch = Math.Abs(surplus) + root.Rate.Error + expertError;
        bool open = root.Step.High >= LargestStep && surplus > 0;
        DoubleDouble[] others = open ? [0, root.Step * 0.5] : [0, root.Step * 0.5, (2 * root.Step) + 0.1];
        return others.Select(step =>
        {
            LiteralPoint other = LiteralPoint.At(literal, phi, step);
            double excused = open ? 0 : mismatch * (step - root.Step).Magnitude;
            return Identity.Extended(root.Psi.Value, other.Psi.Value, excused + root.Psi.Error + other.Psi.Error) with { Relation = Relation.AtMost };
        });
    }

    /// <summary>A supervisor that stops the prior more often than the expert.</summary>
    internal static StateActionTable Supervisor(SolvedScenario solved, SplittableRandom random)
    {
        StateActionTable phi = Supervisors.Random(solved.Mdp, random);
        return phi.InnerProduct(Visitation.Of(solved.Mdp, solved.Scenario.Prior).Pairs - solved.Imitation.ExpertVisitation.Pairs) < 0 ? phi.Map(x => 1 - x) : phi;
    }

    /// <summary>The same on the literal path.</summary>
    internal static DoubleDouble[,] Supervisor(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), prior = Literal.Occupancy(literal.CandidateProblem, literal.LogPrior);
        return literal.InnerProduct(phi, prior) < literal.InnerProduct(phi, literal.ExpertOccupancy) ? literal.Table((s, a) => 1 - phi[s, a]) : phi;
    }

    /// <summary>The point at which the rates of candidate and expert meet.</summary>
    internal static LinePoint Meeting(SolvedScenario solved, StateActionTable phi)
    {
        double expert = solved.Imitation.ExpertVisitation.Average(phi).Value;
        LinePoint PointAt(double step, LinePoint? near) => LinePoint.At(solved.Imitation, solved.Scenario.Prior, phi, 1, step, near);
        double Slope(LinePoint point) => -new PsiHessian(solved.Mdp, point.Solution.Policy, 1).Curvature(phi, phi).Value;
        return Match(PointAt(0, null), PointAt, point => point.Step, point => point.Rate.Value - expert, point => point.Rate.ErrorBound, Slope);
    }

    /// <summary>The same on the literal path.</summary>
    internal static LiteralPoint Meeting(LiteralScenario literal, DoubleDouble[,] phi)
    {
        DoubleDouble expert = literal.Rate(phi, literal.Expert.LogPolicy, 0).Value;
        LiteralPoint PointAt(DoubleDouble step) => LiteralPoint.At(literal, phi, step);
        double Surplus(LiteralPoint point) => (point.Rate.Value - expert).ToDouble();
        double Slope(LiteralPoint point) => point.Slope(literal, phi).ToDouble();
        LiteralPoint root = Match(PointAt(0), (step, _) => PointAt(step), point => point.Step.High, Surplus, point => Math.Max(point.Rate.Error, Rough), Slope);
        for (int i = 0; i < MostPolishes && root.Step.High < LargestStep && Math.Abs(Surplus(root)) > root.Rate.Error; i++)
        {
            LiteralPoint next = PointAt(root.Step - (Surplus(root) / Slope(root)));
            if (!(Math.Abs(Surplus(next)) < Math.Abs(Surplus(root)))) break;
            root = next;
        }

        return root;
    }

    /// <summary>
    /// The point at which the rates meet, as closely as they are known; that of the largest step where the candidate's rate is still the higher there. The surplus of the
    /// candidate's rate over the expert's never rises with the step.
    /// </summary>
    internal static TPoint Match<TPoint>(
        TPoint start, Func<double, TPoint, TPoint> pointAt, Func<TPoint, double> stepOf, Func<TPoint, double> surplusOf, Func<TPoint, double> errorOf, Func<TPoint, double> slopeOf)
    {
        TPoint point = start;
        double low = 0, high = double.PositiveInfinity;
        for (int i = 0; i < MostIterations && Math.Abs(surplusOf(point)) > errorOf(point); i++)
        {
            double step = stepOf(point), surplus = surplusOf(point);
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
    internal sealed record LiteralPoint(DoubleDouble Step, LiteralProblem<DoubleDouble> Problem, (DoubleDouble Value, double Error) Psi, (DoubleDouble Value, double Error) Rate)
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
