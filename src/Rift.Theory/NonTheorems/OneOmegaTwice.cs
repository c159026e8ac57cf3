using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem 4.1 with one omega in both places: the scale of log pi0 in (5) taken for the KL weight of (6). False; true at prior scale 1.</summary>
internal sealed class OneOmegaTwice : Statement
{
    public override string Id => "one-omega-twice";

    public override string Equation => "(8)";

    public override string Title => "RQL(pi0, r_R) with prior scale omega and temperature omega maximises J_FT with KL weight omega";

    /// <remarks>E_d V_R of fine-tuning is the maximum of J_FT by Theorem 4.1.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        return Identity.Worst(scenario.Omegas.Select(omega =>
        {
            SoftProblem objective = SoftProblem.FineTuning(mdp, scenario.Prior, scenario.ResidualReward, omega);
            SoftSolution best = SolvedScenario.Solve(objective);
            SoftSolution scaled = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, scenario.Prior, scenario.ResidualReward, omega, priorScale: omega));
            return Identity.Equal(RoundingOf.ObjectiveNear(PolicyValue.Of(objective, scaled.Policy), scaled.Certificate.LogPolicyRadius), RoundingOf.Objective(best));
        }));
    }
}
