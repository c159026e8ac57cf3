namespace Rift.Learning.Tests;

public class FineTuningTests
{
    private static readonly double[] _klWeights = [0.01, 0.03, 0.1, 0.3, 1, 3, 10];

    [Test]
    public void Psi_does_not_fall_as_the_KL_weight_rises([ValueSource(typeof(Worlds), nameof(Worlds.Names))] string world)
    {
        // Fact F5: the supervisor never stops the expert's own actions. Sharp up to the error of each Psi.
        Expert expert = Worlds.ExpertOf(world);
        (double high, double medium, double low) = Worlds.Thresholds(world);
        int horizon = expert.Mdp.Description.EvaluationHorizon!.Value;
        foreach (Policy prior in new[] { Worlds.PriorOf(world, expert), Prior.Cloned(expert, 3, 0.1, horizon, new SplittableRandom(100)), Prior.Peaked(expert.Mdp.Kernel, new SplittableRandom(4)) })
        {
            foreach (double threshold in new[] { high, medium, low })
            {
                StateActionTable phi = new QGapStrategy(threshold).Phi(expert);
                CertifiedNumber[] psi = [.. _klWeights.Select(weight =>
                {
                    SoftSolution tuned = SoftProblem.FineTuning(expert.Mdp, prior, -phi, weight).Solve();
                    return Objective.Imitation(expert.Visitation, expert.Policy, tuned.Policy, tuned.Certificate.LogPolicyRadius);
                }), Objective.Imitation(expert.Visitation, expert.Policy, prior)];
                for (int i = 1; i < psi.Length; i++) Assert.That(psi[i - 1].Value, Is.LessThanOrEqualTo(psi[i].Value + psi[i - 1].ErrorBound + psi[i].ErrorBound));
            }
        }
    }

    [Test]
    public void Without_interventions_the_prior_stays([ValueSource(typeof(Worlds), nameof(Worlds.Names))] string world)
    {
        // Fact F8.
        Expert expert = Worlds.ExpertOf(world);
        FineTuning result = FineTuning.Of(expert, Worlds.PriorOf(world, expert), new NoInterventions().Phi(expert), 0.1, 20);
        foreach (EvaluatedPolicy tuned in new[] { result.Rift, result.Lexicographic })
        {
            Assert.That(LargestDifference(tuned.Policy, result.Prior.Policy), Is.LessThan(1e-12));
            Assert.That(tuned.FixedHorizon.Success!.Value.Value, Is.EqualTo(result.Prior.FixedHorizon.Success!.Value.Value).Within(1e-11));
        }
    }

    [Test]
    public void RLIF_with_uniform_ties_is_uniform_on_what_is_never_stopped([ValueSource(typeof(Worlds), nameof(Worlds.Names))] string world)
    {
        Expert expert = Worlds.ExpertOf(world);
        StateActionTable phi = new QGapStrategy(Worlds.Thresholds(world).Medium).Phi(expert);
        Policy rlif = FineTuning.Of(expert, Policy.Uniform(expert.Mdp.Kernel), phi, 1, 20).RlifUniform.Policy;
        for (int s = 0; s < phi.States; s++)
        {
            int free = Enumerable.Range(0, phi.Actions).Count(a => expert.Mdp.IsAvailable(s, a) && phi[s, a] == 0);
            for (int a = 0; a < phi.Actions; a++)
                Assert.That(rlif.Probability(s, a), Is.EqualTo(expert.Mdp.IsAvailable(s, a) && phi[s, a] == 0 ? 1.0 / free : 0).Within(1e-15));
        }
    }

    [Test]
    public void A_weight_of_zero_is_the_lexicographic_limit_and_a_small_weight_is_near_it()
    {
        Expert expert = Worlds.ExpertOf("windycliff");
        Policy prior = Worlds.PriorOf("windycliff", expert);
        StateActionTable phi = new QGapStrategy(0.036).Phi(expert);
        FineTuning zero = FineTuning.Of(expert, prior, phi, 0, 60), small = FineTuning.Of(expert, prior, phi, 1e-3, 60);
        Assert.That(LargestDifference(zero.Rift.Policy, zero.Lexicographic.Policy), Is.Zero);
        Assert.That(LargestDifference(small.Rift.Policy, zero.Lexicographic.Policy), Is.LessThan(1e-9));
    }

