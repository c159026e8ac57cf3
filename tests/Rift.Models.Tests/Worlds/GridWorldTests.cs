using Rift.Mdp;

namespace Rift.Models.Tests;

public class GridWorldTests
{
    // _golden values of an independent implementation in another language, which leaves the end out: its transitions are those between listed states.
    // FrozenLake there lacks the holes and the goal, which are listed states here.
    private static readonly TestCaseData[] _golden =
    [
        new TestCaseData(GridWorld.Pits12.ToModel(), 126, 1425, 0.4141159741) { TestName = "Pits12" },
        new TestCaseData(GridWorld.WindyCliff.ToModel(), 37, 298, 0.7126637043) { TestName = "WindyCliff" },
        new TestCaseData(FrozenLake.Create(FrozenLake.Map8x8), 53, 525, 0.4146403618) { TestName = "FrozenLake8x8" },
    ];

    [TestCaseSource(nameof(_golden))]
    public void Sizes_and_hard_optimal_values_are_the_golden_ones(MarkovDecisionProcess mdp, int liveStates, int transitions, double optimum)
    {
        SoftSolution solution = new SoftProblem(mdp, 0).Solve().RequireConverged();
        int end = mdp.States - 1;
        int[] live = [.. Enumerable.Range(0, end).Where(s => !mdp.Kernel.Successors(s, 0).All(next => next.State == end))];
        int between = live.Sum(s => Enumerable.Range(0, mdp.Actions).Sum(a => mdp.Kernel.Successors(s, a).Count(next => live.Contains(next.State))));
        Assert.Multiple(() =>
        {
            Assert.That(mdp.IsTerminal(end), Is.True);
            Assert.That(live, Has.Length.EqualTo(liveStates));
            Assert.That(between, Is.EqualTo(transitions));
            Assert.That(solution.Objective, Is.EqualTo(optimum).Within(1e-9));
        });
    }
}
