using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Enclosures: what a solution proves is accepted, what is accepted is true, and what is false is refused.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)], MaxTest = 200)]
public class ValueEnclosureTests
{
    private static IEnumerable<TestCaseData> Problems =>
        from golden in OracleCase.All
        from problem in golden.Problems
        select new TestCaseData(problem.Problem).SetArgDisplayNames(golden.ToString(), problem.Name);

    [TestCaseSource(nameof(Problems))]
    public void The_bracket_of_a_solution_moved_a_little_is_accepted(SoftProblem problem)
    {
        SoftSolution solution = problem.Solve();
        ValueEnclosure enclosure = ValueEnclosure.Of(solution), ofPolicy = ValueEnclosure.Of(solution, solution.Policy);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(enclosure.Check(), Is.Null);
            Assert.That(ofPolicy.Check(), Is.Null);
            Assert.That(enclosure.Width, Is.LessThanOrEqualTo(8 * solution.Certificate.HalfWidth));
            for (int s = 0; s < problem.Mdp.States; s++)
            {
                Assert.That(enclosure.Lower[s], Is.LessThanOrEqualTo(solution.Certificate.Lower[s]));
                Assert.That(enclosure.Upper[s], Is.GreaterThanOrEqualTo(solution.Certificate.Upper[s]));
            }
        }
    }

    [TestCaseSource(typeof(OracleCase), nameof(OracleCase.All))]
    public void The_golden_values_are_inside(OracleCase golden)
    {
        AssertInside(golden.Scenario.Expert, "VStar");
        AssertInside(golden.Scenario.Candidate, "VHat");
        AssertInside(new SoftProblem(golden.Scenario.Expert.Mdp, 0), "VHardStar");

        void AssertInside(SoftProblem problem, string field)
        {
            ValueEnclosure enclosure = ValueEnclosure.Of(problem.Solve());
            for (int s = 0; s < problem.Mdp.States; s++)
                Assert.That(golden[field][s], Is.InRange(enclosure.Lower[s] - (golden.Tolerance(field) / 32), enclosure.Upper[s] + (golden.Tolerance(field) / 32)), $"{field}, state {s}");
        }
    }

    [TestCaseSource(nameof(Problems))]
    public void Bounds_on_the_wrong_side_are_refused(SoftProblem problem)
    {
        ValueEnclosure enclosure = ValueEnclosure.Of(problem.Solve());
        double[] lower = enclosure.Lower.ToArray(), upper = enclosure.Upper.ToArray();
        // Above U is above V*, so it cannot be a lower bound anywhere; likewise below L.
        foreach (int units in (int[])[1, 2, 5])
        {
            double step = units * enclosure.Width;
            AssertRefused(EnclosurePart.Lower, [.. upper.Select(v => v + step)], [.. upper.Select(v => v + (2 * step))]);
            AssertRefused(EnclosurePart.Upper, lower, [.. lower.Select(v => v - step)]);
            for (int s = 0; s < lower.Length; s++)
            {
                int moved = s;
                AssertRefused(EnclosurePart.Lower, [.. lower.Select((v, i) => i == moved ? upper[i] + step : v)], upper);
                AssertRefused(EnclosurePart.Upper, lower, [.. upper.Select((v, i) => i == moved ? lower[i] - step : v)]);
            }
        }

        AssertRefused(EnclosurePart.Lower, upper, lower);

        void AssertRefused(EnclosurePart part, double[] low, double[] high)
        {
            EnclosureRefusal? refusal = new ValueEnclosure(problem, low, high).Check();
            Assert.That(refusal?.Part, Is.EqualTo(part));
            Assert.That(refusal!.Excess, Is.Positive);
        }
    }

    [Property]
    public void What_a_solution_proves_is_accepted_however_early_it_stopped(SmallProblem small, byte iterations)
    {
        foreach (SoftProblem problem in (SoftProblem[])[small.Problem, small.Plain, new SoftProblem(small.Mdp, 0), new SoftProblem(small.Mdp, 0, small.Problem.LogBase) { Ties = TieRule.Lexicographic }])
        {
            foreach (SoftAlgorithm algorithm in (SoftAlgorithm[])[new Auto(), new ValueIteration { MaxIterations = 1 + (iterations % 16) }])
            {
                SoftSolution solution = problem.Solve(algorithm);
                Assert.That(ValueEnclosure.Of(solution).Check(), Is.Null, algorithm.Name);
                Assert.That(ValueEnclosure.Of(solution, solution.Policy).Check(), Is.Null, $"{algorithm.Name}, with its policy");
            }
        }
    }

    [Property(MaxTest = 500)]
    public void What_is_accepted_is_true(SmallProblem small, int seed)
    {
        SoftSolution solution = small.Problem.Solve(), other = small.Problem.Solve(new ModifiedPolicyIteration());
        SplittableRandom random = new(seed);
        double width = ValueEnclosure.Of(solution).Width;
        double[] lower = Moved(), upper = Moved();
        EnclosureRefusal? refusal = new ValueEnclosure(small.Problem, lower, upper).Check();
        foreach (SoftSolution truth in (SoftSolution[])[solution, other])
        {
            for (int s = 0; s < small.States; s++)
            {
                if (refusal?.Part != EnclosurePart.Lower) Assert.That(lower[s], Is.LessThanOrEqualTo(truth.Certificate.Upper[s]), $"state {s}");
                if (refusal is null) Assert.That(upper[s], Is.GreaterThanOrEqualTo(truth.Certificate.Lower[s]), $"state {s}");
            }
        }

        // Bounds off by about the width of what can be proved, to both sides, so that some are accepted and some are not.
        double[] Moved()
        {
            double common = 2 * random.NextNormal(), own = random.NextDouble();
            return [.. solution.Values.ToArray().Select(v => v + (width * (common + (own * random.NextNormal()))))];
        }
    }

    [Property(MaxTest = 300)]
    public void What_is_just_accepted_at_temperature_zero_holds_in_exact_arithmetic(SmallProblem small)
    {
        SoftProblem problem = new(small.Mdp, 0, small.Problem.LogBase);
        SoftSolution solution = problem.Solve();
        ValueEnclosure tightest = solution.Tightest();
        for (int s = 0; s < small.States; s++)
        {
            Assert.That(ExactBackup(problem, tightest.Lower, s) >= tightest.Lower[s], $"lower, state {s}");
            Assert.That(ExactBackup(problem, tightest.Upper, s) <= tightest.Upper[s], $"upper, state {s}");
        }
    }

    [Property]
    public void A_policy_is_worth_what_is_accepted_and_no_more(SmallProblem small)
    {
        foreach (double temperature in (double[])[small.Temperature, 0])
        {
            SoftProblem problem = new(small.Mdp, temperature);
            double[] upper = ValueEnclosure.Of(problem.Solve()).Upper.ToArray();
            CertifiedVector value = PolicyValue.Of(problem, small.Prior).Values;
            double size = Math.Max(Math.Max(1, temperature), SoftProblem.LargestAbs(value.Values) + SoftProblem.LargestAbs(small.Rewards));
            double margin = value.ErrorBound + (1e-12 * size / (1 - small.Discount));
            double[] below = Array.ConvertAll(value.Values, v => v - (2 * margin)), above = Array.ConvertAll(value.Values, v => v + margin);
            Assert.That(new ValueEnclosure(problem, below, upper, small.Prior).Check(), Is.Null);
            Assert.That(new ValueEnclosure(problem, above, upper, small.Prior).Check()?.Part, Is.EqualTo(EnclosurePart.Lower));
        }
    }

    [Test]
    public void A_policy_that_takes_what_the_problem_takes_away_is_refused()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), new StateActionTable(1, 2, [0, 1]), [1], 0.5);
        StateActionTable firstOnly = new(1, 2, [0, double.NegativeInfinity]);
        foreach (double temperature in (double[])[0, 1])
            Assert.That(new ValueEnclosure(new SoftProblem(mdp, temperature, firstOnly), [-1], [1], Policy.Uniform(mdp.Kernel)).Check(), Is.EqualTo(new EnclosureRefusal(EnclosurePart.Lower, 0, double.PositiveInfinity)));
    }

    [Test]
    public void A_refusal_names_the_worst_state_and_by_how_much()
    {
        // Two states that stay, rewards 1 and 2, discount one half: V* = (2, 4).
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 1).Add(1, 0, 1, 1).Build(), new StateActionTable(2, 1, [1, 2]), [1, 0], 0.5);
        foreach (double temperature in (double[])[0, 1])
        {
            SoftProblem problem = new(mdp, temperature);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(new ValueEnclosure(problem, [1.9, 3.9], [2.1, 4.1]).Check(), Is.Null);
                Assert.That(new ValueEnclosure(problem, [2.5, 5], [2.5, 5]).Check()?.ToString(), Is.EqualTo("state 1: the lower bound exceeds its backup by 0.5, expected at most 0"));
                Assert.That(new ValueEnclosure(problem, [1.5, 3.5], [1, 3.5]).Check()?.ToString(), Is.EqualTo("state 0: the backup of the upper bound exceeds it by 0.5, expected at most 0"));
            }
        }
    }

    [Test]
    public void Rounding_that_adds_up_along_a_row_is_counted()
    {
        // Three hundred equal terms round in one direction, in every state: in favour of one end or the other.
        const int States = 300;
        DenseKernel kernel = new(States, 1, Enumerable.Repeat(1.0 / States, States * States).ToArray());
        SoftProblem problem = new(new MarkovDecisionProcess(kernel, StateActionTable.Constant(States, 1, 1), [1, .. new double[States - 1]], 0.9), 0);
        ValueEnclosure tightest = problem.Solve().Tightest();
        Assert.That(ExactBackup(problem, tightest.Lower, 0) >= tightest.Lower[0]);
        Assert.That(ExactBackup(problem, tightest.Upper, 0) <= tightest.Upper[0]);
    }

    [Test]
    public void A_bound_that_is_short_by_a_fraction_of_a_roundoff_is_refused()
    {
        // V* = log(2 e^l) with l = -0.69314718055994528..., the double nearest to -log 2, is 2.3e-17; in double precision log 2 + l is 0.
        TransitionKernel kernel = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build();
        SoftProblem problem = new(new MarkovDecisionProcess(kernel, StateActionTable.Constant(1, 2, 0), [1], 0), 1, StateActionTable.Constant(1, 2, -Math.Log(2)));
        Assert.That(new ValueEnclosure(problem, [-1], [0]).Check()?.Part, Is.EqualTo(EnclosurePart.Upper));
        Assert.That(new ValueEnclosure(problem, [-1], [1e-14]).Check(), Is.Null);
    }

    [Test]
    public void Rows_that_exceed_one_by_more_than_the_discount_takes_off_prove_nothing()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1 + 9e-13).Build();
        SoftProblem problem = new(new MarkovDecisionProcess(kernel, StateActionTable.Constant(1, 1, 0), [1], 1 - 1e-13), 1);
        Assert.That(new ValueEnclosure(problem, [-1], [1]).Check()?.Part, Is.EqualTo(EnclosurePart.Rows));
        Assert.That(() => ValueEnclosure.Of(problem.Solve(new ValueIteration { MaxIterations = 3 })), Throws.ArgumentException.With.Message.StartsWith("found no finite bracket that can be checked"));
    }

    [Test]
    public void Of_equals_the_first_state_is_named()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 1).Add(1, 0, 1, 1).Build(), StateActionTable.Constant(2, 1, 1), [1, 0], 0.5);
        Assert.That(new ValueEnclosure(new SoftProblem(mdp, 1), [3, 3], [4, 4]).Check()?.State, Is.Zero);
    }

    [Test]
    public void Of_rows_that_exceed_one_the_worst_is_named_the_first_of_equals_and_none_that_the_problem_takes_away()
    {
        const double Discount = 1 - 1e-13;
        foreach ((double first, double second, int worst) in ((double, double, int)[])[(5e-13, 9e-13, 1), (9e-13, 5e-13, 0), (9e-13, 9e-13, 0)])
        {
            TransitionKernel kernel = new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 1 + first).Add(1, 0, 1, 1 + second).Build();
            EnclosureRefusal refusal = new ValueEnclosure(new SoftProblem(new MarkovDecisionProcess(kernel, StateActionTable.Constant(2, 1, 0), [1, 0], Discount), 1), [-1, -1], [1, 1]).Check()!;
            Assert.That((refusal.Part, refusal.State), Is.EqualTo((EnclosurePart.Rows, worst)));
            // gamma (1 + 9e-13) - 1; the sum and the product move up by a roundoff of one each.
            Assert.That(refusal.Excess, Is.EqualTo(8e-13).Within(8 * Rounding.Unit));
        }

        TransitionKernel twoActions = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1 + 9e-13).Build();
        MarkovDecisionProcess mdp = new(twoActions, StateActionTable.Constant(1, 2, 0), [1], Discount);
        Assert.That(new ValueEnclosure(new SoftProblem(mdp, 1, new StateActionTable(1, 2, [0, double.NegativeInfinity])), [-1], [1]).Check(), Is.Null);
    }

    [TestCase(0.5)]
    [TestCase(1)]
    [TestCase(2)]
    public void A_refusal_counts_the_base_measure_in_the_units_of_the_reward(double temperature)
    {
        // One state, base measure (2, 3), reward 0, discount one half: T U = U/2 + alpha log 5.
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Build(), StateActionTable.Constant(1, 2, 0), [1], 0.5);
        SoftProblem problem = new(mdp, temperature, new StateActionTable(1, 2, [Math.Log(2), Math.Log(3)]));
        double value = 2 * temperature * Math.Log(5);
        EnclosureRefusal? below = new ValueEnclosure(problem, [0], [value - 1]).Check(), above = new ValueEnclosure(problem, [value + 1], [10]).Check();
        Assert.That((below?.Part, above?.Part), Is.EqualTo((EnclosurePart.Upper, EnclosurePart.Lower)));
        Assert.That(below!.Excess, Is.EqualTo(0.5).Within(1e-14));
        Assert.That(above!.Excess, Is.EqualTo(0.5).Within(1e-14));
    }

    [TestCase(4, 1, 2)]
    [TestCase(1, 4, 2)]
    [TestCase(1, 2, 4)]
    [TestCase(2, 1, 4)]
    [TestCase(0, 0, 4)]
    [TestCase(0, 4, 0)]
    public void A_roundoff_is_one_of_the_largest_number_in_the_inequalities(double temperature, double bound, double reward)
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1).Build(), StateActionTable.Constant(1, 1, -reward), [1], 0.5);
        Assert.That(new EnclosureCheck(new SoftProblem(mdp, temperature), null).Roundoff([-bound]), Is.EqualTo(4 * Rounding.Unit));
    }

    [Test]
    public void Gamma_times_a_row_sum_must_be_proved_to_be_below_one()
    {
        // The row sums to 1, rounded outward to 1 + 4 u with u = 2^-53; times 1 - 6 u that is 1 - 2 u and a little less, and outward 1 - u; times 1 - 3 u it becomes 1.
        static EnclosureRefusal? Rows(int roundoffs) => new EnclosureCheck(new SoftProblem(Loop(1 - (roundoffs * Rounding.Unit)), 1), null).Rows();
        Assert.That(Rows(6), Is.Null);
        Assert.That(Rows(3)?.Excess, Is.Zero);
    }

    [TestCase(2.5, 0.25)]
    [TestCase(6, 2)]
    public void At_temperature_zero_a_lower_bound_that_is_too_high_is_refused_by_what_it_loses_in_a_step(double lower, double excess)
    {
        // One state that pays 1, gamma = 1/2: L - (1 + L/2), in five operations that are each rounded outward by at most two roundoffs of L.
        Assert.That(new EnclosureCheck(new SoftProblem(Loop(0.5), 0), null).Bound([lower], Outward.Down)?.Excess, Is.EqualTo(excess).Within(10 * Rounding.Unit * lower));
    }

    [Test]
    public void A_bound_of_a_policys_value_that_is_short_by_a_few_roundoffs_is_refused()
    {
        // One state, one action, reward 0: the policy is worth 0, and exp(0) = 1 is known to sixteen roundoffs.
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(1, 1).Add(0, 0, 0, 1).Build(), StateActionTable.Constant(1, 1, 0), [1], 0);
        SoftProblem problem = new(mdp, 1);
        Policy policy = Policy.Uniform(mdp.Kernel);
        Assert.That(new ValueEnclosure(problem, [8 * Rounding.Unit], [1], policy).Check()?.Part, Is.EqualTo(EnclosurePart.Lower));
        Assert.That(new ValueEnclosure(problem, [-32 * Rounding.Unit], [1], policy).Check(), Is.Null);
    }

    [Test]
    public void A_claim_has_a_finite_number_for_each_state()
    {
        SoftProblem problem = OracleCase.All[0].Scenario.Candidate;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new ValueEnclosure(problem, [0, 1], [2]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 1 (Parameter 'lower')"));
            Assert.That(() => new ValueEnclosure(problem, [0], [double.NaN]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number (Parameter 'upper')"));
            Assert.That(() => new ValueEnclosure(problem, [double.NegativeInfinity], [0]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number (Parameter 'lower')"));
        }
    }

    [TestCase(1 - 1e-9, 1e-3, 1e6)]
    [TestCase(1 - 1e-9, 1e3, 1)]
    [TestCase(1 - 1e-9, 0, 1e6)]
    [TestCase(0.999, 1e-300, 1e6)]
    [TestCase(0, 1e-300, 1e300)]
    public void Extreme_numbers_leave_something_to_prove(double discount, double temperature, double size)
    {
        TransitionKernel kernel = new TransitionKernelBuilder(2, 2).Add(0, 0, 0, 1).Add(0, 1, 1, 0.3).Add(0, 1, 0, 0.7).Add(1, 0, 1, 1).Add(1, 1, 0, 0.25).Add(1, 1, 1, 0.75).Build();
        MarkovDecisionProcess mdp = new(kernel, size * new StateActionTable(2, 2, [-1, 0.25, 0.9, 1]), [1, 0], discount);
        SoftSolution solution = new SoftProblem(mdp, temperature).Solve();
        Assert.That(ValueEnclosure.Of(solution, solution.Policy).Check(), Is.Null);
    }

    private static Rational ExactBackup(SoftProblem problem, ReadOnlySpan<double> values, int state)
    {
        Rational? best = null;
        for (int a = 0; a < problem.Mdp.Actions; a++)
        {
            if (!problem.IsAvailable(state, a)) continue;
            Rational expected = 0.0;
            foreach (Successor next in problem.Mdp.Kernel.Successors(state, a)) expected += (Rational)next.Probability * values[next.State];
            Rational q = problem.Mdp.Reward[state, a] + (problem.Mdp.Discount * expected);
            best = best is Rational known ? Rational.Max(known, q) : q;
        }

        return best!.Value;
    }

    private static MarkovDecisionProcess Loop(double discount)
    {
        TransitionKernelBuilder kernel = new(1, 1);
        kernel.Add(0, 0, 0, 1);
        return new MarkovDecisionProcess(kernel.Build(), new StateActionTable(1, 1, [1]), [1], discount);
    }
}
