using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F9: fine-tuning twice is fine-tuning once with the sum of the residuals, and K rounds at weight omega are one at omega/K.</summary>
internal sealed class CompositionOfRounds : CompoundStatement
{
    private const int Rounds = 3;

    public override string Id => "F9";

    public override string? Equation => null;

    public override string Title => "RQL(RQL(pi0, r1), r2) = RQL(pi0, r1 + r2), and K rounds of r_R at omega are one round at omega/K";

    /// <remarks>
    /// A computed round is log pi0 + (Q - V)/omega with V exactly the log-sum of Q, up to its rounding: it is the exact round of the reward Q - gamma E V, which differs from the reward given by at
    /// most omega times the radius of log pi. So errors of rounds add up instead of multiplying: each reaches the last log pi magnified by 2/(1-gamma). The rounding of r1 + r2 and of omega/K
    /// does so too, over omega.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        double weight = solved.Temperature;
        StateActionTable first = solved.Scenario.ResidualReward, second = -Supervisors.Random(mdp, random);
        return
        [
            Compare(solved, [first, second], SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, solved.Scenario.Prior, first + second, weight)), first.MaxAbs() + second.MaxAbs()),
            Compare(solved, [.. Enumerable.Repeat(first, Rounds)], SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, solved.Scenario.Prior, first, weight / Rounds)), Rounds * first.MaxAbs()),
        ];
    }

    /// <remarks>As in double: an error of log pi is one of the reward over omega, and reaches the last log pi magnified by 2/(1 - gamma); so does the rounding of the sum of the rewards.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble weight = literal.Temperature;
        DoubleDouble[,] first = literal.ResidualReward, second = LiteralScenario.Table(-Supervisors.Random(literal.Scenario.Mdp, random));
        Identity Compare(DoubleDouble[][,] rewards, BoundedSolution once)
        {
            DoubleDouble[,] policy = literal.LogPrior;
            double error = literal.Rounding(2 * once.Size / once.Problem.Temperature.High), last = 0;
            foreach (DoubleDouble[,] reward in rewards)
            {
                error += last;
                BoundedSolution tuned = literal.FineTune(policy, reward, weight);
                (policy, last) = (tuned.LogPolicy, tuned.LogPolicyError);
            }

            return Identity.Extended(literal.Available(policy), literal.Available(once.LogPolicy), last + once.LogPolicyError + (2 * literal.Horizon * error));
        }

        return
        [
            Compare([first, second], literal.FineTune(literal.LogPrior, literal.Table((s, a) => first[s, a] + second[s, a]), weight)),
            Compare([.. Enumerable.Repeat(first, Rounds)], literal.FineTune(literal.LogPrior, first, weight / Rounds)),
        ];
    }

    private static Identity Compare(SolvedScenario solved, StateActionTable[] rewards, SoftSolution once, double size)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Scenario.Prior;
        double error = Rounding.Unit * 2 * size / solved.Temperature, last = 0;
        foreach (StateActionTable reward in rewards)
        {
            error += last;
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, policy, reward, solved.Temperature));
            (policy, last) = (tuned.Policy, tuned.Certificate.LogPolicyRadius);
        }

        return new Identity(
            RoundingOf.Available(mdp, policy.LogProbabilities), RoundingOf.Available(mdp, once.Policy.LogProbabilities),
            Rounding.SecondOrder * (last + once.Certificate.LogPolicyRadius + (2 * error / (1 - mdp.Discount))));
    }
}
