using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class PolicyTests
{
    private const double Never = double.NegativeInfinity;

    [Property]
    public void Rows_sum_to_one_and_survive_a_round_trip(SmallProblem small)
    {
        Policy policy = small.Prior, again = Policy.FromLogProbabilities(policy.LogProbabilities), plain = Policy.FromProbabilities(policy.Probabilities);
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(Enumerable.Range(0, small.Actions).Sum(a => policy.Probability(s, a)), Is.EqualTo(1).Within(1e-14));
            for (int a = 0; a < small.Actions; a++)
            {
                Assert.That(again.LogProbability(s, a), Is.EqualTo(policy.LogProbability(s, a)));
                Assert.That(plain.LogProbability(s, a), Is.EqualTo(policy.LogProbability(s, a)).Within(1e-13));
            }
        }
    }

    [Property]
    public void Divergence_is_positive_and_zero_from_itself(SmallProblem small)
    {
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(small.Policy.Divergence(small.Prior, s), Is.GreaterThanOrEqualTo(-1e-13));
            Assert.That(small.Policy.Divergence(small.Policy, s), Is.Zero);
        }
    }

    [Property]
    public void Divergence_from_the_uniform_policy_is_the_entropy_that_is_missing(SmallProblem small)
    {
        SparseKernel kernel = small.Kernel;
        for (int s = 0; s < small.States; s++)
        {
            int available = Enumerable.Range(0, small.Actions).Count(a => kernel.IsAvailable(s, a));
            Assert.That(small.Policy.Divergence(Policy.Uniform(kernel), s), Is.EqualTo(Math.Log(available) - small.Policy.Entropy(s)).Within(1e-13));
            Assert.That(Policy.Uniform(kernel).Entropy(s), Is.EqualTo(Math.Log(available)).Within(1e-15 * small.Actions));
        }
    }

    [Test]
    public void Tiny_probabilities_keep_their_logarithms()
    {
        Policy policy = Policy.Softmax(new StateActionTable(1, 3, [0, -690, -2000]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy.LogProbability(0, 1), Is.EqualTo(-690));
            Assert.That(policy.LogProbability(0, 2), Is.EqualTo(-2000));
            Assert.That(policy.Probability(0, 2), Is.Zero);
        }
    }

    [TestCase(1e6)]
    [TestCase(-1e6)]
    [TestCase(1e9)]
    public void Weights_with_a_large_common_part_give_rows_that_sum_to_one(double common)
    {
        Policy policy = Policy.Softmax(StateActionTable.Constant(1, 3, common));
        Assert.That(policy.Probabilities.Sum(), Is.EqualTo(1).Within(1e-15));
        Assert.That(policy.LogProbability(0, 0), Is.EqualTo(-Math.Log(3)).Within(1e-15));
    }

    [Test]
    public void Where_the_support_fails_divergence_is_infinite()
    {
        Policy sure = Policy.Deterministic([0], 2), even = Policy.FromProbabilities(new StateActionTable(1, 2, [0.5, 0.5]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(even.Divergence(sure, 0), Is.EqualTo(double.PositiveInfinity));
            Assert.That(sure.Divergence(even, 0), Is.EqualTo(Math.Log(2)));
            Assert.That(sure.Entropy(0), Is.Zero);
        }
    }

    [Test]
    public void The_support_fails_also_at_a_probability_below_the_smallest_double()
    {
        Policy tiny = Policy.Softmax(new StateActionTable(1, 2, [0, -2000])), sure = Policy.Deterministic([0], 2);
        Assert.That(tiny.Divergence(sure, 0), Is.EqualTo(double.PositiveInfinity));
    }

    [Test]
    public void The_mode_is_uniform_over_ties_or_drawn_among_them()
    {
        Policy policy = Policy.FromProbabilities(new StateActionTable(2, 3, [0.4, 0.4, 0.2, 0.1, 0.2, 0.7]));
        Policy mode = policy.Mode();
        Assert.That(mode.Probabilities.Entries.ToArray(), Is.EqualTo(new[] { 0.5, 0.5, 0, 0, 0, 1 }));
        Assert.That(policy.Mode(tieTolerance: 2).Probabilities.Row(0).ToArray(), Is.EqualTo(new[] { 1 / 3.0, 1 / 3.0, 1 / 3.0 }).Within(1e-15));
        int first = Enumerable.Range(0, 1000).Count(seed => policy.Mode(new SplittableRandom(seed)).Probability(0, 0) == 1);
        Assert.That(first, Is.EqualTo(500).Within(5 * Math.Sqrt(250)));
        Assert.That(policy.Mode(new SplittableRandom(1)).Probability(1, 2), Is.EqualTo(1));
    }

    [Test]
    public void Samples_follow_the_probabilities()
    {
        Policy policy = Policy.FromProbabilities(new StateActionTable(1, 3, [0.5, 0, 0.5]));
        SplittableRandom random = new(3);
        int[] counts = new int[3];
        for (int i = 0; i < 10_000; i++) counts[policy.Sample(0, random)]++;
        Assert.That(counts[1], Is.Zero);
        Assert.That(counts[0], Is.EqualTo(5000).Within(250));
    }

    [Test]
    public void What_is_no_policy_is_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refused(() => Policy.FromProbabilities(new StateActionTable(1, 2, [0.5, 0.4])), "state 0: probabilities sum to 0.9, expected 1 within 1e-12");
            Refused(() => Policy.FromProbabilities(new StateActionTable(1, 2, [1.5, -0.5])), "state 0, action 0: found the probability 1.5, expected a number from 0 to 1");
            Refused(() => Policy.FromProbabilities(new StateActionTable(1, 2, [1, double.NaN])), "state 0, action 1: found the probability NaN, expected a number from 0 to 1");
            Refused(() => Policy.FromLogProbabilities(new StateActionTable(1, 2, [Never, Never])), "state 0: probabilities sum to 0, expected 1 within 1e-12");
            Refused(() => Policy.FromLogProbabilities(new StateActionTable(1, 2, [0, double.NaN])), "state 0, action 1: found the probability NaN, expected a number from 0 to 1");
            Refused(() => Policy.Softmax(new StateActionTable(2, 2, [0, 0, 0, double.NaN])), "state 1, action 1: found the log-weight NaN, expected a number or negative infinity");
            Refused(() => Policy.Softmax(new StateActionTable(1, 2, [0, double.PositiveInfinity])), "state 0, action 1: found the log-weight Infinity, expected a number or negative infinity");
            Refused(() => Policy.Softmax(new StateActionTable(1, 2, [Never, Never])), "state 0: found no available action, expected at least one");
            Assert.That(() => Policy.Deterministic([0, 2], 2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected 0 to 1 (Parameter 'chosen')"));
            Assert.That(() => Policy.Deterministic([], 2), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Policy.Deterministic([0], 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => Policy.Deterministic([0], 2).Mode(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'tieTolerance')"));
            Assert.That(() => Policy.Deterministic([0], 2).Divergence(Policy.Deterministic([0], 3), 0), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 3 table, expected 1 x 2 (Parameter 'other')"));
        }
    }

    [Test]
    public void A_policy_fits_a_process_if_it_takes_available_actions_only()
    {
        SparseKernel kernel = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Build();
        Policy fits = Policy.Deterministic([0], 2);
        Assert.That(fits.RequireFits(kernel), Is.SameAs(fits));
        Refused(() => Policy.FromProbabilities(new StateActionTable(1, 2, [0.75, 0.25])).RequireFits(kernel), "state 0, action 1: the policy has probability 0.25, expected 0, for the action is not available");
        Assert.That(() => Policy.Deterministic([0], 1).RequireFits(kernel), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 1 table, expected 1 x 2 (Parameter 'policy')"));
    }

    private static void Refused(Action bad, string message) => Assert.That(bad, Throws.TypeOf<InvalidModelException>().With.Message.EqualTo(message));

    [Test]
    public void Checking_a_large_policy_makes_no_second_table()
    {
        const int States = 10_000, Actions = 8;
        StateActionTable logs = StateActionTable.Constant(States, Actions, -Math.Log(Actions));
        Policy.FromLogProbabilities(logs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Policy.FromLogProbabilities(logs);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(States * sizeof(double)));
    }

    [Test]
    public void The_uniform_policy_has_the_bits_of_equal_weights()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(2, 3).Add(0, 0, 1, 1).Add(0, 1, 1, 1).Add(0, 2, 1, 1).Add(1, 1, 0, 1).Build();
        StateActionTable weights = new(2, 3, [0, 0, 0, double.NegativeInfinity, 0, double.NegativeInfinity]);
        Assert.That(Policy.Uniform(kernel).LogProbabilities.Entries.ToArray(), Is.EqualTo(Policy.Softmax(weights).LogProbabilities.Entries.ToArray()));
    }
}
