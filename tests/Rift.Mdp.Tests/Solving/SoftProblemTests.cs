using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Refusals, and what leaves the optimal policy as it is.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SoftProblemTests
{
    private const double Never = double.NegativeInfinity;
    private static readonly MarkovDecisionProcess _mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), StateActionTable.Constant(1, 2, 0), [1], 0.5);

    [TestCase(-1.0)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_temperature_that_is_negative_or_not_finite_is_refused(double temperature) => Assert.That(
        () => new SoftProblem(_mdp, temperature),
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'temperature')"));

    [Test]
    public void Base_measures_that_are_none_are_refused()
    {
        using (Assert.EnterMultipleScope())
        {
            Refused([0, double.NaN], "state 0, action 1: found the log base measure NaN, expected a finite number or negative infinity");
            Refused([double.PositiveInfinity, 0], "state 0, action 0: found the log base measure Infinity, expected a finite number or negative infinity");
            Refused([Never, Never], "state 0: found no available action, expected at least one");
            Assert.That(() => new SoftProblem(_mdp, 1, new StateActionTable(1, 1, [0])), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 1 table, expected 1 x 2 (Parameter 'logBase')"));
            Assert.That(() => SoftProblem.ResidualQLearning(_mdp, Policy.Deterministic([0], 2), _mdp.Reward, 1, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'priorScale')"));
            Assert.That(() => SoftProblem.FineTuning(_mdp, Policy.Deterministic([0], 2), _mdp.Reward, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'klWeight')"));
            Assert.That(() => SoftProblem.FineTuning(_mdp, Policy.Deterministic([0], 1), _mdp.Reward, 1), Throws.ArgumentException.With.Message.EqualTo("found a 1 x 1 table, expected 1 x 2 (Parameter 'policy')"));
        }

        static void Refused(double[] logBase, string message) =>
            Assert.That(() => new SoftProblem(_mdp, 1, new StateActionTable(1, 2, logBase)), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo(message));
    }

    [TestCase(1e307, 1)]
    [TestCase(1, 1e307)]
    public void Problems_whose_values_would_overflow_are_refused(double reward, double temperature) => Assert.That(
        () => new SoftProblem(_mdp.WithReward(StateActionTable.Constant(1, 2, reward)), temperature),
        Throws.ArgumentException.With.Message.Matches(@"^found values that can reach [0-9.]+E\+307, expected \(max \|r\| \+ alpha \(max \|l\| \+ log A\)\) / \(1 - gamma\) below 2\.81E\+306 \(Parameter 'mdp'\)$"));

    [Test]
    public void The_base_measure_is_minus_infinity_where_an_action_is_not_available()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Build(), StateActionTable.Constant(1, 2, 0), [1], 0.5);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new SoftProblem(mdp, 1).Base(0, 1), Is.EqualTo(Never));
            Assert.That(new SoftProblem(mdp, 1, new StateActionTable(1, 2, [3, 5])).Base(0, 1), Is.EqualTo(Never));
            Assert.That(new SoftProblem(mdp, 1, new StateActionTable(1, 2, [3, double.NaN])).Base(0, 0), Is.EqualTo(3));
            Assert.That(new SoftProblem(_mdp, 1).Base(0, 1), Is.Zero);
        }
    }

    [Test]
    public void At_prior_scale_zero_the_prior_is_forgotten_also_where_it_is_zero()
    {
        SoftProblem problem = SoftProblem.ResidualQLearning(_mdp, Policy.Deterministic([0], 2), _mdp.Reward, 1, priorScale: 0);
        Assert.That(problem.Solve().Policy.Probability(0, 1), Is.EqualTo(0.5).Within(1e-15));
    }

    [Test]
    public void Another_reward_leaves_the_rest_and_shares_the_kernel()
    {
        SoftProblem problem = SoftProblem.ResidualQLearning(_mdp, Policy.Uniform(_mdp.Kernel), _mdp.Reward, 2), other = problem.WithReward(StateActionTable.Constant(1, 2, 5));
        Assert.That((other.Temperature, other.Ties, other.Base(0, 0)), Is.EqualTo((2.0, TieRule.Lexicographic, problem.Base(0, 0))));
        Assert.That(other.Mdp.Kernel, Is.SameAs(_mdp.Kernel));
        Assert.That(other.Mdp.Reward[0, 0], Is.EqualTo(5));
    }

    [Property]
    public void Shaping_leaves_the_policy_and_moves_the_value_by_the_potential(SmallProblem small)
    {
        // Ng, Harada and Russell 1999: r + gamma E F - F has value V - F.
        double[] potential = small.PolicyWeights[..small.States];
        SoftProblem problem = small.Problem, shaped = problem.WithReward(StateActionTable.Create(small.States, small.Actions, (s, a) => problem.Mdp.Reward[s, a] - potential[s]) + (small.Discount * small.Kernel.Expect(potential)));
        SoftSolution before = problem.Solve(), after = shaped.Solve();
        // The shaped reward is itself rounded: four roundoffs of its parts, every step.
        double rounding = 4 * Rounding.Unit * (problem.Mdp.Reward.MaxAbs() + (2 * SoftProblem.LargestAbs(potential))) / (1 - small.Discount);
        for (int s = 0; s < small.States; s++)
            Assert.That(after.Values[s] + potential[s], Is.EqualTo(before.Values[s]).Within(before.Certificate.HalfWidth + after.Certificate.HalfWidth + rounding));
        AssertSamePolicy(before, after.Policy.LogProbability, after.Certificate.LogPolicyRadius + (2 * rounding / small.Temperature));
    }

    [Property]
    public void Relabelling_states_and_actions_relabels_the_solution(SmallProblem small)
    {
        int State(int s) => small.States - 1 - s;
        int Action(int a) => small.Actions - 1 - a;
        SoftProblem problem = small.Problem;
        TransitionKernelBuilder builder = new(small.States, small.Actions);
        double[] initial = new double[small.States];
        for (int s = 0; s < small.States; s++)
        {
            initial[State(s)] = problem.Mdp.Initial[s];
            for (int a = 0; a < small.Actions; a++)
                foreach (Successor next in problem.Mdp.Kernel.Successors(s, a)) builder.Add(State(s), Action(a), State(next.State), next.Probability);
        }

        StateActionTable Relabelled(Func<int, int, double> table) => StateActionTable.Create(small.States, small.Actions, (s, a) => table(State(s), Action(a)));
        SoftProblem relabelled = new(new MarkovDecisionProcess(builder.Build(), Relabelled((s, a) => problem.Mdp.Reward[s, a]), initial, small.Discount), small.Temperature, Relabelled((s, a) => small.Table(small.LogBase)[s, a]));
        SoftSolution x = problem.Solve(), y = relabelled.Solve();
        for (int s = 0; s < small.States; s++)
            Assert.That(y.Values[State(s)], Is.EqualTo(x.Values[s]).Within(x.Certificate.HalfWidth + y.Certificate.HalfWidth));
        AssertSamePolicy(x, (s, a) => y.Policy.LogProbability(State(s), Action(a)), y.Certificate.LogPolicyRadius);
        Assert.That(y.Objective, Is.EqualTo(x.Objective).Within(x.Certificate.HalfWidth + y.Certificate.HalfWidth));
    }

    [Property]
    public void An_action_split_in_two_equal_halves_changes_nothing(SmallProblem small)
    {
        SoftProblem problem = small.Problem;
        int actions = small.Actions + 1;
        int Original(int a) => Math.Min(a, small.Actions - 1);
        TransitionKernelBuilder builder = new(small.States, actions);
        for (int s = 0; s < small.States; s++)
            for (int a = 0; a < actions; a++)
                foreach (Successor next in problem.Mdp.Kernel.Successors(s, Original(a))) builder.Add(s, a, next.State, next.Probability);
        StateActionTable Split(StateActionTable table, double half) => StateActionTable.Create(small.States, actions, (s, a) => table[s, Original(a)] + (a >= small.Actions - 1 ? half : 0));
        SoftProblem split = new(
            new MarkovDecisionProcess(builder.Build(), Split(problem.Mdp.Reward, 0), problem.Mdp.Initial, small.Discount), small.Temperature, Split(small.Table(small.LogBase), -Math.Log(2)));
        SoftSolution x = problem.Solve(), y = split.Solve();
        // l - log 2 is rounded: one roundoff of l, at the price of the temperature, every step.
        double rounding = 2 * Rounding.Unit * 700 * small.Temperature / (1 - small.Discount);
        for (int s = 0; s < small.States; s++)
            Assert.That(y.Values[s], Is.EqualTo(x.Values[s]).Within(x.Certificate.HalfWidth + y.Certificate.HalfWidth + rounding));
        AssertSamePolicy(
            x,
            (s, a) => a < small.Actions - 1 ? y.Policy.LogProbability(s, a) : y.Policy.LogProbability(s, a) + Math.Log(2),
            y.Certificate.LogPolicyRadius + (2 * rounding / small.Temperature) + (2 * Rounding.Unit * 700));
    }

    [Property]
    public void Without_a_future_the_policy_is_the_softmax_of_the_reward(SmallProblem small)
    {
        SoftProblem myopic = new(small.Mdp.WithDiscount(0), small.Temperature, small.Table(small.LogBase));
        SoftSolution solution = myopic.Solve();
        Assert.That(solution.Iterations, Is.EqualTo(1));
        double rounding = solution.Certificate.HalfWidth + Bijection.ValueRounding(myopic, myopic.Mdp.Reward);
        Assert.That(solution.Values.ToArray(), Is.EqualTo(Bijection.ValuesOf(myopic, myopic.Mdp.Reward)).Within(rounding));
        Assert.That(solution.Policy.LogProbabilities.Entries.ToArray(), Is.EqualTo(Bijection.PolicyOf(myopic, myopic.Mdp.Reward).LogProbabilities.Entries.ToArray()));
    }

    private static void AssertSamePolicy(SoftSolution expected, Func<int, int, double> logProbability, double radius)
    {
        SoftProblem problem = expected.Problem;
        for (int s = 0; s < problem.Mdp.States; s++)
            for (int a = 0; a < problem.Mdp.Actions; a++)
                if (problem.IsAvailable(s, a))
                    Assert.That(logProbability(s, a), Is.EqualTo(expected.Policy.LogProbability(s, a)).Within(radius + expected.Certificate.LogPolicyRadius), $"state {s}, action {a}");
    }
}
