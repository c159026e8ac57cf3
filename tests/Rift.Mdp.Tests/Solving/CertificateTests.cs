using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Certificates are honest: whatever produced V, and however early it stopped, the truth is inside.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)], MaxTest = 150)]
public class CertificateTests
{
    private static readonly SoftAlgorithm[] _algorithms =
    [
        new Auto(),
        new ValueIteration { MaxIterations = 20_000 },
        new ModifiedPolicyIteration(),
        new SoftPolicyIteration { Linear = LinearMethod.Elimination },
        new SoftPolicyIteration { Linear = LinearMethod.Lu },
        new SoftPolicyIteration { Linear = LinearMethod.Krylov },
        new GaussSeidel(),
    ];

    private static IEnumerable<TestCaseData> EarlyStops =>
        from golden in OracleCase.All
        from algorithm in _algorithms
        from iterations in (int[])[1, 3, 10]
        select new TestCaseData(golden, algorithm with { MaxIterations = iterations, Tolerance = Tolerance.RoundingFloor }).SetArgDisplayNames(golden.ToString(), algorithm.Name, $"{iterations} iterations");

    [TestCaseSource(nameof(EarlyStops))]
    public void A_solve_that_stopped_early_says_so_and_its_bracket_holds(OracleCase golden, SoftAlgorithm algorithm)
    {
        SoftSolution solution = algorithm.Solve(golden.Scenario.Expert);
        double slack = golden.Tolerance("VStar") / 32;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solution.Outcome == Outcome.Converged, Is.EqualTo(solution.Certificate.HalfWidth <= solution.Certificate.Target));
            Assert.That(solution.Outcome, Is.AnyOf(Outcome.Converged, Outcome.ToleranceNotReached));
            Assert.That(solution.Iterations, Is.LessThanOrEqualTo(algorithm.MaxIterations));
            AssertWithin(solution.Values, golden["VStar"], solution.Certificate.HalfWidth + slack);
            AssertWithin(solution.Q.Entries, golden["QStar"], solution.Certificate.QRadius + slack);
            AssertWithin(solution.Policy.LogProbabilities.Entries, golden["logPiStar"], solution.Certificate.LogPolicyRadius + (golden.Tolerance("logPiStar") / 32));
        }
    }

    [Property]
    public void Brackets_of_all_algorithms_intersect(SmallProblem small)
    {
        SoftSolution[] solutions = [.. _algorithms.SelectMany(algorithm => new[] { algorithm, algorithm with { MaxIterations = 2 } }).Select(algorithm => small.Problem.Solve(algorithm))];
        foreach (SoftSolution x in solutions)
        {
            Assert.That(x.Values.ToArray(), Is.All.Matches<double>(double.IsFinite));
            Assert.That(x.Certificate.HalfWidth, Is.GreaterThanOrEqualTo(0).And.LessThan(double.PositiveInfinity));
            foreach (SoftSolution y in solutions)
            {
                AssertWithin(x.Values, y.Values, x.Certificate.HalfWidth + y.Certificate.HalfWidth);
                AssertWithinWhereAvailable(small.Problem, x.Q, y.Q, x.Certificate.QRadius + y.Certificate.QRadius);
                AssertWithinWhereAvailable(small.Problem, x.Policy.LogProbabilities, y.Policy.LogProbabilities, x.Certificate.LogPolicyRadius + y.Certificate.LogPolicyRadius);
            }
        }
    }

    [Property]
    public void Each_bracket_lies_inside_what_one_backup_of_its_ends_proves(SmallProblem small)
    {
        // T is monotone: if L <= V* <= U then T L <= V* <= T U, so T L may not pass above U, nor T U below L.
        SoftSolution solution = small.Problem.Solve(new ValueIteration { MaxIterations = 5 });
        using BellmanSweep sweep = new(small.Problem, threads: 1);
        double[] lower = sweep.Backup(solution.Certificate.Lower), upper = sweep.Backup(solution.Certificate.Upper);
        double rounding = small.Problem.BackupRounding(SoftProblem.LargestAbs(solution.Certificate.Upper)) + small.Problem.BackupRounding(SoftProblem.LargestAbs(solution.Certificate.Lower));
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(lower[s], Is.LessThanOrEqualTo(solution.Certificate.Upper[s] + rounding));
            Assert.That(upper[s], Is.GreaterThanOrEqualTo(solution.Certificate.Lower[s] - rounding));
        }
    }

    [Property(MaxTest = 60)]
    public void The_hard_optimum_in_exact_arithmetic_is_inside(SmallProblem small)
    {
        SmallProblem tiny = small with { LogBase = new double[small.LogBase.Length] };
        if (Math.Pow(tiny.Actions, tiny.States) > 64) return;
        MarkovDecisionProcess mdp = tiny.Mdp;
        foreach (bool normalised in (bool[])[false, true])
        {
            Rational[] exact = ExactHardOptimum(mdp, normalised);
            foreach (SoftAlgorithm algorithm in _algorithms.SelectMany(a => new[] { a, a with { MaxIterations = 1 }, a with { Tolerance = Tolerance.RoundingFloor } }))
            {
                SoftSolution solution = algorithm.Solve(new SoftProblem(mdp, 0));
                for (int s = 0; s < mdp.States; s++)
                {
                    Assert.That(exact[s] <= solution.Certificate.Upper[s], $"state {s}, {algorithm.Name}: upper end");
                    Assert.That(exact[s] >= solution.Certificate.Lower[s], $"state {s}, {algorithm.Name}: lower end");
                }
            }
        }
    }

    [TestCase(1 - 1e-9, 1e-3, 1e6)]
    [TestCase(1 - 1e-9, 1e3, 1)]
    [TestCase(1 - 1e-9, 0, 1e6)]
    [TestCase(0.999, 1e-3, 1e6)]
    [TestCase(0.999, 1e-300, 1e6)]
    [TestCase(0, 1e-3, 1e6)]
    public void Extreme_numbers_leave_finite_values_and_brackets_that_intersect(double discount, double temperature, double size)
    {
        // Two states, two actions; the better state is held at a small loss.
        TransitionKernel kernel = new TransitionKernelBuilder(2, 2).Add(0, 0, 0, 1).Add(0, 1, 1, 0.3).Add(0, 1, 0, 0.7).Add(1, 0, 1, 1).Add(1, 1, 0, 0.25).Add(1, 1, 1, 0.75).Build();
        MarkovDecisionProcess mdp = new(kernel, size * new StateActionTable(2, 2, [-1, 0.25, 0.9, 1]), [1, 0], discount);
        SoftProblem problem = new(mdp, temperature);
        SoftSolution[] solutions = [.. _algorithms.Select(algorithm => algorithm.Solve(problem))];
        foreach (SoftSolution solution in solutions)
        {
            Assert.That(solution.Values.ToArray(), Is.All.Matches<double>(double.IsFinite));
            Assert.That(solution.Certificate.HalfWidth, Is.GreaterThan(0).And.LessThan(double.PositiveInfinity));
            Assert.That(solution.Certificate.LogPolicyRadius, Is.GreaterThanOrEqualTo(0));
            Assert.That(solution.Policy.LogProbabilities.Entries.ToArray(), Has.None.NaN);
            Assert.That(solution.Outcome == Outcome.Converged, Is.EqualTo(solution.Certificate.HalfWidth <= solution.Certificate.Target));
            foreach (SoftSolution other in solutions)
                AssertWithin(solution.Values, other.Values, solution.Certificate.HalfWidth + other.Certificate.HalfWidth);
        }
    }

    [Test]
    public void A_constant_reward_has_a_known_value_at_a_discount_of_one_minus_1e_9()
    {
        // One state, two equal actions: V = (r + alpha log 2) / (1 - gamma).
        const double Discount = 1 - 1e-9;
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), StateActionTable.Constant(1, 2, 3), [1], Discount);
        SoftSolution solution = new SoftProblem(mdp, 0.5).Solve();
        double expected = (3 + (0.5 * Math.Log(2))) / (1 - Discount);
        Assert.That(solution.Outcome, Is.EqualTo(Outcome.Converged));
        Assert.That(solution.Values[0], Is.EqualTo(expected).Within(solution.Certificate.HalfWidth + (4 * Rounding.Unit * expected)));
        Assert.That(solution.Certificate.HalfWidth, Is.LessThan(1e-5 * expected));
    }

    [Test]
    public void Where_rows_miss_one_by_more_than_the_discount_does_nothing_is_proved_and_the_bounds_say_so()
    {
        // gamma (1 + delta) > 1: the stored dynamics need not contract.
        const double Discount = 1 - 1e-13;
        TransitionKernel kernel = new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1 + 9e-13).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(1, 1, 1), [1], Discount);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(new SoftProblem(mdp, 1).Solve(new ValueIteration { MaxIterations = 3 }).Certificate.HalfWidth, Is.EqualTo(double.PositiveInfinity));
            Assert.That(new SoftProblem(mdp, 1).Solve(new ValueIteration { MaxIterations = 3 }).Outcome, Is.EqualTo(Outcome.ToleranceNotReached));
            Assert.That(Visitation.Of(mdp, Policy.Uniform(kernel)).States.ErrorBound, Is.EqualTo(double.PositiveInfinity));
        }
    }

    [Test]
    public void The_ends_are_the_values_plus_and_minus_the_half_width()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1).Build(), StateActionTable.Constant(1, 1, 1), [1], 0.5);
        Certificate certificate = new SoftProblem(mdp, 1).Solve(new ValueIteration { Tolerance = 0.25 }).Certificate;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(certificate.Lower[0], Is.LessThan(2).And.GreaterThan(1.7));
            Assert.That(certificate.Upper[0], Is.GreaterThan(2).And.LessThan(2.3));
            Assert.That(certificate.Contains([2]));
            Assert.That(certificate.Contains([2.3]), Is.False);
            Assert.That(certificate.Contains([double.NaN]), Is.False);
            Assert.That(() => certificate.Contains([1, 2]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 1 (Parameter 'values')"));
            Assert.That(certificate.Target, Is.EqualTo(0.25));
            Assert.That(certificate.Rounding, Is.LessThan(1e-14));
        }
    }

    /// <summary>The best value over all deterministic stationary policies, each evaluated in fractions, for the rows as stored or divided by their sums.</summary>
    private static Rational[] ExactHardOptimum(MarkovDecisionProcess mdp, bool normalised)
    {
        Rational[]? best = null;
        int[] chosen = new int[mdp.States];
        for (bool more = true; more;)
        {
            if (Enumerable.Range(0, mdp.States).All(s => mdp.IsAvailable(s, chosen[s])))
            {
                Rational[,] system = ExactChain.System(mdp, chosen, normalised);
                Rational[] value = Rational.Solve(system, [.. chosen.Select((a, s) => (Rational)mdp.Reward[s, a])]);
                best = best is null ? value : [.. best.Zip(value, Rational.Max)];
            }

            int digit = 0;
            while (digit < chosen.Length && ++chosen[digit] == mdp.Actions) chosen[digit++] = 0;
            more = digit < chosen.Length;
        }

        return best!;
    }

    private static void AssertWithin(ReadOnlySpan<double> found, ReadOnlySpan<double> expected, double bound)
    {
        for (int i = 0; i < found.Length; i++)
            Assert.That(found[i], Is.EqualTo(expected[i]).Within(bound), $"entry {i}");
    }

    private static void AssertWithinWhereAvailable(SoftProblem problem, StateActionTable found, StateActionTable expected, double bound)
    {
        for (int s = 0; s < found.States; s++)
            for (int a = 0; a < found.Actions; a++)
                if (problem.IsAvailable(s, a) && double.IsFinite(bound))
                    Assert.That(found[s, a], Is.EqualTo(expected[s, a]).Within(bound), $"state {s}, action {a}");
    }
}
