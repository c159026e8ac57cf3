using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F11: from a uniform prior, fine-tuning is maximum-entropy learning from interventions; and no fine-tuning moves log pi by more than the range of Q_R over omega.</summary>
internal sealed class UniformPrior : CompoundStatement
{
    public override string Id => "F11";

    public override string? Equation => null;

    public override string Title => "RQL(uniform, r_R) is soft-optimal for r_R - omega log A(s); |log pi/pi0| <= range_a Q_R(s,.)/omega <= range r_R/(omega (1-gamma)) for any prior";

    /// <remarks>
    /// A(s) counts the available actions. The reward r_R - omega log A is rounded twice, and the rows of the uniform policy miss log 1/A by as much: over omega, magnified by 2/(1-gamma). For the
    /// inequalities, V_R lies between the least and the largest Q_R of its state up to the row error of the prior, and Q_R between the least and the largest r_R over 1-gamma, up to
    /// the radii.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        double horizon = 1 / (1 - mdp.Discount);
        Policy uniform = Policy.Uniform(mdp.Kernel);
        double[] logActions = [.. Enumerable.Range(0, mdp.States).Select(s => Math.Log(Enumerable.Range(0, mdp.Actions).Count(a => mdp.IsAvailable(s, a))))];
        return scenario.Omegas.SelectMany(omega =>
        {
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, uniform, scenario.ResidualReward, omega));
            StateActionTable reward = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => scenario.ResidualReward[s, a] - (omega * logActions[s]));
            SoftSolution entropic = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(reward), omega));
            double rounding = (Rounding.Unit * ((3 * reward.MaxAbs() / omega) + (6 * RoundingOf.Largest(logActions)) + 2)) + RoundingOf.RowSumError(uniform);
            Identity same = new(
                RoundingOf.Available(mdp, tuned.Policy.LogProbabilities), RoundingOf.Available(mdp, entropic.Policy.LogProbabilities),
                Rounding.SecondOrder * (tuned.Certificate.LogPolicyRadius + entropic.Certificate.LogPolicyRadius + (2 * horizon * rounding)));
            return Distance(scenario, omega).Append(same);
        });
    }

    /// <remarks>The reward r_R - omega log A rounds, over omega and magnified by 2/(1 - gamma). For the inequalities log pi - log pi0 = (Q - V)/omega up to the bound of log pi, and V lies between the least and the largest Q up to its own.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        return literal.Scenario.Omegas.SelectMany(omega =>
        {
            BoundedSolution tuned = literal.FineTune(literal.LogUniform, literal.ResidualReward, omega);
            BoundedSolution entropic = literal.Solve(literal.CandidateProblem with { Temperature = omega, Reward = literal.Table((s, a) => literal.ResidualReward[s, a] + (omega * literal.LogUniform[s, a])) });
            double same = tuned.LogPolicyError + entropic.LogPolicyError + (2 * literal.Horizon * literal.Rounding(2 * (tuned.Size + entropic.Size) / omega));
            return DistanceExtended(literal, omega).Append(Identity.Extended(literal.Available(tuned.LogPolicy), literal.Available(entropic.LogPolicy), same));
        });
    }

    private static IEnumerable<Identity> Distance(Scenario scenario, double omega)
    {
        MarkovDecisionProcess mdp = scenario.Mdp;
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, omega));
        double[] rewards = RoundingOf.Available(mdp, scenario.ResidualReward);
        double most = (rewards.Max() - rewards.Min()) / (omega * (1 - mdp.Discount)), rows = RoundingOf.RowSumError(scenario.Prior);
        double rounding = Rounding.Unit * ((4 * RoundingOf.LargestLog(mdp, scenario.Prior)) + (4 * tuned.Q.MaxAbs() / omega) + (4 * most));
        double error = Rounding.SecondOrder * ((2 * tuned.Certificate.LogPolicyRadius) + rounding + (2 * rows));
        for (int s = 0; s < mdp.States; s++)
        {
            int[] actions = [.. Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(s, a))];
            double range = (actions.Max(a => tuned.Q[s, a]) - actions.Min(a => tuned.Q[s, a])) / omega;
            double moved = actions.Max(a => Math.Abs(tuned.Policy.LogProbability(s, a) - scenario.Prior.LogProbability(s, a)));
            yield return new Identity([moved, range], [range, most], error) with { Relation = Relation.AtMost };
        }
    }

    private static IEnumerable<Identity> DistanceExtended(LiteralScenario literal, DoubleDouble omega)
    {
        BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, omega);
        DoubleDouble[] rewards = [.. literal.Available(literal.ResidualReward)];
        DoubleDouble most = (rewards.Max() - rewards.Min()) / (omega * (1 - literal.Discount));
        double error = (2 * tuned.LogPolicyError) + literal.Rounding((2 * tuned.Size / omega.High) + (2 * most.High));
        for (int s = 0; s < literal.States; s++)
        {
            int[] actions = [.. Enumerable.Range(0, literal.Actions).Where(a => literal.IsAvailable(s, a))];
            DoubleDouble range = (actions.Max(a => tuned.Q[s, a]) - actions.Min(a => tuned.Q[s, a])) / omega;
            DoubleDouble moved = actions.Max(a => DoubleDouble.Abs(tuned.LogPolicy[s, a] - literal.LogPrior[s, a]));
            yield return Identity.Extended([moved, range], [range, most], error) with { Relation = Relation.AtMost };
        }
    }
}