    [Test]
    public void With_a_uniform_prior_the_limits_of_RIFT_and_of_RLIF_at_maximum_entropy_are_one()
    {
        Expert expert = Worlds.ExpertOf("pits12");
        FineTuning result = FineTuning.Of(expert, Policy.Uniform(expert.Mdp.Kernel), new QGapStrategy(0.034).Phi(expert), 0.1, 100);
        Assert.That(LargestDifference(result.Lexicographic.Policy, result.RlifMaximumEntropy.Policy), Is.Zero);
    }

    [Test]
    public void The_discounted_return_is_the_value_of_the_policy()
    {
        Expert expert = Worlds.ExpertOf("fourrooms");
        FineTuning result = FineTuning.Of(expert, Worlds.PriorOf("fourrooms", expert), new QGapStrategy(0.021).Phi(expert), 0.1, 100);
        foreach (EvaluatedPolicy policy in new[] { result.Prior, result.Rift, result.Demonstrated })
        {
            CertifiedNumber value = PolicyValue.Of(new SoftProblem(expert.Mdp, 0), policy.Policy).Objective;
            Assert.That(policy.DiscountedReturn.Value, Is.EqualTo(value.Value).Within(policy.DiscountedReturn.ErrorBound + value.ErrorBound));
        }

        Assert.That(result.Demonstrated.DiscountedReturn.Value, Is.EqualTo(expert.Solution.Objective).Within(1e-10));
    }

    // The values that an independent program found, to the digits it printed.
    [TestCase("pits12", 0.936, 0.598, 0.934, 0.361, 0.005)]
    [TestCase("fourrooms", 0.897, 0.581, 0.897, 0.891, 0.012)]
    [TestCase("windycliff", 1.000, 0.841, 1.000, 0.295, 0.005)]
    [TestCase("frozenlake:8x8", 0.863, 0.863, 0.853, 0.181, 0.018)]
    public void Experts_and_RLIF_reach_what_was_printed_of_them(string world, double success, double earned, double high, double medium, double low)
    {
        Expert expert = Worlds.ExpertOf(world);
        (double b1, double b2, double b3) = Worlds.Thresholds(world);
        foreach ((double threshold, double printed) in new[] { (b1, high), (b2, medium), (b3, low) })
        {
            FineTuning result = FineTuning.Of(expert, Policy.Uniform(expert.Mdp.Kernel), new QGapStrategy(threshold).Phi(expert), 1, expert.Mdp.Description.EvaluationHorizon!.Value);
            Assert.That(result.RlifUniform.FixedHorizon.Success!.Value.Value, Is.EqualTo(printed).Within(0.00051));
            Assert.That(result.Demonstrated.FixedHorizon.Success!.Value.Value, Is.EqualTo(success).Within(0.00051));
            Assert.That(result.Demonstrated.FixedHorizon.Return.Value, Is.EqualTo(earned).Within(0.00051));
        }
    }

    [TestCase("pits12", 0, 0.941, 0, 0.946, 0, 0.965)]
    [TestCase("windycliff", 0, 1, 0, 1, 0, 1)]
    [TestCase("frozenlake:8x8", 0.760, 0.911, 0, 0.913, 0, 0.913)]
    public void RLIF_may_end_anywhere_between_what_was_printed(string world, params double[] printed)
    {
        Expert expert = Worlds.ExpertOf(world);
        (double high, double medium, double low) = Worlds.Thresholds(world);
        int horizon = expert.Mdp.Description.EvaluationHorizon!.Value;
        foreach ((int i, double threshold) in new[] { high, medium, low }.Index())
        {
            FineTuning result = FineTuning.Of(expert, Worlds.PriorOf(world, expert), new QGapStrategy(threshold).Phi(expert), 0.1, horizon);
            Assert.Multiple(() =>
            {
                Assert.That(result.RlifSuccess!.Least.Value, Is.EqualTo(printed[2 * i]).Within(0.00051));
                Assert.That(result.RlifSuccess.Most.Value, Is.EqualTo(printed[(2 * i) + 1]).Within(0.00051));
                foreach (EvaluatedPolicy optimum in new[] { result.RlifUniform, result.RlifMaximumEntropy, result.Lexicographic, result.Demonstrated })
                {
                    CertifiedNumber success = optimum.FixedHorizon.Success!.Value;
                    Assert.That(success.Value, Is.GreaterThanOrEqualTo(result.RlifSuccess.Least.Value - success.ErrorBound - result.RlifSuccess.Least.ErrorBound));
                    Assert.That(success.Value, Is.LessThanOrEqualTo(result.RlifSuccess.Most.Value + success.ErrorBound + result.RlifSuccess.Most.ErrorBound));
                }
            });
        }
    }

    private static double LargestDifference(Policy left, Policy right) => (left.Probabilities - right.Probabilities).MaxAbs();
}
