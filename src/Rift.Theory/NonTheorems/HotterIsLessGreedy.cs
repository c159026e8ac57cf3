using Rift.Mdp;

namespace Rift.Theory;

/// <summary>That the greedy action becomes less likely as the temperature rises. False at two states and two actions; true of the return (<see cref="ReturnFallsWithTemperature"/>).</summary>
internal sealed class HotterIsLessGreedy : Statement
{
    public override string Id => "hotter-is-less-greedy";

    public override string Title => "at twice the temperature the action that was likeliest is no likelier in any state";

    /// <remarks>The likeliest action is the one of largest Q; of several the first is meant.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        SoftSolution cold = solved.Candidate, hot = TwiceAsHot.Of(solved);
        return Identity.Worst(Enumerable.Range(0, solved.Mdp.States).Select(s =>
        {
            ReadOnlySpan<double> row = cold.Policy.LogProbabilities.Row(s);
            int greedy = 0;
            for (int a = 1; a < row.Length; a++)
                if (row[a] > row[greedy]) greedy = a;
            return Identity.AtMost(RoundingOf.Probability(hot, s, greedy), RoundingOf.Probability(cold, s, greedy));
        }));
    }
}
