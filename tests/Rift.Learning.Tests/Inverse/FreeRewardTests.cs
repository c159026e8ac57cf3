using Rift.Models;

namespace Rift.Learning.Tests;

public class FreeRewardTests
{
    [Test]
    public void Its_soft_optimum_is_the_policy_that_was_seen([Range(1, 5)] long seed)
    {
        MarkovDecisionProcess mdp = Garnet.Create(6, 3, 2, seed, 0.9);
        SplittableRandom random = new(seed);
        Demonstrations data = Demonstrations.FromCounts(StateActionTable.Create(6, 3, (_, _) => 1 + random.NextInt(9)));
        FreeReward free = FreeReward.Of(mdp.Kernel, data, 0.7);
        SoftSolution solution = new SoftProblem(mdp.WithReward(free.Reward), 0.7).Solve();
        Assert.Multiple(() =>
        {
            for (int s = 0; s < 6; s++)
            {
                double total = data.Counts.Row(s).ToArray().Sum();
                Assert.That(Math.Abs(solution.Values[s]), Is.LessThanOrEqualTo(solution.Certificate.HalfWidth + 1e-12));
                for (int a = 0; a < 3; a++)
                {
                    Assert.That(solution.Policy.LogProbability(s, a), Is.EqualTo(Math.Log(data.Counts[s, a] / total)).Within(solution.Certificate.LogPolicyRadius + 1e-13));
                    double p = data.Counts[s, a] / total;
                    Assert.That(free.StandardErrors[s, a], Is.EqualTo(0.7 * Math.Sqrt((1 - p) / data.Counts[s, a])).Within(1e-12));
                }
            }

            Assert.That(free.Separated, Is.Empty);
            Assert.That(free.Rank, Is.EqualTo(12));
        });
    }

    [Test]
    public void An_action_never_taken_is_separation_until_something_is_added()
    {
        MarkovDecisionProcess lake = WorldCatalog.Create("frozenlake:4x4");
        Demonstrations data = Demonstrations.FromCounts(StateActionTable.Create(lake.States, lake.Actions, (s, a) => s == 0 && a < 2 ? 5 : 0));
        FreeReward free = FreeReward.Of(lake.Kernel, data, 1), smooth = FreeReward.Of(lake.Kernel, data, 1, pseudoCount: 1);
        Assert.Multiple(() =>
        {
            Assert.That(free.Separated, Is.EqualTo(new[] { new Decision(0, 2), new Decision(0, 3) }));
            Assert.That(free.Reward[0, 2], Is.EqualTo(double.NegativeInfinity));
            Assert.That(free.StandardErrors[0, 2], Is.NaN);
            Assert.That(free.StandardErrors[1, 0], Is.EqualTo(double.PositiveInfinity));
            Assert.That(free.Rank, Is.EqualTo(3));
            Assert.That(free.UnvisitedStates, Has.Count.EqualTo(15));
            Assert.That(smooth.Separated, Is.Empty);
            Assert.That(smooth.Policy.Probability(0, 2), Is.EqualTo(1 / 14.0).Within(1e-15));
        });
    }

    [Test]
    public void A_policy_watched_for_ever_is_given_back_without_error()
    {
        MarkovDecisionProcess mdp = Garnet.Create(5, 3, 2, 1, 0.9).WithInitial([0.2, 0.2, 0.2, 0.2, 0.2]);
        Policy expert = new SoftProblem(mdp, 1).Solve().Policy;
        FreeReward free = FreeReward.Of(mdp.Kernel, Demonstrations.OfPolicy(Visitation.Of(mdp, expert)), 1);
        for (int i = 0; i < 15; i++) Assert.That(free.Policy.LogProbabilities[i], Is.EqualTo(expert.LogProbabilities[i]).Within(1e-12));
        Assert.That(free.StandardErrors.MaxAbs(), Is.Zero);
    }
}
