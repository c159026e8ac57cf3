using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem 4.1, equation (8): the policy of residual Q-learning (prior scale 1, temperature = KL weight) maximises J_FT, and its value is E_d V_R.</summary>
internal sealed class Theorem41 : CompoundStatement
{
    private static readonly double[] _distances = [1, 0.1, 0.01, 0.001];

    public override string Id => "4.1";

    public override string Equation => "(8), (18)";

    public override string Title => "RQL(pi0, r_R) maximises J_FT: J_FT(pi1) = E_d V_R, and no policy does better";

    /// <remarks>
    /// The computed pi1 is off by at most e in log pi; V* - V^pi = alpha sum gamma^t KL(pi || pi*) costs it at most alpha e / (1 - gamma). Competitors are the scenario's
    /// policy, the expert's, and perturbations of pi1, far and near; none is worth more than E_d V_R.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        return scenario.Omegas.SelectMany(weight =>
        {
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, weight));
            CertifiedNumber Value(Policy policy) => Objective.FineTuning(mdp, policy, scenario.Prior, scenario.ResidualReward, weight);
            CertifiedNumber attained = Value(tuned.Policy), best = RoundingOf.Objective(tuned);
            double lost = weight * tuned.Certificate.LogPolicyRadius / (1 - mdp.Discount);
            Identity attains = Identity.Equal(attained with { ErrorBound = attained.ErrorBound + lost }, best);
            Policy Near(double distance) => Policy.Softmax(tuned.Policy.LogProbabilities.Map(log => log + (distance * random.NextNormal())));
            Policy[] competitors = [.. _distances.Select(Near), scenario.Policy, solved.Expert.Policy];
            return (Identity[])[attains, .. competitors.Select(competitor => Identity.AtMost(Value(competitor), best))];
        });
    }

    /// <remarks>The policy of Q is worth V up to what V misses its backup by, summed over time; every value carries its bound.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        return literal.Scenario.Omegas.SelectMany(weight =>
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, weight);
            DoubleDouble best = Literal.InitialExpectation(tuned.Problem, tuned.V);
            Identity Compare(DoubleDouble[,] policy, Relation relation)
            {
                (DoubleDouble value, double error) = literal.Objective(tuned.Problem, policy);
                return Identity.Extended(value, best, error + tuned.ValueError + literal.Rounding(tuned.Size)) with { Relation = relation };
            }

            DoubleDouble[][,] competitors = [literal.LogPolicy, literal.LogPrior, literal.Expert.LogPolicy];
            return (Identity[])[Compare(tuned.LogPolicy, Relation.Equal), .. competitors.Select(policy => Compare(policy, Relation.AtMost))];
        });
    }
}
