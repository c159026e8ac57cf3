using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(12), (16): Q* = alpha log pi* + V*.</summary>
internal sealed class QOfPolicy : Statement
{
    public override string Id => "16";

    public override string Equation => "(12), (16)";

    public override string Title => "the bijection Q* <-> (pi*, V*): Q* = alpha log pi* + V*";

    /// <remarks>log pi, V and Q carry their certificates; three roundings join them.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        SoftSolution solution = solved.Expert;
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        double log = solved.Temperature * RoundingOf.LargestLog(mdp, solution.Policy), value = RoundingOf.Largest(solution.Values.ToArray());
        double bound = solution.Certificate.HalfWidth + solution.Certificate.QRadius + (solved.Temperature * solution.Certificate.LogPolicyRadius)
            + (Rounding.Unit * ((3 * log) + value));
        return new Identity(
            RoundingOf.Available(mdp, Bijection.QOf(solution.Problem, solution.Policy, solution.Values)), RoundingOf.Available(mdp, solution.Q), Rounding.SecondOrder * bound);
    }

    /// <remarks>log pi comes from the log-sum of Q, which is V up to what V misses its backup by.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution expert = literal.Expert;
        return Identity.Extended(literal.Available(Literal.QOfPolicy(expert.Problem, expert.LogPolicy, expert.V)), literal.Available(expert.Q), expert.BackupError + literal.Rounding(expert.Size));
    }
}
