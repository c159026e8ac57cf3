using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(1): the objective as it is written, a sum over time, is the expected value E_d V^pi.</summary>
internal sealed class DiscountedReturn : Statement
{
    private const int MostSteps = 4000, StepsExtended = 20;

    public override string Id => "1";

    public override string Equation => "(1)";

    public override string Title => "J_ME(pi) = sum_t gamma^t E_rho_t[r + alpha H(pi)] = E_d V^pi";

    /// <remarks>
    /// Let c be what a step pays on average in each state, between l and h. The sum is cut after n steps, when (h - l) gamma^n / (1 - gamma) falls below the rounding, or after
    /// 4000; the rest lies between l gamma^n / (1 - gamma) and h gamma^n / (1 - gamma), and the middle is added. rho_t errs in the 1-norm by t times the error of a step, and
    /// sum t gamma^t is at most 1/(1 - gamma)^2; the sums of n and of S terms add one roundoff each.
    /// </remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Scenario.Policy;
        CertifiedNumber value = Objective.MaximumEntropy(mdp, policy, solved.Temperature);
        (double[] earned, double earnedError) = Earned(solved, policy);
        double least = earned.Min(), most = earned.Max(), size = RoundingOf.Largest(earned), horizon = 1 / (1 - mdp.Discount);
        int steps = StepsUntil(mdp.Discount, most > least ? Rounding.Unit * size / (most - least) : 1);
        double sum = 0, weight = 1;
        foreach (double[] visited in Visitation.PerStep(mdp, policy, steps))
        {
            for (int s = 0; s < visited.Length; s++) sum += weight * visited[s] * earned[s];
            weight *= mdp.Discount;
        }

        double middle = weight * horizon * ((least + most) / 2), cut = weight * horizon * ((most - least) / 2);
        double step = new DiscountedSolve(mdp, policy).RowError + (Rounding.Unit * (((double)mdp.States * mdp.Actions) + 4));
        double bound = cut + (horizon * earnedError) + (size * horizon * ((horizon * (step + Rounding.Unit)) + (Rounding.Unit * (steps + mdp.States + 8))));
        return Identity.Of(sum + middle, value.Value, Rounding.SecondOrder * (bound + value.ErrorBound));
    }

    /// <remarks>The sum up to a step, and from there by the occupancy of the chain that starts where it ended: t steps err by t roundings of a mass of one, against what a step pays at most.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> problem = literal.CandidateProblem;
        (DoubleDouble value, double error) = literal.Objective(problem, literal.LogPolicy);
        DoubleDouble[] earned = Literal.AverageQ(problem, literal.LogPolicy, problem.Reward);
        DoubleDouble[][] perStep = Literal.PerStep(problem, literal.LogPolicy, StepsExtended + 1);
        DoubleDouble sum = 0, weight = 1;
        for (int t = 0; t < StepsExtended; t++, weight *= literal.Discount) sum += weight * Dense.Sum(literal.States, s => perStep[t][s] * earned[s]);
        DoubleDouble[] rest = Literal.StateVisitation(problem with { Initial = perStep[StepsExtended] }, literal.LogPolicy);
        sum += weight / (1 - literal.Discount) * Dense.Sum(literal.States, s => rest[s] * earned[s]);
        double size = LiteralScenario.EvaluationSize(problem, literal.LogPolicy, earned);
        return Identity.Extended(sum, value, error + (literal.Horizon * size * (literal.VisitationError + literal.Rounding(2 * StepsExtended))));
    }

    /// <summary>The number of steps after which gamma^n is below a number, at least 1 and at most 4000.</summary>
    internal static int StepsUntil(double discount, double small) =>
        (int)Math.Clamp(Math.Ceiling(Math.Log(small) / Math.Log(discount)), 1, MostSteps);

    private static (double[] Values, double Error) Earned(SolvedScenario solved, Policy policy)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double[] earned = new double[mdp.States];
        double worst = 0;
        for (int s = 0; s < earned.Length; s++)
        {
            double error = 0;
            for (int a = 0; a < mdp.Actions; a++)
            {
                double p = policy.Probability(s, a);
                if (p == 0) continue;
                double bonus = solved.Temperature * policy.LogProbability(s, a);
                earned[s] += p * (mdp.Reward[s, a] - bonus);
                error += p * (Math.Abs(mdp.Reward[s, a]) + Math.Abs(bonus)) * (mdp.Actions + 5 + Math.Abs(policy.LogProbability(s, a)));
            }

            worst = Math.Max(worst, Rounding.Unit * error);
        }

        return (earned, Rounding.SecondOrder * worst);
    }
}
