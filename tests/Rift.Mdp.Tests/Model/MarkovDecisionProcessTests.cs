namespace Rift.Mdp.Tests;

public class MarkovDecisionProcessTests
{
    private static readonly SparseKernel _kernel = new TransitionKernelBuilder(2, 2).Add(0, 0, 1, 1).Add(0, 1, 0, 1).Add(1, 0, 1, 1).Build();
    private static readonly StateActionTable _reward = new(2, 2, [1, 2, 0, double.NaN]);

    [Test]
    public void A_process_knows_its_parts()
    {
        MarkovDecisionProcess mdp = new(_kernel, _reward, [0.25, 0.75], 0.9);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((mdp.States, mdp.Actions, mdp.Discount), Is.EqualTo((2, 2, 0.9)));
            Assert.That(mdp.Initial.ToArray(), Is.EqualTo(new[] { 0.25, 0.75 }));
            Assert.That(mdp.Kernel, Is.SameAs(_kernel));
            Assert.That(mdp.Reward[0, 1], Is.EqualTo(2));
            Assert.That(mdp.IsAvailable(0, 1));
            Assert.That(mdp.IsAvailable(1, 1), Is.False);
            Assert.That(mdp.Description, Is.SameAs(ModelDescription.None));
            Assert.That(mdp.ToString(), Is.EqualTo("MDP: 2 states, 2 actions, discount 0.9"));
        }
    }

    [Test]
    public void The_reward_of_an_action_that_is_not_available_reads_as_zero() =>
        Assert.That(new MarkovDecisionProcess(_kernel, _reward, [1, 0], 0).Reward[1, 1], Is.Zero);

    [Test]
    public void Copies_share_the_kernel()
    {
        MarkovDecisionProcess mdp = new(_kernel, _reward, [1, 0], 0.9);
        MarkovDecisionProcess[] copies = [mdp.WithReward(2 * mdp.Reward), mdp.WithInitial([0, 1]), mdp.WithDiscount(0.5), mdp.WithDescription(new ModelDescription { Name = "pair" })];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(copies.Select(copy => copy.Kernel), Is.All.SameAs(_kernel));
            Assert.That(copies[0].Reward[0, 1], Is.EqualTo(4));
            Assert.That(copies[1].Initial.ToArray(), Is.EqualTo(new double[] { 0, 1 }));
            Assert.That(copies[2].Discount, Is.EqualTo(0.5));
            Assert.That(copies[3].ToString(), Is.EqualTo("pair: 2 states, 2 actions, discount 0.9"));
            Assert.That((mdp.Reward[0, 1], mdp.Discount, mdp.Initial[0]), Is.EqualTo((2.0, 0.9, 1.0)));
        }
    }

    [Test]
    public void The_initial_distribution_is_copied()
    {
        double[] initial = [1, 0];
        MarkovDecisionProcess mdp = new(_kernel, _reward, initial, 0.9);
        initial[0] = 0;
        Assert.That(mdp.Initial[0], Is.EqualTo(1));
    }

    [Test]
    public void An_end_is_a_single_action_that_stays_without_reward()
    {
        MarkovDecisionProcess mdp = new(_kernel, _reward, [1, 0], 0.9);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(mdp.IsTerminal(1));
            Assert.That(mdp.IsTerminal(0), Is.False, "two actions");
            Assert.That(mdp.WithReward(new StateActionTable(2, 2, [0, 0, 1, 0])).IsTerminal(1), Is.False, "a reward");
            Assert.That(new MarkovDecisionProcess(new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 1, 1).Build(), StateActionTable.Constant(2, 1, 0), [1, 0], 0).IsTerminal(0), Is.False, "it leaves");
        }
    }

    [TestCase(1.0)]
    [TestCase(-1.0)]
    [TestCase(-1e-300)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_discount_outside_zero_to_one_is_refused(double discount) => Assert.That(
        () => new MarkovDecisionProcess(_kernel, _reward, [1, 0], discount),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a discount of at least 0 and below 1 (Parameter 'discount')"));

    [Test]
    public void Parts_that_do_not_fit_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new MarkovDecisionProcess(null!, _reward, [1, 0], 0), Throws.ArgumentNullException);
            Assert.That(() => new MarkovDecisionProcess(_kernel, null!, [1, 0], 0), Throws.ArgumentNullException);
            Assert.That(() => new MarkovDecisionProcess(_kernel, new StateActionTable(1, 2, [0, 0]), [1, 0], 0), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 2 table, expected 2 x 2 (Parameter 'reward')"));
            Assert.That(() => new MarkovDecisionProcess(_kernel, _reward, [1], 0), Throws.ArgumentException.With.Message.EqualTo("found 1 entries, expected 2 (Parameter 'initial')"));
            Refused(new StateActionTable(2, 2, [0, double.NaN, 0, 0]), [1, 0], "state 0, action 1: found the reward NaN, expected a finite number");
            Refused(new StateActionTable(2, 2, [0, 0, double.NegativeInfinity, 0]), [1, 0], "state 1, action 0: found the reward -Infinity, expected a finite number");
            Refused(_reward, [0.5, 0.25], "the initial distribution sums to 0.75, expected 1 within 1e-12");
            Refused(_reward, [1.5, -0.5], "state 0: found the initial probability 1.5, expected a number from 0 to 1");
            Refused(_reward, [1, double.NaN], "state 1: found the initial probability NaN, expected a number from 0 to 1");
        }

        static void Refused(StateActionTable reward, double[] initial, string message) =>
            Assert.That(() => new MarkovDecisionProcess(_kernel, reward, initial, 0), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo(message));
    }
}
