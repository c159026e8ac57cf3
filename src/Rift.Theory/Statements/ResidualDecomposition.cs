using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Section 3.4: residual Q-learning with prior scale omega is soft optimality for omega r_0 + r_R, and Q_R = Q_1 - omega Q_0.</summary>
internal sealed class ResidualDecomposition : CompoundStatement
{
    public override string Id => "5";

    public override string Equation => "(5)";

    public override string Title => "Q_R = Q_1 - omega Q_0: residual Q-learning is soft optimality for omega r_0 + r_R";

    /// <remarks>
    /// r_0 is the reward of the prior with a given potential as its values (17). The reward omega r_0 + r_R is rounded: its error reaches Q_1 magnified by
    /// 1/(1 - gamma). Both solutions carry their bounds.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        double[] potential = [.. scenario.Potential];
        StateActionTable priorReward = Bijection.RewardOf(scenario.Candidate, scenario.Prior, potential);
        StateActionTable priorQ = Bijection.QOf(scenario.Candidate, scenario.Prior, potential);
        double log = solved.Temperature * RoundingOf.LargestLog(mdp, scenario.Prior), shaped = RoundingOf.ShapedReward(mdp, log, RoundingOf.Largest(potential));
        return scenario.Omegas.Select(omega =>
        {
            SoftSolution residual = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, solved.Temperature, omega));
            StateActionTable reward = (omega * priorReward) + scenario.ResidualReward;
            SoftSolution whole = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(reward), solved.Temperature));
            double rewardError = (omega * shaped) + (3 * Rounding.Unit * (reward.MaxAbs() + (omega * priorReward.MaxAbs())));
            double rounding = Rounding.Unit * (whole.Q.MaxAbs() + (6 * omega * priorQ.MaxAbs()) + (4 * omega * log));
            double bound = residual.Certificate.QRadius + whole.Certificate.QRadius + (rewardError / (1 - mdp.Discount)) + rounding;
            return new Identity(
                RoundingOf.Available(mdp, residual.Q), RoundingOf.Available(mdp, whole.Q - (omega * priorQ)), Rounding.SecondOrder * bound);
        });
    }

    /// <remarks>Both solutions carry their bounds; the reward omega r_0 + r_R is made of numbers that their backups add up, and its rounding is magnified by 1/(1 - gamma).</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] priorReward = Literal.RewardOfPolicy(literal.CandidateProblem, literal.LogPrior, literal.Potential), priorQ = Literal.QOfPolicy(literal.CandidateProblem, literal.LogPrior, literal.Potential);
        return literal.Scenario.Omegas.Select(omega =>
        {
            BoundedSolution residual = literal.Solve(Literal.ResidualQLearning(literal.CandidateProblem, literal.LogPrior, literal.ResidualReward, literal.Temperature, omega));
            BoundedSolution whole = literal.Solve(literal.CandidateProblem with { Reward = literal.Table((s, a) => (omega * priorReward[s, a]) + literal.ResidualReward[s, a]) });
            double size = residual.Size + whole.Size + (omega * (LiteralScenario.Size(priorQ) + LiteralScenario.Size(literal.Potential)));
            return Identity.Extended(
                literal.Available(residual.Q), literal.Available((s, a) => whole.Q[s, a] - (omega * priorQ[s, a])), residual.QError + whole.QError + (literal.Horizon * literal.Rounding(2 * size)));
        });
    }
}
