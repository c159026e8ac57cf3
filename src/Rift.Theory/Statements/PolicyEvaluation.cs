using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(2), (3): V^pi(s) = sum_a pi(a|s) (Q^pi(s,a) - alpha log pi(a|s)) with Q^pi = r + gamma E V^pi.</summary>
internal sealed class PolicyEvaluation : Statement
{
    public override string Id => "3";

    public override string Equation => "(2), (3)";

    public override string Title => "V^pi is the policy's average of Q^pi plus its entropy";

    /// <remarks>
    /// V comes from the linear solve, with its bound e. The right side is made from it: it errs by gamma e, by the rounding of Q, and by that of the average, one
    /// roundoff for each operation on a term and |log pi| + 1 for its probability.
    /// </remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Scenario.Policy;
        PolicyValue value = PolicyValue.Of(solved.Scenario.Candidate, policy);
        double[] right = new double[mdp.States];
        double rounding = 0;
        for (int s = 0; s < mdp.States; s++)
        {
            double error = 0;
            for (int a = 0; a < mdp.Actions; a++)
            {
                double p = policy.Probability(s, a);
                if (p == 0) continue;
                double bonus = solved.Temperature * policy.LogProbability(s, a);
                right[s] += p * (value.Q[s, a] - bonus);
                error += p * (Math.Abs(value.Q[s, a]) + Math.Abs(bonus)) * (mdp.Actions + 4 + Math.Abs(policy.LogProbability(s, a)));
            }

            rounding = Math.Max(rounding, error);
        }

        double size = RoundingOf.Largest(value.Values.Values);
        double bound = ((1 + mdp.Discount) * value.Values.ErrorBound) + RoundingOf.Expectation(mdp, size, mdp.Reward.MaxAbs()) + (Rounding.Unit * rounding);
        return new Identity(value.Values.Values, right, Rounding.SecondOrder * bound);
    }

    /// <remarks>V solves the equation up to the residual of the elimination.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        DoubleDouble[] value = Literal.PolicyV(problem, literal.LogPolicy), right = Literal.AverageQ(problem, literal.LogPolicy, Literal.Q(problem, value));
        double rounding = LiteralScenario.Elimination(literal.States, LiteralScenario.Size(value)) + literal.Rounding(LiteralScenario.EvaluationSize(problem, literal.LogPolicy, value));
        return Identity.Extended(value, right, rounding);
    }
}
