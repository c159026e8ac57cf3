using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(15): the reward is recovered from Q* alone, r = Q* - gamma E V* with V* the log-sum of Q*.</summary>
internal sealed class RewardOfQ : Statement
{
    public override string Id => "15";

    public override string Equation => "(13), (15)";

    public override string Title => "the bijection r -> Q* -> r";

    /// <remarks>Q errs by its radius, so its log-sum does too, and gamma E of that by gamma times as much, rows that exceed one by rounding aside; the rest is rounding.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        SoftSolution solution = solved.Expert;
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        double radius = solution.Certificate.QRadius, values = radius + Bijection.ValueRounding(solution.Problem, solution.Q);
        double size = RoundingOf.Largest(Bijection.ValuesOf(solution.Problem, solution.Q));
        double bound = radius + (mdp.Discount * values) + RoundingOf.Expectation(mdp, size, solution.Q.MaxAbs());
        return new Identity(
            RoundingOf.Available(mdp, Bijection.RewardOf(solution.Problem, solution.Q)), RoundingOf.Available(mdp, mdp.Reward), Rounding.SecondOrder * bound);
    }

    /// <remarks>The log-sum of Q is V up to what V misses its backup by.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution expert = literal.Expert;
        return Identity.Extended(literal.Available(Literal.RewardOfQ(expert.Problem, expert.Q)), literal.Available(expert.Problem.Reward), expert.BackupError + literal.Rounding(expert.Size));
    }
}
