using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Many problems on one kernel: each solution is, bit for bit, that of the problem alone.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SolveAllTests
{
    private static readonly SoftAlgorithm[] _algorithms = [new Auto(), new ValueIteration { Tolerance = 1e-7 }, new ValueIteration { MaxIterations = 3 }, new ModifiedPolicyIteration()];

    [Property]
    public void Small_problems_come_out_as_they_do_alone(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        SoftProblem[] problems =
        [
            new(mdp, 0.4, small.Table(small.LogBase)), new(mdp, 2), new(mdp, 0, small.Table(small.LogBase)), new(mdp, 0),
            new(mdp.WithReward(-1 * mdp.Reward), 1.5), new(mdp.WithDiscount(mdp.Discount / 2), 2, small.Table(small.LogBase)),
            new(mdp.WithReward(2 * mdp.Reward), 0.7), new(mdp, 3), new(mdp, 0.5), new(mdp, 0.25),
        ];
        AssertAsAlone(problems, new ValueIteration { Tolerance = 1e-6, MaxIterations = 50 });
    }

    [TestCaseSource(nameof(_algorithms))]
    public void Problems_that_differ_in_everything_come_out_as_they_do_alone(SoftAlgorithm algorithm)
    {
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Garnet(1003, 3), Rows.Grid(803, 5), Rows.Shared(701, 4), Rows.Dense(50, 6)])
            AssertAsAlone(Various(mdp, 23), algorithm);
    }

    [Test]
    public void Neither_mates_nor_order_nor_threads_change_a_bit()
    {
        SoftProblem[] problems = Various(Rows.Garnet(1500, 3), 20);
        SoftSolution[] all = problems.SolveAll();
        AssertSame(((SoftProblem[])[.. problems.Reverse()]).SolveAll(), [.. all.Reverse()]);
        AssertSame(((SoftProblem[])[.. problems.Where((_, i) => i % 3 == 0)]).SolveAll(), [.. all.Where((_, i) => i % 3 == 0)]);
        foreach (int threads in (int[])[2, 3]) AssertSame(problems.SolveAll(execution: new Execution { Threads = threads }), all);
    }

    [Test]
    public void A_shared_table_is_the_same_as_equal_tables()
    {
        MarkovDecisionProcess mdp = Rows.Garnet(700, 4);
        StateActionTable logBase = StateActionTable.Create(700, 4, (s, a) => (s + a) % 7 == 0 ? double.NegativeInfinity : -0.1 * a);
        SoftProblem[] shared = [.. Enumerable.Range(1, 11).Select(i => new SoftProblem(mdp, 0.1 * i, logBase))];
        SoftProblem[] copied = [.. shared.Select(p => new SoftProblem(mdp.WithReward(1 * mdp.Reward), p.Temperature, 1 * logBase))];
        AssertSame(copied.SolveAll(new ValueIteration()), shared.SolveAll(new ValueIteration()));
        AssertAsAlone(shared, new ValueIteration());
    }

    [Test]
    public void Problems_that_sweeps_do_not_settle_are_finished_otherwise()
    {
        // On a ring the bracket contracts by little more than the discount: the impatient go on with Newton steps.
        MarkovDecisionProcess mdp = Rows.Ring(700);
        SoftProblem[] problems = [.. Enumerable.Range(0, 12).Select(i => new SoftProblem(mdp.WithDiscount(i % 3 == 0 ? 0.5 : 0.999).WithReward((i + 1) * mdp.Reward), 1))];
        AssertAsAlone(problems, new Auto());
        Assert.That(problems.SolveAll().Select(solution => solution.Algorithm.Contains("Krylov", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(0, 12).Select(i => i % 3 != 0)));
    }

    [Test]
    public void A_kernel_without_stored_rows_and_values_beyond_the_temperature_are_solved_all_the_same()
    {
        MarkovDecisionProcess mdp = Rows.Grid(20, 3).WithReward(StateActionTable.Create(20, 3, (s, a) => (a - 1) * 1e300));
        AssertAsAlone([.. Enumerable.Range(1, 9).Select(i => new SoftProblem(mdp, i % 2 == 0 ? 1e-30 : i))], new ValueIteration());
    }

    [Test]
    public void Every_width_has_the_same_bits()
    {
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Garnet(203, 3), Rows.Garnet(20_001, 2), Rows.Dense(50, 6)])
        {
            foreach (bool hard in (bool[])[false, true])
            {
                SoftProblem[] problems = [.. Various(mdp, 40).Where(p => p.Temperature == 0 == hard && p.LogBase is not null).Take(8)];
                double[] start = Rows.Numbers(mdp.States * 8, seed: 2);
                double[]? widest = null;
                foreach (int lanes in (int[])[8, 4, 2, 1])
                {
                    using BatchSweep sweep = new(problems[0], sharedReward: false, sharedBase: false, threads: 1) { Lanes = lanes };
                    AlignedBuffer<double> values = new(start.Length), next = new(start.Length);
                    start.CopyTo(values.Span);
                    sweep.Put([.. problems.Select((problem, lane) => (lane, problem))]);
                    sweep.Backup(values, next);
                    Assert.That(Allocation.Of(() => sweep.Backup(values, next)), Is.Zero);
                    double[] found = [.. next.Span, .. Enumerable.Range(0, 8).SelectMany(lane => new[] { sweep.Change(lane).Min, sweep.Change(lane).Max })];
                    Assert.That(found, Is.EqualTo(widest ??= found));
                }
            }
        }
    }

    [Test]
    public void A_cancelled_batch_says_so_and_its_brackets_hold()
    {
        SoftProblem[] problems = Various(Rows.Garnet(700, 2), 12);
        SoftSolution[] exact = problems.SolveAll(), stopped = problems.SolveAll(execution: new Execution { Cancellation = new CancellationToken(true) });
        for (int i = 0; i < problems.Length; i++)
        {
            Assert.That((stopped[i].Outcome, stopped[i].Iterations), Is.EqualTo((Outcome.Cancelled, 1)));
            for (int s = 0; s < 700; s++) Assert.That(stopped[i].Values[s], Is.EqualTo(exact[i].Values[s]).Within(stopped[i].Certificate.HalfWidth + exact[i].Certificate.HalfWidth));
        }
    }

    [Test]
    public void Along_a_path_each_problem_starts_where_the_one_before_ended()
    {
        MarkovDecisionProcess mdp = Rows.Garnet(800, 3);
        SoftProblem[] path = [.. Enumerable.Range(0, 12).Select(i => new SoftProblem(mdp, 0.5 - (0.001 * i)))];
        SoftAlgorithm algorithm = new ValueIteration { Tolerance = 1e-6 };
        SoftSolution[] found = algorithm.SolvePath(path), alone = path.SolveAll(algorithm);
        Assert.That(found.Skip(1).Sum(solution => solution.Iterations), Is.LessThan(alone.Skip(1).Sum(solution => solution.Iterations)));
        for (int i = 0; i < path.Length; i++)
        {
            Assert.That(found[i].Outcome, Is.EqualTo(Outcome.Converged));
            for (int s = 0; s < 800; s++) Assert.That(found[i].Values[s], Is.EqualTo(alone[i].Values[s]).Within(found[i].Certificate.HalfWidth + alone[i].Certificate.HalfWidth));
        }

        AssertSame(algorithm.SolvePath(path, new Execution { Threads = 2 }), found);
        Assert.That(() => algorithm.SolvePath([path[0], new SoftProblem(Rows.Garnet(8, 3), 1)]), Throws.ArgumentException.With.Message.EqualTo("found 8 entries, expected 800 (Parameter 'problems[1]')"));
    }

    [TestCaseSource(nameof(_algorithms))]
    public void Paths_side_by_side_come_out_as_they_do_alone(SoftAlgorithm algorithm)
    {
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Garnet(703, 3), Rows.Grid(603, 3), Rows.Dense(50, 6)])
        {
            SoftProblem[][] paths = Paths(mdp, 13);
            SoftSolution[][] alone = [.. paths.Select(path => algorithm.SolvePath(path))];
            AssertSamePaths(algorithm.SolvePaths(paths), alone);
            AssertSamePaths(algorithm.SolvePaths([.. paths.Reverse()], new Execution { Threads = 2 }), [.. alone.Reverse()]);
            AssertSamePaths(algorithm.SolvePaths([.. paths.Take(2)]), [.. alone.Take(2)]);
        }
    }

    [Test]
    public void Paths_that_sweeps_do_not_settle_are_finished_otherwise_and_start_where_they_should()
    {
        // A corridor with an end: ordered sweeps, which make a start of their own only where there is none. A ring: Newton steps.
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Ring(700), Rows.Corridor(700)])
        {
            SoftProblem[][] paths = [.. Enumerable.Range(0, 5).Select(i => (SoftProblem[])[.. Enumerable.Range(1, 3).Select(k => new SoftProblem(mdp.WithDiscount(0.999).WithReward((i + k) * mdp.Reward), 1))])];
            AssertSamePaths(new Auto().SolvePaths(paths), [.. paths.Select(path => new Auto().SolvePath(path))]);
        }
    }

    [Test]
    public void Bad_paths_are_refused()
    {
        SoftProblem one = new(Rows.Grid(20, 3), 1), other = new(Rows.Grid(20, 3), 1);
        ValueIteration algorithm = new();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(algorithm.SolvePaths([]), Is.Empty);
            Assert.That(algorithm.SolvePaths([[], [one], []]).Select(path => path.Length), Is.EqualTo((int[])[0, 1, 0]));
            Assert.That(() => algorithm.SolvePaths([[one], [one, other]]), Throws.ArgumentException.With.Message.EqualTo("found another kernel in problem 2, expected the one that problem 0 has (Parameter 'problems')"));
            Assert.That(() => algorithm.SolvePaths([[one], [null!]]), Throws.ArgumentNullException.With.Message.Contain("problems[1]"));
            Assert.That(() => algorithm.SolvePaths([[one], null!]), Throws.ArgumentNullException.With.Message.Contain("paths[1]"));
            Assert.That(() => algorithm.SolvePaths(null!), Throws.ArgumentNullException);
        }
    }

    [Test]
    public void Bad_lists_are_refused()
    {
        SoftProblem one = new(Rows.Grid(20, 3), 1), other = new(Rows.Grid(20, 3), 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Array.Empty<SoftProblem>().SolveAll(), Is.Empty);
            Assert.That(() => new[] { one, one, other }.SolveAll(), Throws.ArgumentException.With.Message.EqualTo("found another kernel in problem 2, expected the one that problem 0 has (Parameter 'problems')"));
            Assert.That(() => new[] { one, null! }.SolveAll(), Throws.ArgumentNullException.With.Message.Contain("problems[1]"));
            Assert.That(() => ((SoftProblem[])null!).SolveAll(), Throws.ArgumentNullException);
        }
    }

    /// <summary>Hard and soft, with and without base measure, several temperatures and discounts, rewards of many sizes.</summary>
    private static SoftProblem[] Various(MarkovDecisionProcess mdp, int count)
    {
        StateActionTable logBase = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => a > 0 && (s + a) % 5 == 0 ? double.NegativeInfinity : 0.3 * a);
        return
        [
            .. Enumerable.Range(0, count).Select(i => new SoftProblem(
                mdp.WithReward((1 + (i % 4)) * mdp.Reward).WithDiscount(i % 5 == 0 ? 0.5 : 0.9),
                i % 4 == 0 ? 0 : 0.05 * i,
                i % 3 == 0 ? null : (i % 7 == 0 ? 0.5 : 1) * logBase)),
        ];
    }

    /// <summary>Paths of none to six problems: the temperature falls, for some to zero; weights grow; base measures come and go.</summary>
    private static SoftProblem[][] Paths(MarkovDecisionProcess mdp, int count)
    {
        StateActionTable logBase = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => a > 0 && (s + a) % 5 == 0 ? double.NegativeInfinity : 0.3 * a);
        return
        [
            .. Enumerable.Range(0, count).Select(i => (SoftProblem[])
            [
                .. Enumerable.Range(0, i % 7).Select(k => new SoftProblem(
                    mdp.WithReward((1 + (0.1 * k * (i % 3))) * mdp.Reward), i % 4 == 0 && k > 2 ? 0 : 0.5 - (0.05 * k), i % 5 == 0 && k % 2 == 0 ? null : logBase)),
            ]),
        ];
    }

    private static void AssertSamePaths(SoftSolution[][] found, SoftSolution[][] expected)
    {
        Assert.That(found.Select(path => path.Length), Is.EqualTo(expected.Select(path => path.Length)));
        for (int i = 0; i < found.Length; i++) AssertSame(found[i], expected[i]);
    }

    private static void AssertAsAlone(SoftProblem[] problems, SoftAlgorithm algorithm) => AssertSame(problems.SolveAll(algorithm), [.. problems.Select(problem => problem.Solve(algorithm))]);

    private static void AssertSame(SoftSolution[] found, SoftSolution[] expected)
    {
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.That(found[i].Values.SequenceEqual(expected[i].Values), $"values of problem {i}");
            Assert.That(found[i].History, Is.EqualTo(expected[i].History));
            Assert.That(
                (found[i].Certificate.HalfWidth, found[i].Certificate.Rounding, found[i].Certificate.QRadius, found[i].Certificate.Target, found[i].Outcome, found[i].Algorithm),
                Is.EqualTo((expected[i].Certificate.HalfWidth, expected[i].Certificate.Rounding, expected[i].Certificate.QRadius, expected[i].Certificate.Target, expected[i].Outcome, expected[i].Algorithm)));
        }
    }
}
