using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(4): rho is the discounted sum of rho_t, and rho_t follows from rho_(t-1) by one step of the chain.</summary>
internal sealed class VisitationRecursion : Statement
{
    private const int Steps = 20;

    public override string Id => "4";

    public override string Equation => "(4)";

    public override string Title => "rho = (1-gamma) sum_t<n gamma^t rho_t + gamma^n (rho from rho_n)";

    /// <remarks>
    /// Both solves carry their bounds in the 1-norm. A step of the chain errs in the 1-norm by the row error of the chain and by one roundoff for each
    /// term of its sums, relative to a mass of one; t steps by t times that.
    /// </remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        DiscountedSolve solve = new(mdp, solved.Scenario.Policy);
        double[][] perStep = Visitation.PerStep(mdp, solved.Scenario.Policy, Steps + 1);
        double[] sum = new double[mdp.States];
        double weight = 1 - mdp.Discount;
        for (int t = 0; t < Steps; t++, weight *= mdp.Discount)
            for (int s = 0; s < sum.Length; s++) sum[s] += weight * perStep[t][s];
        CertifiedVector rest = solve.SolveTransposed(Array.ConvertAll(perStep[Steps], p => weight * p));
        for (int s = 0; s < sum.Length; s++) sum[s] += rest.Values[s];
        CertifiedVector whole = Visitation.Of(mdp, solved.Scenario.Policy, solve).States;
        double terms = ((double)mdp.States * mdp.Actions) + (3 * Steps) + 4;
        double step = solve.RowError + (Rounding.SecondOrder * Rounding.Unit * terms);
        return new Identity(sum, whole.Values, Rounding.SecondOrder * (whole.ErrorBound + rest.ErrorBound + (Steps * step)));
    }

    /// <remarks>Two solves with their bounds; the t-th step errs by t roundings of a mass of one.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        DoubleDouble[][] perStep = Literal.PerStep(problem, literal.LogPolicy, Steps + 1);
        DoubleDouble[] sum = new DoubleDouble[literal.States];
        DoubleDouble weight = 1;
        for (int t = 0; t < Steps; t++, weight *= literal.Discount)
            for (int s = 0; s < sum.Length; s++) sum[s] += weight * (1 - literal.Discount) * perStep[t][s];
        DoubleDouble[] rest = Literal.StateVisitation(problem with { Initial = perStep[Steps] }, literal.LogPolicy);
        return Identity.Extended(sum.Zip(rest, (x, y) => x + (weight * y)), Literal.StateVisitation(problem, literal.LogPolicy), (2 * literal.VisitationError) + literal.Rounding(2 * Steps));
    }
}
