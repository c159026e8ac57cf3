using Rift.Mdp;

namespace Rift.Theory;

/// <summary>CE2: Psi falls, interventions vanish, and success falls with them. What the rule (11) leaves the prior is a trap that the expert would leave and the prior does not.</summary>
/// <remarks>
/// Start: action 0 reaches the goal (+1), action 1 reaches it with probability 0.6, action 2 leads into the trap. Trap: action 0 reaches the goal (+1), the others stay.
/// gamma = 0.99, prior (0.05, 0.70, 0.25) at the start and (0.002, 0.499, 0.499) in the trap. The greedy expert with threshold B = 0.2 stops action 1 at the start alone.
/// </remarks>
internal sealed class ShortcutIntoTheTrap : Counterexample
{
    private const int Start = 0, Trap = 1, Goal = 2, Lost = 3;

    public override string Id => "CE2";

    public override string Title => "interventions by rule (11) lower Psi and the probability of success together";

    private protected override Scenario Create()
    {
        TransitionKernelBuilder kernel = new(4, 3);
        kernel.Add(Start, 0, Goal, 1).Add(Start, 1, Goal, 0.6).Add(Start, 1, Lost, 0.4).Add(Start, 2, Trap, 1);
        kernel.Add(Trap, 0, Goal, 1).Add(Trap, 1, Trap, 1).Add(Trap, 2, Trap, 1).Add(Goal, 0, Goal, 1).Add(Lost, 0, Lost, 1);
        StateActionTable success = new(4, 3, [1, 0.6, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
        MarkovDecisionProcess mdp = new(kernel.Build(), success, [1, 0, 0, 0], 0.99);
        Policy prior = Policy.FromProbabilities(new StateActionTable(4, 3, [0.05, 0.70, 0.25, 0.002, 0.499, 0.499, 1, 0, 0, 1, 0, 0]));
        Scenario scenario = Plain(mdp, prior) with { Omegas = [0.1], Thresholds = [0.2] };
        return scenario with { ResidualReward = -QGapRule.Interventions(QGapRule.Gap(GreedyExpert(scenario), ExpertReading.Mode), 0.2) };
    }

    /// <remarks>The reward is the probability of reaching the goal with the action, so the return is the probability of success before a time-out after each step with probability 1 - gamma.</remarks>
    private protected override IEnumerable<PublishedNumber> Compute(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        Imitation imitation = new(scenario.Mdp, GreedyExpert(scenario).Policy);
        SoftSolution tuned = Tuned(scenario, 0.1);
        StateActionTable phi = -scenario.ResidualReward;
        yield return new("Delta: stop rate of the prior less the expert's", StopRate(scenario, scenario.Prior), 0.007m);
        yield return new("Psi of the prior", imitation.Psi(scenario.Prior), 0.0300m);
        yield return new("Psi after RIFT", imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius), 0.0179m);
        yield return new("interventions of the prior", Return(scenario, phi, scenario.Prior), 0.70m);
        yield return new("interventions after RIFT", Return(scenario, phi, tuned), 0.00m);
        yield return new("success of the prior", Return(scenario, scenario.Mdp.Reward, scenario.Prior), 0.511m);
        yield return new("success after RIFT", Return(scenario, scenario.Mdp.Reward, tuned), 0.304m);
    }

    private protected override IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal)
    {
        (LiteralProblem<DoubleDouble> problem, DoubleDouble[,] q, DoubleDouble[,] expert) = GreedyExpert(literal);
        DoubleDouble[,] phi = Literal.Interventions(Literal.GapToMode(problem, q), 0.2), success = literal.CandidateProblem.Reward;
        BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.Table((s, a) => -phi[s, a]), 0.1);
        yield return literal.Rate(phi, literal.LogPrior, 0);
        yield return literal.Psi(expert, literal.LogPrior, 0);
        yield return literal.Psi(expert, tuned.LogPolicy, tuned.LogPolicyError);
        yield return Return(literal, phi, literal.LogPrior, 0);
        yield return Return(literal, phi, tuned.LogPolicy, tuned.LogPolicyError);
        yield return Return(literal, success, literal.LogPrior, 0);
        yield return Return(literal, success, tuned.LogPolicy, tuned.LogPolicyError);
    }
}
