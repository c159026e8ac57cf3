using Rift.Models;

namespace Rift.Learning.Tests;

/// <summary>The lander, whose kernel is never stored: a coarse one against its stored rows, and the published numbers of the others.</summary>
public class LanderTests
{
    private static readonly Lander _coarse = new() { Columns = 7, SidewaysSpeed = 3, Rows = 6, FallingSpeed = 6, RisingSpeed = 2 };

    [Test]
    public void A_product_and_its_stored_rows_tell_the_same_story()
    {
        MarkovDecisionProcess product = _coarse.ToModel();
        MarkovDecisionProcess stored = new(SparseKernel.From(product.Kernel), product.Reward, product.Initial, product.Discount, product.Description);
        FineTuning one = Tuned(product, threads: 1), other = Tuned(stored, threads: 1);
        foreach ((EvaluatedPolicy mine, EvaluatedPolicy theirs) in Policies(one).Zip(Policies(other)))
        {
            foreach ((CertifiedNumber x, CertifiedNumber y) in Numbers(mine).Zip(Numbers(theirs)))
                Assert.That(x.Value, Is.EqualTo(y.Value).Within(x.ErrorBound + y.ErrorBound));
            Assert.That(Numbers(mine).Max(number => number.ErrorBound), Is.LessThan(1e-6));
        }

        Assert.That(one.RlifSuccess!.Most.Value, Is.EqualTo(other.RlifSuccess!.Most.Value).Within(one.RlifSuccess.Most.ErrorBound + other.RlifSuccess.Most.ErrorBound));
        Assert.That(Policies(Tuned(product, threads: 3)).SelectMany(Numbers), Is.EqualTo(Policies(one).SelectMany(Numbers)), "any number of threads gives the same bits");
    }

    [Test]
    public void A_clone_takes_the_states_of_a_group_for_the_same()
    {
        MarkovDecisionProcess mdp = _coarse.ToModel();
        int[] groups = [.. Enumerable.Range(0, mdp.States).Select(s => s == mdp.States - 1 ? 50 : s % 50)];
        Expert expert = Expert.Of(mdp.WithDescription(mdp.Description with { Aggregation = groups }));
        Policy clone = Prior.Cloned(expert, 20, 0.1, 150, new SplittableRandom(5));
        for (int s = 50; s < mdp.States - 1; s++) Assert.That(clone.LogProbabilities.Row(s).SequenceEqual(clone.LogProbabilities.Row(s % 50)), $"state {s}");
        Assert.That(clone.LogProbabilities.Row(0).ToArray(), Is.Not.EqualTo(Policy.Uniform(mdp.Kernel).LogProbabilities.Row(0).ToArray()));
    }

    // R1 of the experiments' table: an independent computation, to the digits given.
    [TestCase(0.02, 0.980)]
    [TestCase(0.05, 0.250)]
    [TestCase(0.2, 0.173)]
    [TestCase(0.5, 0.102)]
    public void What_interventions_alone_say_of_the_small_lander(double threshold, double success)
    {
        Expert expert = _small.Value;
        SoftProblem interventions = new(expert.Mdp.WithReward(-new QGapStrategy(threshold).Phi(expert)), 0);
        EpisodeVisits visits = EpisodeVisits.Of(expert.Mdp, interventions.Solve().Policy, TimeLimit.FixedHorizon, 150);
        Assert.That(visits.Total(expert.Mdp.Description.Success!).Value, Is.EqualTo(success).Within(0.0005));
    }

    [Test]
    [Category("Campaign")]
    [Explicit("a million states take minutes and a gigabyte; run by name or by category before a release")]
    public void The_large_lander_as_published()
    {
        Expert expert = Expert.Of(Lander.Large.ToModel(), new Execution { Threads = 2 });
        StateActionTable phi = new QGapStrategy(0.2).Phi(expert);
        Policy prior = Prior.Cloned(expert, 150, 0.1, 150, new SplittableRandom(100));
        FineTuning result = FineTuning.Of(expert, prior, phi, 0.1, 150, new Execution { Threads = 2 });
        Assert.Multiple(() =>
        {
            Assert.That(result.Demonstrated.FixedHorizon.Success!.Value.Value, Is.EqualTo(0.9954).Within(0.00005));
            Assert.That(result.RlifUniform.FixedHorizon.Success!.Value.Value, Is.EqualTo(0.130).Within(0.0005));
            // The demonstrations are drawn: priors differ by some hundredths.
            Assert.That(result.Prior.FixedHorizon.Success!.Value.Value, Is.EqualTo(0.406).Within(0.05));
            Assert.That(result.Prior.FixedHorizon.Intervention.Value, Is.EqualTo(0.679).Within(0.05));
            Assert.That(result.Rift.FixedHorizon.Success!.Value.Value, Is.EqualTo(0.950).Within(0.02));
            Assert.That(result.Rift.FixedHorizon.Intervention.Value, Is.EqualTo(0.009).Within(0.01));
            Assert.That(result.Rift.Mode.Success!.Value.Value, Is.EqualTo(0.968).Within(0.02));
        });
    }

    private static readonly Lazy<Expert> _small = new(() => Expert.Of(Lander.Small.ToModel()));

    private static FineTuning Tuned(MarkovDecisionProcess mdp, int threads)
    {
        Execution execution = new() { Threads = threads };
        Expert expert = Expert.Of(mdp, execution);
        Policy prior = Prior.Softened(expert, 0.1, 0.1);
        return FineTuning.Of(expert, prior, new QGapStrategy(0.3).Phi(expert), 0.1, 60, execution);
    }

    private static EvaluatedPolicy[] Policies(FineTuning result) => [result.Demonstrated, result.Prior, result.Rift, result.RlifUniform, result.RlifMaximumEntropy, result.Lexicographic];

    private static CertifiedNumber[] Numbers(EvaluatedPolicy policy) =>
    [
        .. new[] { policy.FixedHorizon, policy.Geometric, policy.Mode }.SelectMany(episodes => new[] { episodes.Success!.Value, episodes.Failure!.Value, episodes.Intervention, episodes.Return, episodes.Length }),
        policy.DiscountedReturn,
        policy.InterventionRate,
    ];
}
