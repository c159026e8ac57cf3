using Rift.Mdp;

namespace Rift.Theory;

/// <summary>
/// Section 5.1 with the residual turned into an intervention probability, phi = clip(alpha (log pi0 - log pi*), 0, 1): that it never hurts. False beyond bandits; true of
/// the residual itself, which recovers the expert.
/// </summary>
internal sealed class ClippedAdvantageDifference : Statement
{
    public override string Id => "clipped-advantage-difference";

    public override string Title => "Psi(RQL(pi0, -phi)) <= Psi(pi0) for phi = clip(alpha log pi0 - alpha log pi*, 0, 1)";

    /// <remarks>phi is rounded, by at most five units of the logarithms; Psi answers to a change of the residual reward with at most 2/alpha of it.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        MarkovDecisionProcess mdp = scenario.Mdp;
        double alpha = solved.Temperature;
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(mdp, scenario.Prior, -Clipped(solved), alpha));
        double rounding = 10 * Rounding.Unit * (RoundingOf.LargestLog(mdp, scenario.Prior) + RoundingOf.LargestLog(mdp, solved.Expert.Policy));
        CertifiedNumber after = solved.Imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius);
        return Identity.AtMost(after with { ErrorBound = after.ErrorBound + rounding }, solved.Imitation.Psi(scenario.Prior));
    }

    private static StateActionTable Clipped(SolvedScenario solved) => StateActionTable.Create(solved.Mdp.States, solved.Mdp.Actions, (s, a) => solved.Mdp.IsAvailable(s, a)
        ? Math.Clamp(solved.Temperature * (solved.Scenario.Prior.LogProbability(s, a) - solved.Expert.Policy.LogProbability(s, a)), 0, 1) : 0);
}
