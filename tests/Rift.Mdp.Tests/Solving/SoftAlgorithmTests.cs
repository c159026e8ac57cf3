namespace Rift.Mdp.Tests;

/// <summary>How algorithms run: options, threads, cancellation, progress, starts, and what Auto chooses.</summary>
public class SoftAlgorithmTests
{
    private static readonly SoftAlgorithm[] _algorithms =
    [
        new Auto(),
        new ValueIteration(),
        new ModifiedPolicyIteration(),
        new SoftPolicyIteration { Linear = LinearMethod.Krylov },
        new GaussSeidel(),
    ];

    [TestCaseSource(nameof(_algorithms))]
    public void Results_have_the_same_bits_for_any_number_of_threads(SoftAlgorithm algorithm)
    {
        SoftProblem problem = new(Garnet(3500, actions: 3, discount: 0.95), 0.3);
        SoftSolution one = algorithm.Solve(problem);
        foreach (int threads in (int[])[2, 3])
        {
            SoftSolution many = algorithm.Solve(problem, new Execution { Threads = threads });
            Assert.That(many.Values.SequenceEqual(one.Values));
            Assert.That(many.Q.Entries.SequenceEqual(one.Q.Entries));
            Assert.That(many.Policy.LogProbabilities.Entries.SequenceEqual(one.Policy.LogProbabilities.Entries));
            Assert.That((many.Certificate.HalfWidth, many.Certificate.LogPolicyRadius, many.Iterations, many.Algorithm), Is.EqualTo((one.Certificate.HalfWidth, one.Certificate.LogPolicyRadius, one.Iterations, one.Algorithm)));
            Assert.That(many.History, Is.EqualTo(one.History));
        }
    }

    [Test]
    public void Algorithms_agree_on_a_process_of_3500_states_within_their_brackets()
    {
        foreach (double temperature in (double[])[0, 0.3])
        {
            SoftProblem problem = new(Garnet(3500, actions: 3, discount: 0.95), temperature);
            SoftSolution[] solutions = [.. _algorithms.Select(algorithm => problem.Solve(algorithm))];
            foreach (SoftSolution x in solutions)
            {
                Assert.That(x.Outcome, Is.EqualTo(Outcome.Converged));
                for (int s = 0; s < 3500; s++)
                    Assert.That(x.Values[s], Is.EqualTo(solutions[0].Values[s]).Within(x.Certificate.HalfWidth + solutions[0].Certificate.HalfWidth));
            }
        }
    }

    [Test]
    public void A_chain_that_served_is_given_up_where_the_policy_outruns_it([Values(0.01, 0.1)] double temperature, [Values(0.99, 0.9999)] double discount)
    {
        // An open field of 30 x 30 cells, with a cost for each step to the corner: far from it, policies are settled by differences that a horizon of ten thousand steps magnifies.
        const int Side = 30;
        TransitionKernelBuilder kernel = new(Side * Side, 4);
        for (int s = 0; s < Side * Side; s++)
        {
            for (int a = 0; a < 4; a++)
            {
                foreach ((int turn, double probability) in (ReadOnlySpan<(int, double)>)[(0, 0.8), (1, 0.1), (3, 0.1)])
                {
                    (int row, int column) = (s / Side, s % Side);
                    if ((a + turn) % 2 == 0) row = Math.Clamp(row + ((a + turn) % 4) - 1, 0, Side - 1);
                    else column = Math.Clamp(column + ((a + turn) % 4) - 2, 0, Side - 1);
                    kernel.Add(s, a, s == 0 ? 0 : (row * Side) + column, probability);
                }
            }
        }

        MarkovDecisionProcess field = new(kernel.Build(), StateActionTable.Create(Side * Side, 4, (s, _) => s == 0 ? 0 : -1), [.. Enumerable.Repeat(1.0 / (Side * Side), Side * Side)], discount);
        SoftSolution solution = new SoftProblem(field, temperature).Solve(new SoftPolicyIteration { Linear = LinearMethod.Krylov, MaxIterations = 100 });
        Assert.That(solution.Outcome, Is.EqualTo(Outcome.Converged));
    }

