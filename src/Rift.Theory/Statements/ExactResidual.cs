using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The claim of section 5.1: the residual alpha log pi* - alpha log pi0, shaped by any function of the states, fine-tunes the prior into pi* exactly.</summary>
internal sealed class ExactResidual : Statement
{
    public override string Id => "S5.1";

    public override string? Equation => null;

    public override string Title => "RQL(pi0, alpha log pi* - alpha log pi0 + gamma E F - F) = pi* for every F";

    /// <remarks>The residual is rounded; its error reaches Q magnified by 1/(1 - gamma), and log pi twice that over alpha.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        Policy expert = solved.Expert.Policy;
        double[] potential = [.. scenario.Potential];
        StateActionTable expected = mdp.Kernel.Expect(potential);
        StateActionTable residual = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) =>
            (solved.Temperature * (expert.LogProbability(s, a) - scenario.Prior.LogProbability(s, a))) + ((mdp.Discount * expected[s, a]) - potential[s]));
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, residual, solved.Temperature));
        double log = solved.Temperature * (RoundingOf.LargestLog(mdp, expert) + RoundingOf.LargestLog(mdp, scenario.Prior));
        double error = (RoundingOf.ShapedReward(mdp, log, RoundingOf.Largest(potential)) + (solved.Temperature * RoundingOf.RowSumError(expert))) / (1 - mdp.Discount);
        double bound = tuned.Certificate.LogPolicyRadius + (2 * error / solved.Temperature);
        return new Identity(
            RoundingOf.Available(mdp, tuned.Policy.LogProbabilities), RoundingOf.Available(mdp, expert.LogProbabilities), Rounding.SecondOrder * bound);
    }

    /// <remarks>The residual is made of numbers that the backup adds up; its rounding is magnified by 1/(1 - gamma) in Q and by twice that over alpha in log pi.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        LiteralProblem<DoubleDouble> prior = literal.CandidateProblem with { LogBase = literal.LogPrior };
        DoubleDouble[,] residual = Literal.RewardOfPolicy(prior, literal.Expert.LogPolicy, Array.ConvertAll(literal.Potential, x => -x));
        BoundedSolution tuned = literal.FineTune(literal.LogPrior, residual, literal.Temperature);
        double bound = tuned.LogPolicyError + (2 * literal.Horizon * literal.Rounding(4 * tuned.Size) / literal.Temperature.High);
        return Identity.Extended(literal.Available(tuned.LogPolicy), literal.Available(literal.Expert.LogPolicy), bound);
    }
}
