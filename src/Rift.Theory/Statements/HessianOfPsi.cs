using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F2: the Hessian of Psi, as a variance, as a product of matrices, by two linear solves, and by differences of the gradient.</summary>
internal sealed class HessianOfPsi : CompoundStatement
{
    private const int Samples = 3;

    public override string Id => "F2";

    public override string? Equation => null;

    public override string Title => "x' (Hess Psi) y = E_mu[A_x A_y]/alpha^2 = <x, dmu/dr y>/alpha; for x = y it is E_rho[Var Q_x]/alpha^2, the derivative of <x, grad Psi>";

    /// <remarks>
    /// The first two forms hold at any policy, so they are taken at the computed pihat and carry their bounds. So does the variance, taken with Q_x centred in each state: it errs by 2|Q_x| e + e^2 if
    /// Q_x errs by e. The difference quotient (g(t) - g(-t)) / 2t is an average of Psi'' over the step, which is off by at most t/2 max|Psi'''|; the noise of g over t is added, and t balances the
    /// two. If |log pihat| is off by e, mu moves by k/(1-gamma) in the 1-norm and A_x by 3k/(1-gamma)^2, with k = e^e - 1. The rounding of r + t x moves the
    /// gradient by at most that over alpha^2 (1-gamma) (fact F3).
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        PsiHessian hessian = new(mdp, solved.Candidate.Policy, solved.Temperature);
        StateActionTable[] directions = [Directions.Of(mdp, random)[0], .. Enumerable.Range(0, Samples - 1).Select(_ => Directions.Signs(mdp, random))];
        return directions.Zip([.. directions[1..], directions[0]], (x, y) => AsMatrix(hessian, x, y))
            .Concat(directions.Select(x => AsVariance(solved, hessian, x)))
            .Concat(directions.Select(x => AsDerivative(solved, hessian, x)));
    }

    /// <remarks>By dual numbers, with k the row drift of pihat and L the largest |log pihat'|, which carries its bound e. Left: mu' is at most 2L/(1-gamma) in the 1-norm; its solve rounds as one of that size, and it errs by 6 k L/(1-gamma)^2 + 2 e/(1-gamma). Right: a mean of products.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        IReadOnlyList<DoubleDouble[,]> directions = literal.Directions(random);
        BoundedSlope[] slopes = [.. directions.Select(x => new BoundedSlope(literal, x))];
        double alpha = literal.Temperature.High, horizon = literal.Horizon, drift = literal.Drift(literal.Candidate.LogPolicyError);
        return slopes.SelectMany((along, i) => slopes.Select((other, j) =>
        {
            Dual<DoubleDouble>[,] moving = Literal.Occupancy(along.Problem, along.Solution.LogPolicy);
            DoubleDouble derivative = literal.InnerProduct(directions[j], literal.Table((s, a) => moving[s, a].Derivative)) / literal.Temperature;
            DoubleDouble mean = literal.InnerProduct(literal.CandidateOccupancy, literal.Table((s, a) => along.LogPolicy[s, a] * other.LogPolicy[s, a]));
            double size = LiteralScenario.Size(along.LogPolicy), sizeOther = LiteralScenario.Size(other.LogPolicy);
            double solve = horizon * (LiteralScenario.Elimination(literal.States, 4 * horizon * size) + literal.Rounding(4 * horizon * size));
            double left = ((6 * horizon * horizon * along.RowDrift * size) + (2 * horizon * along.LogPolicyError) + solve) / alpha;
            double right = (size * sizeOther * (literal.VisitationError + drift + literal.Rounding(2))) + (size * other.LogPolicyError) + (along.LogPolicyError * sizeOther);
            return Identity.Extended(derivative, mean, left + right);
        }));
    }

    private static Identity AsMatrix(PsiHessian hessian, StateActionTable x, StateActionTable y)
    {
        CertifiedNumber product = hessian.Curvature(x, y);
        StateActionTable image = hessian.Apply(y);
        double sum = Rounding.Unit * (x.Entries.Length + 2) * image.Map(Math.Abs).Sum();
        return Identity.Of(product.Value, x.InnerProduct(image), Rounding.SecondOrder * (product.ErrorBound + hessian.ErrorBound(y) + sum));
    }

    private static Identity AsVariance(SolvedScenario solved, PsiHessian hessian, StateActionTable x)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Candidate.Policy;
        StateActionTable q = solved.Jacobian.Apply(x);
        CertifiedVector rho = solved.CandidateVisitation.States;
        double sum = 0, size = 0;
        for (int s = 0; s < mdp.States; s++)
        {
            double centre = Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(s, a)).Select(a => q[s, a]).First(), mean = 0, square = 0;
            for (int a = 0; a < mdp.Actions; a++)
            {
                double p = policy.Probability(s, a);
                if (p == 0) continue;
                double deviation = q[s, a] - centre;
                mean += p * deviation;
                square += p * deviation * deviation;
                size = Math.Max(size, Math.Abs(deviation));
            }

            sum += rho.Values[s] * (square - (mean * mean));
        }

        double scale = solved.Temperature * solved.Temperature, perState = (2 * RoundingOf.RowSumError(policy)) + (Rounding.Unit * (mdp.Actions + mdp.States + 8));
        double errorOfQ = solved.Jacobian.ErrorBound(x) + (Rounding.Unit * size), error = (size * size * (rho.ErrorBound + (4 * perState))) + (4 * errorOfQ * (size + errorOfQ));
        CertifiedNumber form = hessian.Curvature(x, x);
        return Identity.Of(form.Value, sum / scale, Rounding.SecondOrder * (form.ErrorBound + (error / scale)));
    }

    private static Identity AsDerivative(SolvedScenario solved, PsiHessian hessian, StateActionTable x)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double alpha = solved.Temperature, toPsi = (1 - mdp.Discount) / alpha, spread = CentralDifference.Spread(mdp, solved.Jacobian, x);
        double rewardRounding = Rounding.Unit * (mdp.Reward.MaxAbs() + 1) / (alpha * alpha * (1 - mdp.Discount)), noise = solved.GradientErrorBound + rewardRounding;
        (double most, double third) = CentralDifference.AlongReward(mdp, alpha, spread, noise);
        double step = Math.Min(most, Math.Sqrt(2 * noise / (toPsi * third)));
        (double above, double errorAbove) = Slope(solved, x, step);
        (double below, double errorBelow) = Slope(solved, x, -step);
        double measured = (Math.Max(errorAbove, errorBelow) + rewardRounding + (Rounding.Unit * Math.Abs(above))) / step;

        double drift = Math.Exp(solved.Candidate.Certificate.LogPolicyRadius) - 1, advantage = 2 * spread, moved = 3 * drift / (1 - mdp.Discount) / (1 - mdp.Discount);
        double exactness = ((advantage * advantage * drift / (1 - mdp.Discount)) + (moved * ((2 * advantage) + moved))) / alpha / alpha;
        CertifiedNumber curvature = hessian.Curvature(x, x);
        return Identity.Of((above - below) / (2 * step), curvature.Value, Rounding.SecondOrder * ((toPsi * third * step / 2) + measured + exactness + curvature.ErrorBound));
    }

    /// <summary>&lt;x, mu&gt; / alpha at r + t x: the part of &lt;x, grad Psi&gt; that moves.</summary>
    private static (double Value, double Error) Slope(SolvedScenario solved, StateActionTable x, double t)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        SoftSolution solution = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(mdp.Reward + (t * x)), solved.Temperature), solved.Candidate.Values);
        CertifiedNumber average = Visitation.Of(mdp, solution.Policy).Average(x);
        return (average.Value / solved.Temperature, (average.ErrorBound + RoundingOf.OccupancyDrift(mdp, solution.Certificate.LogPolicyRadius)) / solved.Temperature);
    }
}
