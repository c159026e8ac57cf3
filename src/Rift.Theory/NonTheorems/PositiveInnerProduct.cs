using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Section 5.2 read as a promise: if the prior is stopped more than the expert, &lt;phi, mu^pi0 - mu*&gt; > 0, then RIFT lowers Psi. False; true for steps up to the one of fact F3.</summary>
/// <remarks>phi is minus the residual reward of the scenario.</remarks>
internal sealed class PositiveInnerProduct : Statement
{
    public override string Id => "positive-inner-product";

    public override string Title => "if <phi, mu^pi0 - mu*> > 0, then Psi(RQL(pi0, -phi)) <= Psi(pi0)";

    public override bool Applies(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        return Interventions.AreProbabilities(scenario.ResidualReward)
            && StepCertificate.Of(solved.Imitation, Visitation.Of(scenario.Mdp, scenario.Prior), -scenario.ResidualReward, solved.Temperature).LargestGuaranteedStep > 0;
    }

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        return Identity.Worst(scenario.Omegas.Select(omega =>
        {
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, omega));
            return Identity.AtMost(solved.Imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius), solved.Imitation.Psi(scenario.Prior));
        }));
    }
}
