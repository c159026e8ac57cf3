using Rift.Mdp;

namespace Rift.Theory;

/// <summary>What Psi promises about the return: |J(pi*) - J(pi)| &lt;= max_s (max_a Q^pi - min_a Q^pi) sqrt(Psi(pi)/2) / (1 - gamma).</summary>
/// <remarks>
/// Proof: by the performance difference lemma (Kakade and Langford 2002) the left side is 1/(1 - gamma) |sum_s rho*(s) sum_a (pi* - pi)(a|s) Q^pi(s,a)|; the inner sum is at
/// most the spread of Q^pi times the total variation, which Pinsker bounds by sqrt(KL/2), and the average of square roots is at most the root of the average.
/// </remarks>
internal sealed class ReturnShortfall : Statement
{
    public override string Id => "F15";

    public override string Title => "|J(pi*) - J(pi)| <= spread(Q^pi) sqrt(Psi(pi)/2) / (1 - gamma), for plain returns under r*";

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        SoftProblem task = new(mdp.WithReward(scenario.ExpertReward), 0);
        PolicyValue value = PolicyValue.Of(task, scenario.Policy);
        CertifiedNumber expert = PolicyValue.Of(task, solved.Expert.Policy).Objective, candidate = value.Objective, psi = solved.Imitation.Psi(scenario.Policy);
        double spread = Enumerable.Range(0, mdp.States).Max(s => Spread(mdp, value.Q, s))
            + (2 * (value.Values.ErrorBound + RoundingOf.Expectation(mdp, RoundingOf.Largest(value.Values.Values), scenario.ExpertReward.MaxAbs())));
        double promise = spread * Math.Sqrt(Math.Max(0, psi.Value + psi.ErrorBound) / 2) / (1 - mdp.Discount);
        return Identity.AtMost(
            new CertifiedNumber(Math.Abs(expert.Value - candidate.Value), expert.ErrorBound + candidate.ErrorBound), new CertifiedNumber(promise, 8 * Rounding.Unit * promise));
    }

    /// <remarks>
    /// Squared, so that no root is taken: ((1 - gamma) (J* - J))^2 &lt;= spread^2 Psi/2. With x on the left in error by e, the square is by 2|x|e + e^2; the right side is taken at the
    /// upper ends of the spread and of Psi, and rounds four times.
    /// </remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> task = literal.ExpertProblem with { Temperature = 0 };
        (DoubleDouble[] value, double valueError) = literal.PolicyValue(task, literal.LogPolicy);
        (DoubleDouble expert, double expertError) = literal.Objective(task, literal.Expert.LogPolicy);
        (DoubleDouble psi, double psiError) = literal.Psi(literal.Expert.LogPolicy, literal.LogPolicy, 0);
        DoubleDouble[,] q = Literal.Q(task, value);
        double size = LiteralScenario.Size(value) + LiteralScenario.Size(task.Reward), error = expertError + valueError + literal.Rounding(3 * size);
        DoubleDouble spread = Enumerable.Range(0, literal.States).Max(s => Spread(literal, q, s)) + (2 * (valueError + literal.Rounding(size)));
        DoubleDouble difference = (1 - literal.Discount) * (expert - Literal.InitialExpectation(task, value)), promise = spread * spread * (psi + psiError) * 0.5;
        double squared = ((2 * difference.Magnitude) + error) * error;
        return Identity.Extended(difference * difference, promise, squared + literal.Rounding(promise.Magnitude)) with { Relation = Relation.AtMost };
    }

    private static DoubleDouble Spread(LiteralScenario literal, DoubleDouble[,] q, int state)
    {
        DoubleDouble[] available = [.. Enumerable.Range(0, literal.Actions).Where(a => literal.IsAvailable(state, a)).Select(a => q[state, a])];
        return available.Max() - available.Min();
    }

    private static double Spread(MarkovDecisionProcess mdp, StateActionTable q, int state)
    {
        double[] available = [.. Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(state, a)).Select(a => q[state, a])];
        return available.Max() - available.Min();
    }
}
