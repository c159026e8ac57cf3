using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(13), (14): V*(s) = alpha log sum_a exp(Q*(s,a)/alpha) at the fixed point.</summary>
internal sealed class SoftBellmanEquations : Statement
{
    public override string Id => "13";

    public override string Equation => "(13), (14)";

    public override string Title => "V* = alpha log sum exp(Q*/alpha), Q* = r + gamma E V*";

    /// <remarks>V is within the half-width of V*, Q within its radius of Q*; the log-sum moves by no more than Q and adds its own rounding.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        SoftSolution solution = solved.Expert;
        double bound = solution.Certificate.HalfWidth + solution.Certificate.QRadius + Bijection.ValueRounding(solution.Problem, solution.Q);
        return new Identity(solution.Values.ToArray(), Bijection.ValuesOf(solution.Problem, solution.Q), Rounding.SecondOrder * bound);
    }

    /// <remarks>Newton's method ends where V misses its backup by no more than the rounding of the backup and of the step.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution expert = literal.Expert;
        return Identity.Extended(expert.V, Literal.V(expert.Problem, expert.Q), literal.Rounding(2 * expert.Size));
    }
}
