namespace Rift.Mdp.Tests;

public class DemonstrationsTests
{
    [Test]
    public void Trajectories_are_counted_and_drawn_whole()
    {
        Demonstration first = new("a", [new(0, 1), new(0, 1), new(1, 0)]), second = new("b", [new(1, 1)]);
        Demonstrations data = Demonstrations.FromTrajectories(2, 2, [first, second]);
        Assert.Multiple(() =>
        {
            Assert.That(data.Counts.Entries.ToArray(), Is.EqualTo(new double[] { 0, 2, 1, 1 }));
            Assert.That(data.Total, Is.EqualTo(4));
            double[] sizes = [.. Enumerable.Range(0, 20).Select(seed => data.Resampled(new SplittableRandom(seed)).Total).Distinct().Order()];
            Assert.That(sizes, Is.EqualTo(new double[] { 2, 4, 6 }));
        });
    }

    [Test]
    public void Counts_are_drawn_with_the_frequencies_that_they_have()
    {
        Demonstrations data = Demonstrations.FromCounts(new StateActionTable(1, 3, [0, 1, 3]));
        double[] sums = new double[3];
        const int draws = 20_000;
        for (int i = 0; i < draws; i++)
            for (int a = 0; a < 3; a++) sums[a] += data.Resampled(SplittableRandom.Stream(1, i)).Counts[0, a];
        Assert.That(sums[0], Is.Zero);
        // Each of 80,000 decisions is the second with probability 1/4: four standard deviations of the binomial.
        Assert.That(sums[1], Is.EqualTo(draws).Within(4 * Math.Sqrt(4 * draws * 3 / 16.0)));
    }

    [Test]
    public void A_policy_is_watched_by_its_occupancy()
    {
        TransitionKernelBuilder builder = new(2, 1);
        builder.Add(0, 0, 1, 1).Add(1, 0, 1, 1);
        MarkovDecisionProcess mdp = new(builder.Build(), StateActionTable.Constant(2, 1, 0), [1, 0], 0.5);
        Demonstrations data = Demonstrations.OfPolicy(Visitation.Of(mdp, Policy.Uniform(mdp.Kernel)));
        Assert.That(data.IsPopulation, Is.True);
        Assert.That(data.Counts.Entries.ToArray(), Is.EqualTo(new[] { 0.5, 0.5 }).Within(1e-15));
    }

    [Test]
    public void What_are_no_counts_is_refused()
    {
        TransitionKernelBuilder builder = new(1, 2);
        TransitionKernel kernel = builder.Add(0, 0, 0, 1).Build();
        Assert.Multiple(() =>
        {
            Assert.That(() => Demonstrations.FromCounts(StateActionTable.Constant(1, 2, 0)), Throws.ArgumentException);
            Assert.That(() => Demonstrations.FromCounts(new StateActionTable(1, 2, [-1, 2])), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => Demonstrations.FromOutcomes([new StateActionTable(1, 2, [-1, 2]), new StateActionTable(1, 2, [3, 2])]), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => Demonstrations.FromOutcomes([]), Throws.ArgumentException);
            Assert.That(() => Demonstrations.FromTrajectories(1, 2, [new("a", [new(0, 2)])]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Demonstrations.FromCounts(new StateActionTable(1, 2, [1, 1])).RequireFits(kernel), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => Demonstrations.FromCounts(new StateActionTable(2, 1, [1, 1])).RequireFits(kernel), Throws.ArgumentException);
        });
    }
}
