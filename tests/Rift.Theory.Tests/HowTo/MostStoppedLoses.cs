using Rift.Mdp;

namespace Rift.Theory.Tests;

internal sealed class MostStoppedLoses : Statement
{
    public override string Id => "most-stopped-loses";

    public override string Title => "RIFT makes the action that is stopped most no likelier in any state";

    public override bool Applies(SolvedScenario solved) => Interventions.AreProbabilities(solved.Scenario.ResidualReward);

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, scenario.Omegas[0]));
        int[] states = [.. Enumerable.Range(0, scenario.Mdp.States)], stopped = [.. states.Select(s => scenario.ResidualReward.Row(s).IndexOf(scenario.ResidualReward.Row(s).ToArray().Min()))];
        double[] after = [.. states.Select(s => tuned.Policy.LogProbability(s, stopped[s]))], before = [.. states.Select(s => scenario.Prior.LogProbability(s, stopped[s]))];
        return new Identity(after, before, Bound: tuned.Certificate.LogPolicyRadius) { Relation = Relation.AtMost };
    }
}
