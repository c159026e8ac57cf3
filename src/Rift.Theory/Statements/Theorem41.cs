using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem 4.1, equation (8): the policy of residual Q-learning (prior scale 1, temperature = KL weight) maximises J_FT, and its value is E_d V_R.</summary>
internal sealed class Theorem41 : Statement
{
    private const int Competitors = 4;

    public override string Id => "4.1";

    public override string Equation => "(8), (18)";

    public override string Title => "RQL(pi0, r_R) maximises J_FT: J_FT(pi1) = E_d V_R, and no policy does better";

    /// <remarks>
    /// The computed pi1 is off by at most e in log pi; V* - V^pi = alpha sum gamma^t KL(pi || pi*) costs it at most alpha e / (1 - gamma). Competitors are random
    /// policies and perturbations of pi1; none is worth more than E_d V_R.
    /// </remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        return Identity.Worst(scenario.Omegas.SelectMany(weight =>
        {
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, weight));
            CertifiedNumber Value(Policy policy) => Objective.FineTuning(mdp, policy, scenario.Prior, scenario.ResidualReward, weight);
            CertifiedNumber attained = Value(tuned.Policy);
            double width = tuned.Certificate.HalfWidth + (2 * Rounding.Unit * mdp.States * Math.Abs(tuned.Objective));
            List<Identity> identities =
            [
                Identity.Of(attained.Value, tuned.Objective, attained.ErrorBound + width + (weight * tuned.Certificate.LogPolicyRadius / (1 - mdp.Discount))),
            ];
            for (int i = 0; i < Competitors; i++)
            {
                double size = Math.Pow(10, -i);
                Policy near = Policy.Softmax(tuned.Policy.LogProbabilities.Map(log => log + (size * random.NextNormal())));
                foreach (Policy competitor in new[] { near, scenario.Policy, solved.Expert.Policy })
                {
                    CertifiedNumber value = Value(competitor);
                    identities.Add(Identity.AtMost(value, new CertifiedNumber(tuned.Objective, width)));
                }
            }

            return identities;
        }));
    }

    /// <remarks>The policy of Q is worth V up to what V misses its backup by, summed over time; every value carries its bound.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        return Identity.Worst(literal.Scenario.Omegas.SelectMany(weight =>
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, weight);
            DoubleDouble best = Literal.InitialExpectation(tuned.Problem, tuned.V);
            Identity Compare(DoubleDouble[,] policy, Relation relation)
            {
                (DoubleDouble value, double error) = literal.Objective(tuned.Problem, policy);
                return Identity.Extended(value, best, error + tuned.ValueError + literal.Rounding(tuned.Size)) with { Relation = relation };
            }

            return new[] { literal.LogPolicy, literal.LogPrior, literal.Expert.LogPolicy }.Select(policy => Compare(policy, Relation.AtMost)).Append(Compare(tuned.LogPolicy, Relation.Equal));
        }));
    }
}
