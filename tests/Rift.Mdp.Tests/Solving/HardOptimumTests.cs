using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Temperature zero: values, ties and the limit of falling temperatures.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class HardOptimumTests
{
    [Test]
    public void The_recycling_robot_of_Sutton_and_Barto_searches_when_it_should()
    {
        // Sutton and Barto, Reinforcement Learning, 2nd edition, example 3.3 with alpha = beta = 0.5, r_search = 2, r_wait = 1, rescue -3, discount 0.9.
        // By hand: at high always search; at low recharge, for V(high) = 2 + 0.9 (V(high) + V(low)) / 2 and V(low) = 0.9 V(high) give 2/(0.55 - 0.405).
        TransitionKernel kernel = new TransitionKernelBuilder(2, 3)
            .Add(0, 0, 0, 0.5).Add(0, 0, 1, 0.5).Add(0, 1, 0, 1).Add(1, 0, 1, 0.5).Add(1, 0, 0, 0.5).Add(1, 1, 1, 1).Add(1, 2, 0, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, new StateActionTable(2, 3, [2, 1, 0, (0.5 * 2) - (0.5 * 3), 1, 0]), [1, 0], 0.9);
        SoftSolution solution = new SoftProblem(mdp, 0).Solve();
        double high = 2 / (0.55 - 0.405);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solution.Values.ToArray(), Is.EqualTo(new[] { high, 0.9 * high }).Within(1e-9));
            Assert.That(solution.Policy.Probability(0, 0), Is.EqualTo(1));
            Assert.That(solution.Policy.Probability(1, 2), Is.EqualTo(1));
            Assert.That(solution.Certificate.LogPolicyRadius, Is.Zero);
        }
    }

    [Test]
    public void Ties_are_uniform_and_proved()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Add(0, 2, 0, 1).Build(), new StateActionTable(1, 3, [1, 1, 0.5]), [1], 0.9);
        SoftSolution solution = new SoftProblem(mdp, 0).Solve();
        Assert.That(solution.Policy.Probabilities.Entries.ToArray(), Is.EqualTo(new[] { 0.5, 0.5, 0 }));
        Assert.That(solution.Certificate.LogPolicyRadius, Is.Zero);
        Assert.That(solution.TieTolerance, Is.EqualTo(1e-9).Within(1e-12));
    }

    [Test]
    public void Best_actions_that_the_bracket_cannot_tell_apart_are_not_proved()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 2).Add(0, 0, 0, 1).Add(0, 1, 1, 1).Add(1, 0, 0, 1).Add(1, 1, 1, 1).Build(), new StateActionTable(2, 2, [1, 0.9, 0, 0.2]), [1, 0], 0.9);
        Assert.That(new SoftProblem(mdp, 0).Solve(new ValueIteration { MaxIterations = 1 }).Certificate.LogPolicyRadius, Is.EqualTo(double.PositiveInfinity));
        Assert.That(new SoftProblem(mdp, 0).Solve().Certificate.LogPolicyRadius, Is.Zero);
    }

    [Test]
    public void Only_where_it_is_minus_infinity_does_the_base_measure_matter_to_the_value()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Add(0, 2, 0, 1).Build(), new StateActionTable(1, 3, [1, 2, 3]), [1], 0);
        Assert.That(new SoftProblem(mdp, 0, new StateActionTable(1, 3, [50, -50, double.NegativeInfinity])).Solve().Values[0], Is.EqualTo(2));
    }

    [Test]
    public void The_lexicographic_policy_has_its_closed_form()
    {
        // pi(a|0) is proportional to pi0(a) K_a^gamma with K = 0.1 and 0.9 the prior mass of quiet actions one step on.
        SoftSolution solution = BackwardInductionTests.Fork().Solve();
        double left = Math.Pow(0.1, 0.5), right = Math.Pow(0.9, 0.5);
        Assert.That(solution.Policy.LogProbability(0, 0), Is.EqualTo(Math.Log(left / (left + right))).Within(solution.Certificate.LogPolicyRadius + (8 * Rounding.Unit)));
        Assert.That(solution.Policy.LogProbability(0, 1), Is.EqualTo(Math.Log(right / (left + right))).Within(solution.Certificate.LogPolicyRadius + (8 * Rounding.Unit)));
        Assert.That(solution.Policy.Probability(1, 1), Is.Zero);
        Assert.That(solution.Certificate.LogPolicyRadius, Is.GreaterThan(0).And.LessThan(1e-12), "it was iterated for, so it is not exact");
    }

    [Property]
    public void Lexicographic_ties_are_the_limit_of_residual_Q_learning_as_the_temperature_falls(SmallProblem small)
    {
        // Costs of 0 and 1 tie often. At a temperature of a 1000th of the smallest gap, what is not best has a probability below exp(-1000 + K), where K, what
        // the prior's preferences add up to, stays below a few hundred; up to that V = V0 + alpha K, and the soft problem is the tie-breaking one.
        MarkovDecisionProcess mdp = small.Mdp.WithReward(small.Table(small.Rewards).Map(r => r > 0 ? -1 : 0)).WithDiscount(Math.Min(small.Discount, 0.9));
        Policy prior = small.Policy;
        SoftSolution hard = SoftProblem.ResidualQLearning(mdp, prior, mdp.Reward, 0).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        double gap = double.PositiveInfinity;
        for (int s = 0; s < small.States; s++)
        {
            double best = SoftBackup.Best(hard.Q.Row(s), hard.Problem.BaseRow(s));
            for (int a = 0; a < small.Actions; a++)
                if (hard.Problem.IsAvailable(s, a) && best - hard.Q[s, a] > hard.TieTolerance) gap = Math.Min(gap, best - hard.Q[s, a]);
        }

        double temperature = Math.Min(gap, 1) / 1000;
        SoftSolution soft = SoftProblem.ResidualQLearning(mdp, prior, mdp.Reward, temperature).Solve(new Auto { Tolerance = Tolerance.RoundingFloor });
        // Ties may be broken by the rounding of the inputs: by at most the radius of Q, each step.
        double radius = soft.Certificate.LogPolicyRadius + hard.Certificate.LogPolicyRadius + (4 * hard.Certificate.QRadius / temperature / (1 - mdp.Discount));
        for (int s = 0; s < small.States; s++)
        {
            for (int a = 0; a < small.Actions; a++)
            {
                if (hard.Policy.Probability(s, a) > 0) Assert.That(soft.Policy.LogProbability(s, a), Is.EqualTo(hard.Policy.LogProbability(s, a)).Within(radius), $"state {s}, action {a}");
                else Assert.That(soft.Policy.Probability(s, a), Is.LessThan(1e-60));
            }
        }
    }

    [Property]
    public void The_gap_to_the_soft_value_is_at_most_the_discounted_entropy(SmallProblem small)
    {
        SoftSolution hard = new SoftProblem(small.Mdp, 0).Solve(), soft = small.Plain.Solve();
        double entropy = small.Temperature * Math.Log(small.Actions) / (1 - small.Discount), bound = hard.Certificate.HalfWidth + soft.Certificate.HalfWidth;
        for (int s = 0; s < small.States; s++)
            Assert.That(soft.Values[s] - hard.Values[s], Is.GreaterThanOrEqualTo(-bound).And.LessThanOrEqualTo((entropy * (1 + 1e-15)) + bound));
    }
}
