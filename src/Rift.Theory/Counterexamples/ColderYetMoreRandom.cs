using Rift.Mdp;

namespace Rift.Theory;

/// <summary>CE5: two states and two actions in which the soft-optimal policy of a lower temperature is more random in a state, and its greedy action less likely.</summary>
/// <remarks>The start does not matter; it is even.</remarks>
internal sealed class ColderYetMoreRandom : Counterexample
{
    private static readonly (double Temperature, decimal Entropy)[] _table = [(0.1, 0.684m), (0.2, 0.621m), (0.4, 0.588m), (0.8, 0.634m), (1.6, 0.673m)];

    public override string Id => "CE5";

    public override string Title => "the entropy of the soft-optimal policy in a state falls and rises again with the temperature";

    private protected override Scenario Create()
    {
        TransitionKernelBuilder kernel = new(2, 2);
        kernel.Add(0, 0, 0, 0.2).Add(0, 0, 1, 0.8).Add(0, 1, 0, 1).Add(1, 0, 1, 1).Add(1, 1, 0, 0.4).Add(1, 1, 1, 0.6);
        return Plain(new MarkovDecisionProcess(kernel.Build(), new StateActionTable(2, 2, [-2.3, 0.2, 0.6, 0.5]), [0.5, 0.5], 0.9)) with { Temperature = 0.1 };
    }

    private protected override IEnumerable<PublishedNumber> Compute(SolvedScenario solved)
    {
        foreach ((double temperature, decimal entropy) in _table)
        {
            SoftSolution solution = SolvedScenario.Solve(new SoftProblem(solved.Mdp, temperature));
            yield return new(FormattableString.Invariant($"entropy of state 0 at temperature {temperature}"), HotterIsMoreRandom.Entropy(solution, 0), entropy);
        }
    }

    private protected override IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal)
    {
        foreach ((double temperature, _) in _table)
        {
            BoundedSolution solution = literal.Solve(literal.CandidateProblem with { Temperature = temperature });
            yield return literal.Entropy(solution.LogPolicy, 0, solution.LogPolicyError);
        }
    }
}
