using Rift.Mdp;

namespace Rift.Theory;

/// <summary>That RIFT is stopped less often than its prior, with "how often" read as the probability of any e-stop in an episode. False; true of the discounted rate (fact F4).</summary>
/// <remarks>phi is minus the residual reward of the scenario. The prior is RIFT with an infinite KL weight.</remarks>
internal sealed class StopProbabilityFallsWithKlWeight : Statement
{
    private const int Steps = 20;

    public override string Id => "stop-probability-falls";

    public override string Title => "the probability of an e-stop within 20 steps is no larger after RIFT than before";

    public override bool Applies(SolvedScenario solved) => Interventions.AreProbabilities(solved.Scenario.ResidualReward);

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        StateActionTable phi = -scenario.ResidualReward;
        CertifiedNumber before = EpisodeEvaluation.StopProbability(scenario.Mdp, scenario.Prior, phi, TimeLimit.FixedHorizon, Steps);
        return Identity.Worst(scenario.Omegas.Select(omega =>
        {
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega));
            return Identity.AtMost(EpisodeEvaluation.StopProbability(scenario.Mdp, tuned.Policy, phi, TimeLimit.FixedHorizon, Steps, tuned.Certificate.LogPolicyRadius), before);
        }));
    }
}
