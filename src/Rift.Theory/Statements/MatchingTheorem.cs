using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F6: with a supervisor that stops even the expert now and then, the best KL weight is the one at which the candidate is stopped as often as the expert.</summary>
internal sealed class MatchingTheorem : Statement
{
    private const double LargestStep = 500;
    private const int MostIterations = 40;

    public override string Id => "F6";

    public override string? Equation => null;

    public override string Title => "the omega with <phi, mu of RQL(pi0, -phi)> = <phi, mu*> minimises Psi(RQL(pi0, -phi)) over omega";

    /// <remarks>
    /// In eta = 1/omega at temperature 1. phi is taken so that the prior is stopped more often than the expert (else 1 - phi is), and the root is found by Newton steps that are kept inside a
    /// bracket, the slope of the rate being minus the curvature of Psi. By convexity Psi at a step e exceeds Psi at e' by at most the mismatch of the rates at e times |e - e'|; by how much it
    /// exceeds the best of other steps is compared with 0, up to that and to the bounds of both. If the rates do not meet below eta = 500, the last step must be the best.
    /// </remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Policy prior = solved.Scenario.Prior;
        Imitation imitation = solved.Imitation;
        StateActionTable phi = Supervisors.Random(solved.Mdp, random);
        if (phi.InnerProduct(Visitation.Of(solved.Mdp, prior).Pairs - imitation.ExpertVisitation.Pairs) < 0) phi = phi.Map(x => 1 - x);
        CertifiedNumber expert = imitation.ExpertVisitation.Average(phi);
        LinePoint PointAt(double step, LinePoint? near) => LinePoint.At(imitation, prior, phi, 1, step, near);
        LinePoint start = PointAt(0, null), root = Match(imitation.Mdp, phi, expert.Value, start, PointAt);
        double mismatch = Math.Abs(root.Rate.Value - expert.Value) + root.Rate.ErrorBound + expert.ErrorBound;
        bool open = root.Step >= LargestStep && root.Rate.Value > expert.Value;
        double[] others = open ? [root.Step / 2] : [root.Step / 2, (2 * root.Step) + 0.1];
        return Identity.Worst(others.Select(step => PointAt(step, root)).Append(start).Select(other =>
        {
            // While the candidate is stopped more often than the expert, a smaller step cannot be better: then the mismatch has nothing to excuse.
            double excused = open ? 0 : mismatch * Math.Abs(other.Step - root.Step);
            double error = excused + root.Psi.ErrorBound + other.Psi.ErrorBound;
            return Identity.Of(Math.Max(0, root.Psi.Value - other.Psi.Value), 0, Rounding.SecondOrder * error);
        }));
    }

    /// <summary>The step at which the rates meet, as closely as they are known; the largest step where the candidate's rate is still the higher there.</summary>
    private static LinePoint Match(MarkovDecisionProcess mdp, StateActionTable phi, double rate, LinePoint start, Func<double, LinePoint?, LinePoint> pointAt)
    {
        LinePoint point = start;
        double low = 0, high = double.PositiveInfinity;
        for (int i = 0; i < MostIterations && Math.Abs(point.Rate.Value - rate) > point.Rate.ErrorBound; i++)
        {
            bool above = point.Rate.Value > rate;
            if (above && point.Step == LargestStep) break;
            if (above) low = point.Step;
            else high = point.Step;
            double newton = point.Step + ((point.Rate.Value - rate) / new PsiHessian(mdp, point.Solution.Policy, 1).Curvature(phi, phi).Value);
            double next = newton > low && newton < high ? Math.Min(newton, LargestStep) : low == 0 ? high / 16 : Math.Sqrt(low * high);
            if (double.IsInfinity(next)) next = LargestStep;
            if (next == point.Step) break;
            point = pointAt(next, point);
        }

        return point;
    }
}
