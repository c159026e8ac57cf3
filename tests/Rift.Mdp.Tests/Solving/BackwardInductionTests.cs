using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Finite horizons: against exact fractions, against all histories, against published values, against the infinite horizon.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class BackwardInductionTests
{
    [Test]
    public void The_forest_of_pymdptoolbox_has_its_published_values()
    {
        // pymdptoolbox, docstring of mdptoolbox.mdp.FiniteHorizon: example.forest(), discount 0.9, N = 3; V has the stages as columns, the policy likewise.
        FiniteHorizonSolution solution = BackwardInduction.Solve(new SoftProblem(Forest(0.9), 0), 3);
        double[][] published = [[2.6973, 5.9373, 9.9373], [0.81, 3.24, 7.24], [0, 1, 4], [0, 0, 0]];
        int[][] actions = [[0, 0, 0], [0, 0, 0], [0, 1, 0]];
        for (int t = 0; t <= 3; t++) Assert.That(solution.Values(t).ToArray(), Is.EqualTo(published[t]).Within(1e-12));
        for (int t = 0; t < 3; t++)
            for (int s = 0; s < 3; s++)
                Assert.That(solution.Policy(t).Probability(s, actions[t][s]), Is.GreaterThan(0), $"stage {t}, state {s}");
        Assert.That((solution.Horizon, solution.ErrorBound < 1e-13), Is.EqualTo((3, true)));
    }

    [Property(MaxTest = 50)]
    public void Hard_values_are_within_their_bound_of_exact_arithmetic_at_every_step(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        double[] terminal = [.. small.PolicyWeights.Take(small.States).Select(x => 1e9 * x / 3)];
        FiniteHorizonSolution solution = BackwardInduction.Solve(new SoftProblem(mdp, 0), 5, terminal);
        Rational[] exact = [.. terminal.Select(x => (Rational)x)];
        for (int t = 4; t >= 0; t--)
        {
            Rational[] after = exact;
            exact = [.. Enumerable.Range(0, mdp.States).Select(s => Enumerable.Range(0, mdp.Actions).Where(a => mdp.IsAvailable(s, a))
                .Select(a => (Rational)mdp.Reward[s, a] + ((Rational)mdp.Discount * mdp.Kernel.Successors(s, a).Aggregate((Rational)0.0, (sum, next) => sum + ((Rational)next.Probability * after[next.State]))))
                .Aggregate(Rational.Max))];
            for (int s = 0; s < mdp.States; s++)
                Assert.That((exact[s] - solution.Values(t)[s]).Abs() <= solution.ErrorBound, $"step {t}, state {s}");
        }
    }

    [Test]
    public void The_error_bound_holds_at_every_step_also_where_a_large_end_is_forgotten()
    {
        // V_1 = 0.1 (1e15/3 + ...) is off by its own roundoff; by V_0 the discount has shrunk that, but V_1 is still as far off as it is.
        TransitionKernel kernel = new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 0.7).Add(0, 0, 1, 0.3).Add(1, 0, 0, 0.6).Add(1, 0, 1, 0.4).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(2, 1, 0), [1, 0], 0.001);
        double[] terminal = [1e15 / 3, 1e15 / 7];
        FiniteHorizonSolution solution = BackwardInduction.Solve(new SoftProblem(mdp, 0), 4, terminal);
        Rational exact = (Rational)0.001 * (((Rational)0.7 * terminal[0]) + ((Rational)0.3 * terminal[1]));
        Assert.That((exact - solution.Values(3)[0]).Abs() <= solution.ErrorBound);
        Assert.That(solution.ErrorBound, Is.GreaterThan(1e-6));
    }

    [TestCase(0.0)]
    [TestCase(0.5)]
    public void The_solution_is_the_best_of_all_policies_over_all_histories(double temperature)
    {
        // Two states, two actions, three steps: 64 deterministic policies, each evaluated by summing over its histories.
        SoftProblem problem = new(TwoByTwo(), temperature);
        const int Horizon = 3;
        FiniteHorizonSolution solution = BackwardInduction.Solve(problem, Horizon, [0.5, -1]);
        double best = double.NegativeInfinity;
        for (int code = 0; code < 64; code++)
        {
            int chosen = code;
            best = Math.Max(best, OverHistories(problem, 0, Horizon, [0.5, -1], (t, s) => Policy.Deterministic([(chosen >> (2 * t)) & 1, (chosen >> ((2 * t) + 1)) & 1], 2)));
        }

        double attained = OverHistories(problem, 0, Horizon, [0.5, -1], (t, _) => solution.Policy(t));
        Assert.That(attained, Is.EqualTo(solution.Values(0)[0]).Within(solution.ErrorBound + 1e-14));
        if (temperature == 0) Assert.That(solution.Values(0)[0], Is.EqualTo(best).Within(solution.ErrorBound + 1e-14));
        else Assert.That(best, Is.LessThan(solution.Values(0)[0]));
        SplittableRandom random = new(23);
        for (int i = 0; i < 50; i++)
        {
            Policy[] other = [.. Enumerable.Range(0, Horizon).Select(_ => Policy.FromProbabilities(new StateActionTable(2, 2, [.. random.NextDistribution(2), .. random.NextDistribution(2)])))];
            Assert.That(OverHistories(problem, 0, Horizon, [0.5, -1], (t, _) => other[t]), Is.LessThanOrEqualTo(solution.Values(0)[0] + solution.ErrorBound));
        }
    }

    [Property]
    public void As_the_horizon_grows_the_value_approaches_the_infinite_one_geometrically(SmallProblem small)
    {
        // |V_0 - V*| <= gamma^H |V*| from V_H = 0.
        SoftSolution infinite = small.Problem.Solve();
        double size = SoftProblem.LargestAbs(infinite.Values) + infinite.Certificate.HalfWidth;
        foreach (int horizon in (int[])[1, 10, 100])
        {
            FiniteHorizonSolution finite = BackwardInduction.Solve(small.Problem, horizon);
            double bound = (Math.Pow(small.Discount, horizon) * size * (1 + 1e-12)) + finite.ErrorBound + infinite.Certificate.HalfWidth;
            for (int s = 0; s < small.States; s++)
                Assert.That(finite.Values(0)[s], Is.EqualTo(infinite.Values[s]).Within(bound));
        }
    }

    [Property]
    public void Q_and_policy_of_a_step_belong_to_the_values_after_it(SmallProblem small)
    {
        FiniteHorizonSolution solution = BackwardInduction.Solve(small.Problem, 3);
        for (int t = 0; t < 3; t++)
        {
            double[] values = Bijection.ValuesOf(small.Problem, solution.Q(t));
            for (int s = 0; s < small.States; s++) Assert.That(values[s], Is.EqualTo(solution.Values(t)[s]).Within(solution.ErrorBound));
            Assert.That(solution.Policy(t).LogProbabilities.Entries.ToArray(), Is.EqualTo(Bijection.PolicyOf(small.Problem, solution.Q(t)).LogProbabilities.Entries.ToArray()));
        }
    }

    [Property]
    public void Steps_carry_a_mass_of_one_and_the_visitation_averages_them(SmallProblem small)
    {
        FiniteHorizonSolution solution = BackwardInduction.Solve(small.Problem, 4);
        double[][] perStep = solution.PerStep();
        Assert.That(perStep, Has.Length.EqualTo(5));
        foreach (double[] rho in perStep) Assert.That(rho.Sum(), Is.EqualTo(1).Within(1e-13));
        double[] visitation = solution.DiscountedVisitation(perStep);
        Assert.That(visitation.Sum(), Is.EqualTo(1).Within(1e-13));
        if (small.Discount == 0) Assert.That(visitation, Is.EqualTo(small.Mdp.Initial.ToArray()).Within(1e-15));
    }

    [Test]
    public void At_temperature_zero_the_lexicographic_policy_looks_ahead_to_the_prior_and_the_uniform_one_does_not()
    {
        // State 0 ties; its actions lead to states whose harmless action has prior 0.1 and 0.9. Closed form: pi(a|0) proportional to pi0(a) K_a^gamma.
        SoftProblem problem = Fork();
        FiniteHorizonSolution solution = BackwardInduction.Solve(problem, 2);
        double left = Math.Pow(0.1, 0.5), right = Math.Pow(0.9, 0.5);
        Assert.That(solution.Policy(0).Probability(0, 0), Is.EqualTo(left / (left + right)).Within(1e-14));
        Assert.That(solution.Policy(1).Probability(1, 0), Is.EqualTo(1));
        FiniteHorizonSolution uniform = BackwardInduction.Solve(new SoftProblem(problem.Mdp, 0), 2);
        Assert.That(uniform.Policy(0).Probability(0, 0), Is.EqualTo(0.5));
    }

    [Test]
    public void Threads_do_not_matter_progress_is_told_and_cancelling_throws()
    {
        List<SolveProgress> told = [];
        SoftProblem problem = new(Forest(0.9), 0.3);
        FiniteHorizonSolution solution = BackwardInduction.Solve(problem, 3, execution: new Execution { Progress = new Told(told) });
        Assert.That(told.Select(x => x.Iteration), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(BackwardInduction.Solve(problem, 3, execution: new Execution { Threads = 3 }).Values(0).ToArray(), Is.EqualTo(solution.Values(0).ToArray()));
        Assert.That(() => BackwardInduction.Solve(problem, 3, execution: new Execution { Cancellation = new CancellationToken(true) }), Throws.TypeOf<OperationCanceledException>());
    }

    [Test]
    public void Bad_inputs_are_refused()
    {
        SoftProblem problem = new(Forest(0.9), 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => BackwardInduction.Solve(problem, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'horizon')"));
            Assert.That(() => BackwardInduction.Solve(problem, 1, [1, 2]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 3 (Parameter 'terminalValues')"));
            Assert.That(() => BackwardInduction.Solve(problem, 1, [1, 2, double.NaN]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number (Parameter 'terminalValues')"));
            Assert.That(() => BackwardInduction.Solve(problem, 2).DiscountedVisitation([[1, 0, 0]]), Throws.ArgumentException.With.Message.EqualTo("found 1 entries, expected 3 (Parameter 'perStep')"));
        }
    }

    /// <summary>State 0 forks to 1 and 2, from where action 0 ends quietly and action 1 costs one; the prior takes action 0 with 0.1 and 0.9.</summary>
    internal static SoftProblem Fork()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(4, 2).Add(0, 0, 1, 1).Add(0, 1, 2, 1).Add(1, 0, 3, 1).Add(1, 1, 3, 1).Add(2, 0, 3, 1).Add(2, 1, 3, 1).Add(3, 0, 3, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, new StateActionTable(4, 2, [0, 0, 0, -1, 0, -1, 0, 0]), [1, 0, 0, 0], 0.5);
        Policy prior = Policy.FromProbabilities(new StateActionTable(4, 2, [0.5, 0.5, 0.1, 0.9, 0.9, 0.1, 1, 0]));
        return SoftProblem.ResidualQLearning(mdp, prior, mdp.Reward, temperature: 0);
    }

    private static MarkovDecisionProcess Forest(double discount)
    {
        // Wait: the forest grows unless it burns with probability 0.1; cut: back to the start.
        TransitionKernelBuilder builder = new(3, 2);
        for (int s = 0; s < 3; s++) builder.Add(s, 0, 0, 0.1).Add(s, 0, Math.Min(s + 1, 2), 0.9).Add(s, 1, 0, 1);
        return new MarkovDecisionProcess(builder.Build(), new StateActionTable(3, 2, [0, 0, 0, 1, 4, 2]), [1, 0, 0], discount);
    }

    private static MarkovDecisionProcess TwoByTwo()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(2, 2).Add(0, 0, 0, 0.25).Add(0, 0, 1, 0.75).Add(0, 1, 0, 0.5).Add(0, 1, 1, 0.5).Add(1, 0, 0, 1).Add(1, 1, 1, 0.9).Add(1, 1, 0, 0.1).Build();
        return new MarkovDecisionProcess(kernel, new StateActionTable(2, 2, [1, 0.5, -0.25, 0.75]), [1, 0], 0.9);
    }

    /// <summary>The expected discounted sum of a non-stationary policy, history by history.</summary>
    private static double OverHistories(SoftProblem problem, int start, int horizon, double[] terminal, Func<int, int, Policy> policy)
    {
        double total = 0;
        void Walk(int t, int s, double probability, double earned, double weight)
        {
            if (t == horizon)
            {
                total += probability * (earned + (weight * terminal[s]));
                return;
            }

            for (int a = 0; a < problem.Mdp.Actions; a++)
            {
                double p = policy(t, s).Probability(s, a);
                if (p == 0) continue;
                double reward = problem.Mdp.Reward[s, a] - (problem.Temperature * policy(t, s).LogProbability(s, a));
                foreach (Successor next in problem.Mdp.Kernel.Successors(s, a))
                    Walk(t + 1, next.State, probability * p * next.Probability, earned + (weight * reward), weight * problem.Mdp.Discount);
            }
        }

        Walk(0, start, 1, 0, 1);
        return total;
    }

    private sealed class Told(List<SolveProgress> list) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => list.Add(value);
    }
}
