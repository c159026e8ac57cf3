using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F8: without a residual reward the prior is its own fine-tuning, whatever the dynamics: also where an e-stop ends the episode.</summary>
internal sealed class ZeroResidual : CompoundStatement
{
    public override string Id => "F8";

    public override string? Equation => null;

    public override string Title => "RQL(pi0, 0) = pi0 and V_R = 0, with truncation and with termination alike; J_FT(pi|0) <= 0 = J_FT(pi0|0)";

    /// <remarks>The rows of the prior miss one by rounding, which moves V like an error of alpha times that in the reward: magnified by 1/(1-gamma), and in log pi by twice that over alpha.</remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy prior = solved.Scenario.Prior;
        StateActionTable phi = Supervisors.Random(mdp, random), zero = StateActionTable.Constant(mdp.States, mdp.Actions, 0);
        MarkovDecisionProcess ending = Termination.Of(mdp, phi);
        CertifiedNumber other = Objective.FineTuning(mdp, solved.Scenario.Policy, prior, zero, solved.Temperature);
        return
        [
            PriorStays(mdp, prior, solved.Temperature),
            PriorStays(ending, Termination.Extended(prior), solved.Temperature),
            Identity.AtMost(other, new CertifiedNumber(0, 0)),
        ];
    }

    /// <remarks>The rows of the prior sum to one up to rounding, which acts like an error of the reward: magnified by 1/(1 - gamma) in V, and by twice that over alpha in log pi.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), zero = new DoubleDouble[literal.States, literal.Actions];
        LiteralProblem<DoubleDouble> truncating = Literal.FineTuning(literal.CandidateProblem, literal.LogPrior, zero, literal.Temperature);
        (DoubleDouble other, double error) = literal.Objective(truncating, literal.LogPolicy);
        return
        [
            PriorStaysExtended(literal, truncating),
            PriorStaysExtended(literal, Literal.Terminating(truncating, phi)),
            Identity.Extended(other, 0, error) with { Relation = Relation.AtMost },
        ];
    }

    /// <summary>V_R over alpha against 0, and log pi against that of the prior.</summary>
    private static Identity PriorStays(MarkovDecisionProcess mdp, Policy prior, double temperature)
    {
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, prior, StateActionTable.Constant(mdp.States, mdp.Actions, 0), temperature));
        double rows = 2 * RoundingOf.RowSumError(prior) / (1 - mdp.Discount);
        return new Identity(
            [.. tuned.Values.ToArray().Select(v => v / temperature), .. RoundingOf.Available(mdp, tuned.Policy.LogProbabilities)],
            [.. new double[mdp.States], .. RoundingOf.Available(mdp, prior.LogProbabilities)],
            Rounding.SecondOrder * (Math.Max(tuned.Certificate.HalfWidth / temperature, tuned.Certificate.LogPolicyRadius) + rows));
    }

    private static Identity PriorStaysExtended(LiteralScenario literal, LiteralProblem<DoubleDouble> problem)
    {
        BoundedSolution tuned = literal.Solve(problem);
        double alpha = problem.Temperature.High, rows = literal.Horizon * LiteralScenario.Rounding(problem, 2 * tuned.Size);
        IEnumerable<DoubleDouble> Both(Func<int, DoubleDouble> value, DoubleDouble[,] logPolicy) => Enumerable.Range(0, problem.States).Select(value).Concat(literal.Available(logPolicy));
        return Identity.Extended(Both(s => tuned.V[s] / problem.Temperature, tuned.LogPolicy), Both(_ => 0, problem.LogBase), tuned.LogPolicyError + (2 * rows / alpha));
    }
}