    [Test]
    public void A_reward_that_has_a_long_way_to_go_is_waited_for()
    {
        // A ring of seven hundred seats: the bracket does not close before the news of the reward has been everywhere, and policy iteration passes it on seat by seat.
        Carousel ring = new(seats: 700, slip: 0.1);
        StateActionTable reward = StateActionTable.Create(700, 3, (s, a) => (s == 0 ? 1 : 0) - (0.01 * Math.Abs(a - 1)));
        double[] start = [1, .. new double[699]];
        SoftProblem problem = new(new MarkovDecisionProcess(ring, reward, start, 0.999), 0.001);
        Assert.That(new Auto().Solve(problem).Outcome, Is.EqualTo(Outcome.Converged));
        Assert.That(new SoftPolicyIteration().Solve(problem).Outcome, Is.EqualTo(Outcome.Converged));
    }

    [Test]
    public void Auto_says_what_it_chose_and_why()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new SoftProblem(Garnet(100, 2, 0.99), 1).Solve().Algorithm, Is.EqualTo("soft policy iteration (elimination), chosen for 100 states (at most 600)"));
            Assert.That(new SoftProblem(Garnet(601, 2, 0.3), 1).Solve().Algorithm, Is.EqualTo("value iteration, chosen and done within the probe"));
            Assert.That(new SoftProblem(Garnet(601, 1, 0.9, branches: 1), 1).Solve().Algorithm, Does.StartWith("value iteration, chosen for 601 states and a measured contraction of 0.9000"));
            Assert.That(new SoftProblem(Garnet(601, 1, 0.98, branches: 1), 1).Solve().Algorithm, Does.StartWith("value iteration, chosen for 601 states and a measured contraction of 0.9800"));
            Assert.That(new SoftProblem(Garnet(601, 1, 0.99, branches: 1), 1).Solve().Algorithm, Does.StartWith("soft policy iteration (Krylov), chosen for 601 states and a measured contraction of 0.9900"));
            Assert.That(new SoftProblem(Garnet(601, 1, 0.999, branches: 1), 1).Solve().Algorithm, Does.StartWith("soft policy iteration (Krylov), chosen for 601 states and a measured contraction of 0.9990"));
            Assert.That(new SoftProblem(Corridor(601, 0.999), 0.1).Solve().Algorithm, Is.EqualTo("Gauss-Seidel value iteration from 1 ends, chosen for 601 states and a measured contraction of 0.9990 a sweep"));
        }
    }

    [Test]
    public void Auto_passes_its_limits_on()
    {
        SoftSolution probe = new SoftProblem(Garnet(601, 1, 0.99, branches: 1), 1).Solve(new Auto { MaxIterations = 7 }), beyond = new SoftProblem(Garnet(601, 1, 0.999, branches: 1), 1).Solve(new Auto { MaxIterations = 41 });
        Assert.That((probe.Iterations, probe.Outcome), Is.EqualTo((7, Outcome.ToleranceNotReached)));
        Assert.That((beyond.Iterations, beyond.Outcome), Is.EqualTo((41, Outcome.ToleranceNotReached)));
    }

    [TestCaseSource(nameof(_algorithms))]
    public void A_cancelled_solve_says_so_and_its_bracket_holds(SoftAlgorithm algorithm)
    {
        SoftProblem problem = new(Garnet(700, actions: 2, discount: 0.99), 0.3);
        SoftSolution exact = problem.Solve();
        using CancellationTokenSource source = new();
        SoftSolution before = algorithm.Solve(problem, new Execution { Cancellation = new CancellationToken(true) });
        SoftSolution during = algorithm.Solve(problem, new Execution { Cancellation = source.Token, Progress = new Watch(p => { if (p.Iteration == 2) source.Cancel(); }) });
        Assert.That((before.Outcome, before.Iterations), Is.EqualTo((Outcome.Cancelled, 1)));
        Assert.That(during.Outcome, Is.EqualTo(Outcome.Cancelled));
        foreach (SoftSolution stopped in new[] { before, during })
            for (int s = 0; s < 700; s++)
                Assert.That(stopped.Values[s], Is.EqualTo(exact.Values[s]).Within(stopped.Certificate.HalfWidth + exact.Certificate.HalfWidth));
    }

    [TestCaseSource(nameof(_algorithms))]
    public void Progress_is_told_after_every_iteration_and_history_keeps_it(SoftAlgorithm algorithm)
    {
        List<SolveProgress> told = [];
        SoftSolution solution = algorithm.Solve(new SoftProblem(Garnet(50, 2, 0.9), 1), new Execution { Progress = new Watch(told.Add) });
        Assert.That(told.Select(p => p.Iteration), Is.EqualTo(Enumerable.Range(1, solution.Iterations)));
        Assert.That(told.Select(p => p.HalfWidth), Is.EqualTo(solution.History));
        Assert.That(told[^1].HalfWidth, Is.LessThanOrEqualTo(told[^1].Target));
    }

    [TestCaseSource(nameof(_algorithms))]
    public void A_start_at_the_solution_saves_the_work(SoftAlgorithm algorithm)
    {
        SoftProblem problem = new(Garnet(50, 2, 0.9), 1);
        SoftSolution cold = algorithm.Solve(problem), warm = algorithm.Solve(problem, start: cold.Values);
        Assert.That((warm.Iterations, warm.Outcome), Is.EqualTo((1, Outcome.Converged)));
        for (int s = 0; s < 50; s++)
            Assert.That(warm.Values[s], Is.EqualTo(cold.Values[s]).Within(warm.Certificate.HalfWidth + cold.Certificate.HalfWidth));
    }

    [Test]
    public void Value_iteration_contracts_by_the_discount_or_faster()
    {
        IReadOnlyList<double> history = new SoftProblem(Garnet(50, 2, 0.9), 1).Solve(new ValueIteration()).History;
        for (int i = 1; i < history.Count; i++) Assert.That(history[i], Is.LessThanOrEqualTo((0.9 * history[i - 1]) + 1e-12));
    }

    [Test]
    public void Newton_steps_are_few()
    {
        foreach (double temperature in (double[])[0, 1e-3, 1, 1e3])
            Assert.That(new SoftProblem(Garnet(200, 4, 0.999), temperature).Solve(new SoftPolicyIteration()).Iterations, Is.LessThan(15));
    }

    [Test]
    public void Evaluation_sweeps_save_backups()
    {
        // A deterministic chain: value iteration contracts by the discount exactly, modified policy iteration by its power.
        SoftProblem problem = new(Garnet(50, 2, 0.99, branches: 1), 1);
        int plain = problem.Solve(new ValueIteration()).Iterations, modified = problem.Solve(new ModifiedPolicyIteration()).Iterations;
        Assert.That(modified, Is.LessThan(plain / 10));
    }

    [Test]
    public void Whoever_insists_on_a_tolerance_is_told_what_was_reached()
    {
        SoftProblem problem = new(Garnet(50, 2, 0.99), 1);
        SoftSolution done = problem.Solve(), stopped = problem.Solve(new ValueIteration { MaxIterations = 2, Tolerance = 1e-6 });
        Assert.That(done.RequireConverged(), Is.SameAs(done));
        NotConvergedException exception = Assert.Throws<NotConvergedException>(() => stopped.RequireConverged())!;
        Assert.That(exception.Solution, Is.SameAs(stopped));
        Assert.That(exception.Message, Is.EqualTo(FormattableString.Invariant($"value iteration reached the half-width {stopped.Certificate.HalfWidth:G3} in 2 iterations, expected 1E-06")));
    }

    [Test]
    public void A_tolerance_below_what_rounding_allows_ends_with_what_is_possible()
    {
        SoftSolution solution = new SoftProblem(Garnet(50, 2, 0.99), 1).Solve(new ValueIteration { Tolerance = 1e-300 });
        Assert.That(solution.Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
        Assert.That(solution.Iterations, Is.LessThan(10_000));
        Assert.That(solution.Certificate.HalfWidth, Is.LessThanOrEqualTo(2 * solution.Certificate.Rounding));
    }

    [Test]
    public void The_objective_is_the_expected_value()
    {
        MarkovDecisionProcess mdp = Garnet(50, 2, 0.9);
        SoftSolution solution = new SoftProblem(mdp, 1).Solve();
        double sum = 0;
        for (int s = 0; s < 50; s++) sum += mdp.Initial[s] * solution.Values[s];
        Assert.That(solution.Objective, Is.EqualTo(sum).Within(1e-13));
        Assert.That(solution.Problem.Mdp, Is.SameAs(mdp));
    }

    [Test]
    public void Options_out_of_range_are_refused()
    {
        SoftProblem problem = new(Garnet(2, 1, 0.5), 1);
        using (Assert.EnterMultipleScope())
        {
            Refused(() => new ValueIteration { MaxIterations = 0 }, "found a number below 1, expected at least 1 (Parameter 'MaxIterations')");
            Refused(() => new ModifiedPolicyIteration { EvaluationSweeps = 0 }, "found a number below 1, expected at least 1 (Parameter 'EvaluationSweeps')");
            Refused(() => new Execution { Threads = 0 }, "found a number below 1, expected at least 1 (Parameter 'Threads')");
            Refused(() => new ValueIteration().Solve(problem, start: [1]), "found 1 entries, expected 2 (Parameter 'start')");
            Refused(() => new ValueIteration().Solve(problem, start: [1, double.NaN]), "expected a number of size below 1.4E+306 (Parameter 'start')");
            Refused(() => new ValueIteration().Solve(problem, start: [1.7e308, -1.7e308]), "expected a number of size below 1.4E+306 (Parameter 'start')");
            Refused(() => new ValueIteration().Solve(null!), "Value cannot be null. (Parameter 'problem')");
            Refused(() => problem.Solve(null!), "Value cannot be null. (Parameter 'algorithm')");
        }

        static void Refused(Func<object> bad, string message) => Assert.That(() => bad(), Throws.InstanceOf<ArgumentException>().With.Message.StartsWith(message));
    }

    [Test]
    public void Names_say_how_the_systems_are_solved() => Assert.That(
        Enum.GetValues<LinearMethod>().Select(method => new SoftPolicyIteration { Linear = method }.Name),
        Is.EqualTo(new[] { "soft policy iteration", "soft policy iteration (elimination)", "soft policy iteration (LU)", "soft policy iteration (Krylov)" }));

    [TestCaseSource(nameof(_algorithms))]
    public void Rewards_near_the_largest_double_are_solved_like_any_other(SoftAlgorithm algorithm)
    {
        // A power of two scales everything without rounding.
        MarkovDecisionProcess mdp = Garnet(5, 2, 0.5);
        double size = Math.Pow(2, 1000);
        SoftSolution small = algorithm.Solve(new SoftProblem(mdp, 0)), large = algorithm.Solve(new SoftProblem(mdp.WithReward(size * mdp.Reward), 0));
        Assert.That(large.Outcome, Is.EqualTo(Outcome.Converged));
        for (int s = 0; s < 5; s++)
            Assert.That(large.Values[s] / size, Is.EqualTo(small.Values[s]).Within(small.Certificate.HalfWidth + (large.Certificate.HalfWidth / size)));
    }

    [Test]
    public void A_start_as_large_as_allowed_is_forgotten()
    {
        SoftProblem problem = new(Garnet(2, 2, 0.5), 1);
        double largest = Math.BitDecrement(SoftProblem.LargestValue * 0.5);
        double[] start = [largest, -largest];
        foreach (SoftAlgorithm algorithm in _algorithms)
            Assert.That(algorithm.Solve(problem, start: start).Certificate.Contains(problem.Solve(new Auto { Tolerance = Tolerance.RoundingFloor }).Values), algorithm.Name);
    }

    /// <summary>A way to an end, on which a step costs 1 and one in ten goes back.</summary>
    private static MarkovDecisionProcess Corridor(int states, double discount)
    {
        TransitionKernelBuilder builder = new(states, 2);
        for (int s = 0; s < states - 1; s++)
        {
            builder.Add(s, 0, s + 1, 0.9).Add(s, 0, Math.Max(0, s - 1), 0.1);
            builder.Add(s, 1, s, 1);
        }

        builder.Add(states - 1, 0, states - 1, 1);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Create(states, 2, (s, _) => s == states - 1 ? 0 : -1), [1, .. new double[states - 1]], discount);
    }

    private static MarkovDecisionProcess Garnet(int states, int actions, double discount, int branches = 3)
    {
        SplittableRandom random = new(29);
        TransitionKernelBuilder builder = new(states, actions);
        for (int pair = 0; pair < states * actions; pair++)
        {
            // With a single branch: one cycle through all states, which contracts by the discount and no faster.
            if (branches == 1) builder.Add(pair / actions, pair % actions, ((pair / actions) + 1) % states, 1);
            else foreach (double p in random.NextDistribution(branches)) builder.Add(pair / actions, pair % actions, random.NextInt(states), p);
        }

        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Create(states, actions, (_, _) => random.NextNormal()), random.NextDistribution(states), discount);
    }

    private sealed class Watch(Action<SolveProgress> report) : IProgress<SolveProgress>
    {
        public void Report(SolveProgress value) => report(value);
    }
}
