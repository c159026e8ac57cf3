using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(17): every interior policy and every function V are the soft optimum of one reward, alpha log pi + V - gamma E V.</summary>
internal sealed class RewardOfPolicy : CompoundStatement
{
    public override string Id => "17";

    public override string Equation => "(17)";

    public override string Title => "the bijection (pi, V) -> r -> (pi, V): solving the reward of (17) gives back policy and values";

    /// <remarks>The reward is rounded; its error reaches V and Q magnified by 1/(1 - gamma), and log pi twice that over alpha. The solution carries its certificate.</remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        double[] potential = [.. scenario.Potential];
        StateActionTable reward = Bijection.RewardOf(scenario.Candidate, scenario.Prior, potential);
        SoftSolution solution = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(reward), solved.Temperature));
        double log = solved.Temperature * RoundingOf.LargestLog(mdp, scenario.Prior);
        // The prior's rows sum to one within the rounding of its probabilities, which moves the log-sum, and so V, like an error of the reward.
        double error = (RoundingOf.ShapedReward(mdp, log, RoundingOf.Largest(potential)) + (solved.Temperature * RoundingOf.RowSumError(scenario.Prior))) / (1 - mdp.Discount);
        Identity values = new(solution.Values.ToArray(), potential, Rounding.SecondOrder * (solution.Certificate.HalfWidth + error));
        Identity policy = new(
            RoundingOf.Available(mdp, solution.Policy.LogProbabilities), RoundingOf.Available(mdp, scenario.Prior.LogProbabilities),
            Rounding.SecondOrder * (solution.Certificate.LogPolicyRadius + (2 * error / solved.Temperature)));
        return [values, policy];
    }

    /// <remarks>As in double: the reward errs by the rounding of numbers that the backup adds up, magnified by 1/(1 - gamma) in V and by twice that over alpha in log pi.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] reward = Literal.RewardOfPolicy(literal.CandidateProblem, literal.LogPrior, literal.Potential);
        BoundedSolution solution = literal.Solve(literal.CandidateProblem with { Reward = reward });
        double error = literal.Horizon * literal.Rounding(2 * solution.Size);
        return
        [
            Identity.Extended(solution.V, literal.Potential, solution.ValueError + error),
            Identity.Extended(literal.Available(solution.LogPolicy), literal.Available(literal.LogPrior), solution.LogPolicyError + (2 * error / literal.Temperature.High)),
        ];
    }
}
