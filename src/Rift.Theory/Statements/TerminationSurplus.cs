using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F12: with a log-prior that is off by C, an e-stop that terminates acts as the residual -phi gamma alpha C/(1-gamma) although no reward is given; one that truncates does nothing.</summary>
internal sealed class TerminationSurplus : CompoundStatement
{
    private static readonly double[] _surpluses = [0.5, -0.2];

    public override string Id => "F12";

    public override string? Equation => null;

    public override string Title => "log prior + C, zero residual: truncation leaves pi0, V = alpha C/(1-gamma); termination is RQL(pi0, -phi gamma alpha C/(1-gamma)) on the dynamics that end";

    /// <remarks>
    /// Natural ends are absorbing and earn the surplus too; only the state behind an e-stop does not. With V = alpha C/(1-gamma) + U the soft backup of U is that of the residual given. The rounding of
    /// log pi0 + C and of the residual, and the row error of the prior, act like errors of the reward: magnified by 1/(1-gamma) in V, and in log pi by twice that over alpha.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy prior = solved.Scenario.Prior;
        StateActionTable phi = Supervisors.Random(mdp, random);
        MarkovDecisionProcess ending = Termination.Of(mdp, phi);
        return _surpluses.SelectMany(surplus =>
        {
            double alpha = solved.Temperature, horizon = 1 / (1 - mdp.Discount), level = alpha * surplus * horizon;
            StateActionTable raised = prior.LogProbabilities.Map(logP => logP + surplus);
            SoftSolution truncated = SolvedScenario.Solve(new SoftProblem(mdp.WithReward(StateActionTable.Constant(mdp.States, mdp.Actions, 0)), alpha, raised));
            SoftSolution terminated = SolvedScenario.Solve(new SoftProblem(
                ending.WithReward(StateActionTable.Constant(ending.States, mdp.Actions, 0)), alpha, Termination.Extended(raised, double.NegativeInfinity)));
            StateActionTable residual = Termination.Extended(-mdp.Discount * level * phi, 0);
            SoftSolution penalised = SolvedScenario.Solve(SoftProblem.ResidualQLearning(ending, Termination.Extended(prior), residual, alpha));

            double logs = (Rounding.Unit * (RoundingOf.LargestLog(mdp, prior) + 1)) + RoundingOf.RowSumError(prior);
            double error = horizon * (logs + (6 * Rounding.Unit * Math.Abs(level) / alpha)) + (horizon * 4 * ending.Kernel.RowSumError * Math.Abs(level) / alpha);
            return new[]
            {
                Values(truncated, [.. Enumerable.Repeat(level, mdp.States)], alpha * error),
                LogPolicies(mdp, truncated, prior, 2 * error),
                Values(terminated, [.. penalised.Values.ToArray().SkipLast(1).Select(u => u + level), 0], penalised.Certificate.HalfWidth + (alpha * error)),
                LogPolicies(ending, terminated, penalised.Policy, penalised.Certificate.LogPolicyRadius + (2 * error)),
            };
        });
    }

    /// <remarks>Both solutions carry their bounds; the rounding of log pi0 + C, of the residual and of the rows is magnified by 1/(1 - gamma) in V, and by twice that over alpha in log pi.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] phi = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), zero = new DoubleDouble[literal.States, literal.Actions];
        return _surpluses.SelectMany(surplus =>
        {
            DoubleDouble alpha = literal.Temperature, level = alpha * surplus / (1 - literal.Discount);
            LiteralProblem<DoubleDouble> raised = Literal.FineTuning(literal.CandidateProblem, literal.Table((s, a) => literal.LogPrior[s, a] + surplus), zero, alpha), ending = Literal.Terminating(raised, phi);
            BoundedSolution truncated = literal.Solve(raised), terminated = literal.Solve(ending);
            BoundedSolution penalised = literal.Solve(ending with
            {
                LogBase = Literal.WithLastState(literal.LogPrior, double.NegativeInfinity),
                Reward = Literal.WithLastState(literal.Table((s, a) => -literal.Discount * level * phi[s, a]), 0),
            });
            double error = literal.Horizon * (literal.Rounding(2 * truncated.Size) + LiteralScenario.Rounding(ending, 2 * (terminated.Size + penalised.Size)));
            return new[]
            {
                Identity.Extended(truncated.V, Enumerable.Repeat(level, literal.States), truncated.ValueError + error),
                Identity.Extended(literal.Available(truncated.LogPolicy), literal.Available(literal.LogPrior), truncated.LogPolicyError + (2 * error / alpha.High)),
                Identity.Extended(terminated.V, [.. penalised.V.SkipLast(1).Select(u => u + level), 0], terminated.ValueError + penalised.ValueError + error),
                Identity.Extended(literal.Available(terminated.LogPolicy), literal.Available(penalised.LogPolicy), terminated.LogPolicyError + penalised.LogPolicyError + (2 * error / alpha.High)),
            };
        });
    }

    private static Identity Values(SoftSolution solution, double[] expected, double error) =>
        new(solution.Values.ToArray(), expected, Rounding.SecondOrder * (solution.Certificate.HalfWidth + error + (2 * Rounding.Unit * RoundingOf.Largest(expected))));

    private static Identity LogPolicies(MarkovDecisionProcess mdp, SoftSolution solution, Policy expected, double error) => new(
        RoundingOf.Available(mdp, solution.Policy.LogProbabilities), RoundingOf.Available(mdp, expected.LogProbabilities),
        Rounding.SecondOrder * (solution.Certificate.LogPolicyRadius + error));
}
