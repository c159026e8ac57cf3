using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class BijectionTests
{
    [Property]
    public void From_Q_to_policy_and_values_and_back(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        StateActionTable q = small.Table(small.Rewards);
        double[] values = Bijection.ValuesOf(problem, q);
        StateActionTable back = Bijection.QOf(problem, Bijection.PolicyOf(problem, q), values);
        AssertClose(problem, back, q, 16 * Rounding.Unit * (q.MaxAbs() + SoftProblem.LargestAbs(values) + (small.Temperature * 2000)));
    }

    [Property]
    public void A_constant_on_Q_moves_values_and_not_policies_up_to_the_stated_rounding(SmallProblem small)
    {
        // 2^30 times the temperature: adding it rounds Q by half a unit in its last place, which each side may see once more.
        SoftProblem problem = small.Problem;
        StateActionTable q = small.Table(small.PolicyWeights);
        double shift = Math.Pow(2, 30) * small.Temperature;
        StateActionTable shifted = q.Map(x => x + shift);
        double input = Rounding.Unit * shifted.MaxAbs(), bound = input + Bijection.ValueRounding(problem, q) + Bijection.ValueRounding(problem, shifted) + (2 * Rounding.Unit * shift);
        double[] before = Bijection.ValuesOf(problem, q), after = Bijection.ValuesOf(problem, shifted);
        Policy x = Bijection.PolicyOf(problem, q), y = Bijection.PolicyOf(problem, shifted);
        double logBound = (2 * input / small.Temperature) + Bijection.LogPolicyRounding(problem, q) + Bijection.LogPolicyRounding(problem, shifted);
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(after[s] - shift, Is.EqualTo(before[s]).Within(bound));
            for (int a = 0; a < small.Actions; a++)
                if (problem.IsAvailable(s, a)) Assert.That(y.LogProbability(s, a), Is.EqualTo(x.LogProbability(s, a)).Within(logBound));
        }
    }

    [Property]
    public void From_reward_to_Q_and_back(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        SoftSolution solution = problem.Solve();
        // r = Q - gamma E V, with V and Q of the solution: each off by its radius.
        double bound = 2 * (solution.Certificate.QRadius + solution.Certificate.HalfWidth);
        AssertClose(problem, Bijection.RewardOf(problem, solution.Q), problem.Mdp.Reward, bound);
    }

    [Property]
    public void From_policy_and_values_to_the_reward_whose_optimum_they_are(SmallProblem small)
    {
        double[] values = small.Rewards[..small.States];
        SoftProblem problem = small.Plain;
        Policy policy = small.Policy;
        StateActionTable reward = Bijection.RewardOf(problem, policy, values);
        SoftSolution solution = problem.WithReward(reward).Solve();
        double rounding = 8 * Rounding.Unit * (SoftProblem.LargestAbs(values) + reward.MaxAbs() + (20 * small.Temperature)) / (1 - small.Discount);
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(solution.Values[s], Is.EqualTo(values[s]).Within(solution.Certificate.HalfWidth + rounding));
            for (int a = 0; a < small.Actions; a++)
                if (problem.Mdp.IsAvailable(s, a))
                    Assert.That(solution.Policy.LogProbability(s, a), Is.EqualTo(policy.LogProbability(s, a)).Within(solution.Certificate.LogPolicyRadius + (2 * rounding / small.Temperature)));
        }
    }

    [Test]
    public void Actions_that_cannot_be_taken_hold_zero_whether_the_process_or_the_base_measure_takes_them_away()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(1, 3).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(1, 3, 0), [1], 0.5);
        SoftProblem problem = new(mdp, 1, new StateActionTable(1, 3, [0, double.NegativeInfinity, 0]));
        Policy policy = Bijection.PolicyOf(problem, new StateActionTable(1, 3, [2, 5, 7]));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Bijection.QOf(problem, policy, [2]).Entries.ToArray(), Is.EqualTo(new double[] { 2, 0, 0 }));
            Assert.That(Bijection.RewardOf(problem, policy, [2]).Entries.ToArray(), Is.EqualTo(new double[] { 1, 0, 0 }));
            Assert.That(Bijection.RewardOf(problem, new StateActionTable(1, 3, [2, 5, 7])).Entries.ToArray(), Is.EqualTo(new double[] { 1, 0, 0 }));
        }
    }

    [Test]
    public void Tables_that_do_not_fit_are_refused()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), StateActionTable.Constant(1, 2, 0), [1], 0.5);
        SoftProblem problem = new(mdp, 1);
        StateActionTable wrong = new(2, 1, [0, 0]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Bijection.ValuesOf(problem, wrong), Throws.ArgumentException.With.Message.EqualTo("found a 2 x 1 table, expected 1 x 2 (Parameter 'q')"));
            Assert.That(() => Bijection.PolicyOf(problem, wrong), Throws.ArgumentException.With.Message.EqualTo("found a 2 x 1 table, expected 1 x 2 (Parameter 'q')"));
            Assert.That(() => Bijection.QOf(problem, Policy.Uniform(mdp.Kernel), [0, 0]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 1 (Parameter 'values')"));
            Assert.That(() => Bijection.PolicyOf(new SoftProblem(mdp, 0), mdp.Reward), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a positive finite number"));
        }
    }

    private static void AssertClose(SoftProblem problem, StateActionTable found, StateActionTable expected, double bound)
    {
        for (int s = 0; s < found.States; s++)
            for (int a = 0; a < found.Actions; a++)
                if (problem.IsAvailable(s, a))
                    Assert.That(found[s, a], Is.EqualTo(expected[s, a]).Within(bound), $"state {s}, action {a}");
    }
}
