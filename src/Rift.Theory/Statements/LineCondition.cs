using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F4: along eta -> RQL(pi0, -eta phi), Psi is convex, its slope is the difference of intervention rates, and the candidate's rate never rises.</summary>
internal sealed class LineCondition : CompoundStatement
{
    private static readonly double[] _steps = [0, 0.3, 1, 3];

    public override string Id => "F4";

    public override string? Equation => null;

    public override string Title => "f(eta) = Psi(RQL(pi0, -eta phi)) is convex with f' = -<phi, mu_eta - mu*>/alpha, and <phi, mu_eta> never rises";

    /// <remarks>
    /// For every two steps a and b, f(b) - f(a) lies between f'(a) (b - a) and f'(b) (b - a): this is convexity, and it pins f' down from both sides. It holds up to the bounds of
    /// both points, and so does that the rate never rises.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double alpha = solved.Temperature;
        StateActionTable phi = Supervisors.Random(mdp, random);
        CertifiedNumber expert = solved.Imitation.ExpertVisitation.Average(phi);
        List<LinePoint> points = [];
        foreach (double step in _steps) points.Add(LinePoint.At(solved.Imitation, solved.Scenario.Prior, phi, alpha, alpha * step, points.LastOrDefault()));
        return points.SelectMany((low, i) => points.Skip(i + 1).SelectMany(high =>
        {
            double width = (high.Step - low.Step) / alpha, change = high.Psi.Value - low.Psi.Value, rates = Math.Max(low.Rate.ErrorBound, high.Rate.ErrorBound) + expert.ErrorBound + (4 * Rounding.Unit);
            double least = width * (expert.Value - low.Rate.Value), most = width * (expert.Value - high.Rate.Value);
            double error = low.Psi.ErrorBound + high.Psi.ErrorBound + (width * rates) + (Rounding.Unit * (low.Psi.Value + high.Psi.Value));
            return new[]
            {
                new Identity([least, change], [change, most], Rounding.SecondOrder * error) with { Relation = Relation.AtMost },
                Identity.AtMost(high.Rate, low.Rate),
            };
        }));
    }

    /// <remarks>As in double, with the bounds of Psi and of the rates at both points; eta phi rounds like numbers that the backup adds up, over alpha and magnified by 2/(1 - gamma).</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        double alpha = literal.Temperature.High;
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), logExpert = literal.Expert.LogPolicy;
        (DoubleDouble expert, double expertError) = literal.Rate(phi, logExpert, 0);
        var points = _steps.Select(step =>
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.Table((s, a) => -step * literal.Temperature * phi[s, a]), literal.Temperature);
            double logError = tuned.LogPolicyError + (2 * literal.Horizon * literal.Rounding(tuned.Size) / alpha);
            return (Step: step, Psi: literal.Psi(logExpert, tuned.LogPolicy, logError), Rate: literal.Rate(phi, tuned.LogPolicy, logError));
        }).ToArray();
        return points.SelectMany((low, i) => points.Skip(i + 1).SelectMany(high =>
        {
            DoubleDouble width = (DoubleDouble)high.Step - low.Step, change = high.Psi.Value - low.Psi.Value;
            double rates = low.Rate.Error + high.Rate.Error, error = low.Psi.Error + high.Psi.Error + (width.High * (rates + expertError)) + literal.Rounding(low.Psi.Value.Magnitude + high.Psi.Value.Magnitude + width.High);
            return new[]
            {
                Identity.Extended(width * (expert - low.Rate.Value), change, error) with { Relation = Relation.AtMost },
                Identity.Extended(change, width * (expert - high.Rate.Value), error) with { Relation = Relation.AtMost },
                Identity.Extended(high.Rate.Value, low.Rate.Value, rates) with { Relation = Relation.AtMost },
            };
        }));
    }
}
