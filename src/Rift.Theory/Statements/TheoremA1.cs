using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem A.1: J_ME(pi* | rhat) = E_d Vhat - alpha/(1 - gamma) Psi, for any comparison policy pi*.</summary>
internal sealed class TheoremA1 : Statement
{
    public override string Id => "A.1";

    public override string? Equation => null;

    public override string Title => "J_ME(pi*|rhat) = E_d Vhat - alpha/(1-gamma) Psi(pihat)";

    /// <remarks>The sum of the three certificates, and the rounding of the difference.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        CertifiedNumber achieved = Objective.MaximumEntropy(solved.Mdp, solved.Expert.Policy, solved.Temperature), divergence = DivergenceTerm(solved);
        CertifiedNumber best = RoundingOf.Objective(solved.Candidate);
        double bound = achieved.ErrorBound + divergence.ErrorBound + best.ErrorBound + (Rounding.Unit * (Math.Abs(best.Value) + Math.Abs(divergence.Value)));
        return Identity.Of(achieved.Value, best.Value - divergence.Value, Rounding.SecondOrder * bound);
    }

    /// <remarks>The statement holds for any V in place of Vhat, up to how far V misses its backup, summed over time: so errors of log pihat cancel. V^pi* has its bound. A residual of rho* counts once for each unit of Vhat - V^pi*, what the divergences add up to over time.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        BoundedSolution candidate = literal.Candidate;
        DoubleDouble[,] expert = literal.Expert.LogPolicy;
        (DoubleDouble[] value, double error) = literal.PolicyValue(problem, expert);
        DoubleDouble achieved = Literal.InitialExpectation(problem, value), best = Literal.InitialExpectation(problem, candidate.V), divergence = Literal.DivergenceTerm(problem, expert, candidate.LogPolicy);
        double lost = LiteralScenario.Size(value.Zip(candidate.V, (x, y) => x - y)), perState = literal.Temperature.High * literal.LargestLogRatio(expert, candidate.LogPolicy);
        double visitation = LiteralScenario.Elimination(literal.States, lost) + literal.Rounding(lost + perState);
        return Identity.Extended(achieved, best - divergence, error + candidate.ValueError + (literal.Horizon * visitation) + literal.Rounding(LiteralScenario.Size(value) + LiteralScenario.Size(candidate.V)));
    }

    /// <summary>alpha/(1 - gamma) Psi(pihat).</summary>
    internal static CertifiedNumber DivergenceTerm(SolvedScenario solved)
    {
        double factor = solved.Temperature / (1 - solved.Mdp.Discount);
        return new CertifiedNumber(factor * solved.Psi.Value, factor * (solved.Psi.ErrorBound + (4 * Rounding.Unit * Math.Abs(solved.Psi.Value))));
    }
}
