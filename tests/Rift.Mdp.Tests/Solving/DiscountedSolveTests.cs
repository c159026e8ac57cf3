using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>The linear solve: whatever the method, its bound holds.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class DiscountedSolveTests
{
    private static readonly LinearMethod[] _methods = [LinearMethod.Elimination, LinearMethod.Lu, LinearMethod.Krylov];

    [Property]
    public void Methods_agree_within_their_bounds(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        double[] b = small.Rewards[..small.States];
        DiscountedSolve[] solves = [.. _methods.Select(method => new DiscountedSolve(mdp, small.Policy, method))];
        foreach (DiscountedSolve x in solves)
        {
            foreach (DiscountedSolve y in solves)
            {
                CertifiedVector left = x.Solve(b), right = y.Solve(b);
                Assert.That(left.Values.Zip(right.Values, (p, q) => Math.Abs(p - q)).Max(), Is.LessThanOrEqualTo(left.ErrorBound + right.ErrorBound));
                (left, right) = (x.SolveTransposed(b), y.SolveTransposed(b));
                Assert.That(left.Values.Zip(right.Values, (p, q) => Math.Abs(p - q)).Sum(), Is.LessThanOrEqualTo(left.ErrorBound + right.ErrorBound));
            }
        }
    }

    [Property]
    public void The_two_systems_are_transposed(SmallProblem small)
    {
        // <c, A^-1 b> = <A^-T c, b>.
        MarkovDecisionProcess mdp = small.Mdp;
        double[] b = small.Rewards[..small.States], c = small.PolicyWeights[..small.States];
        foreach (LinearMethod method in _methods)
        {
            DiscountedSolve solve = new(mdp, small.Policy, method);
            CertifiedVector x = solve.Solve(b), y = solve.SolveTransposed(c);
            double left = x.Values.Zip(c, (p, q) => p * q).Sum(), right = y.Values.Zip(b, (p, q) => p * q).Sum();
            double size = (x.Values.Max(Math.Abs) * c.Sum(Math.Abs)) + (y.Values.Sum(Math.Abs) * b.Max(Math.Abs));
            Assert.That(left, Is.EqualTo(right).Within((x.ErrorBound * c.Sum(Math.Abs)) + (y.ErrorBound * b.Max(Math.Abs)) + (2 * small.States * Rounding.Unit * size)));
        }
    }

    [Property]
    public void Bounds_hold_in_exact_arithmetic_for_rows_as_stored_and_normalised(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        int[] chosen = new int[small.States];
        double[] b = small.Rewards[..small.States];
        foreach (bool normalised in (bool[])[false, true])
        {
            Rational[,] system = ExactChain.System(mdp, chosen, normalised), transposed = ExactChain.Transposed(system);
            Rational[] right = [.. b.Select(entry => (Rational)entry)];
            Rational[] x = Rational.Solve(system, right), y = Rational.Solve(transposed, right);
            foreach (LinearMethod method in _methods)
            {
                DiscountedSolve solve = new(mdp, Policy.Deterministic(chosen, small.Actions), method);
                CertifiedVector value = solve.Solve(b), visits = solve.SolveTransposed(b);
                Assert.That(value.Values.Zip(x, (found, exact) => (exact - found).Abs()).Aggregate(Rational.Max) <= value.ErrorBound, $"{method}, values");
                Assert.That(visits.Values.Zip(y, (found, exact) => (exact - found).Abs()).Aggregate((p, q) => p + q) <= visits.ErrorBound, $"{method}, visitations");
            }
        }
    }

    [Property]
    public void Elimination_keeps_the_relative_accuracy_of_every_entry(SmallProblem small)
    {
        // For a non-negative right-hand side no step subtracts: about 3 S roundoffs for each of S pivots, whatever the size of the entry.
        MarkovDecisionProcess mdp = small.Mdp;
        int[] chosen = new int[small.States];
        double[] b = [.. mdp.Initial];
        Rational[,] system = ExactChain.System(mdp, chosen, normalised: true);
        Rational[] exact = Rational.Solve(ExactChain.Transposed(system), [.. b.Select(entry => (Rational)entry)]);
        CertifiedVector found = new DiscountedSolve(mdp, Policy.Deterministic(chosen, small.Actions), LinearMethod.Elimination).SolveTransposed(b);
        double tolerance = (8 * small.States * small.States * Rounding.Unit) + (4 * mdp.Kernel.RowSumError / (1 - mdp.Discount));
        for (int s = 0; s < small.States; s++)
            Assert.That((exact[s] - found.Values[s]).Abs() <= (Rational)tolerance * exact[s], $"state {s}");
    }

    [Test]
    public void Elimination_finds_visitations_of_1e_200()
    {
        // A chain that goes on with probability 1e-15 and stays otherwise: rho(k) = (1 - gamma) (gamma p)^k / (1 - gamma (1 - p))^(k+1), the last state absorbing.
        const int States = 15;
        const double Discount = 0.9, Forward = 1e-15;
        TransitionKernelBuilder builder = new(States, 1);
        for (int s = 0; s < States - 1; s++) builder.Add(s, 0, s + 1, Forward).Add(s, 0, s, 1 - Forward);
        builder.Add(States - 1, 0, States - 1, 1);
        MarkovDecisionProcess mdp = new(builder.Build(), StateActionTable.Constant(States, 1, 0), [1, .. new double[States - 1]], Discount);
        double[] rho = Visitation.Of(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Elimination).States.Values;
        double stay = 1 - (Discount * (1 - Forward)), expected = (1 - Discount) / stay;
        for (int s = 0; s < States - 1; s++)
        {
            Assert.That(rho[s] / expected, Is.EqualTo(1).Within(1e-13), $"state {s}");
            expected *= Discount * Forward / stay;
        }

        Assert.That(rho[^1] / (expected * stay / (1 - Discount)), Is.EqualTo(1).Within(1e-13));
        Assert.That(rho[^1], Is.LessThan(1e-195));
    }

    [TestCase(0.5)]
    [TestCase(0.999)]
    [TestCase(1 - 1e-9)]
    public void Krylov_on_a_random_process_of_20_000_states_keeps_its_word(double discount)
    {
        // The visitation of a constant is the constant; with b = 1 - gamma everywhere, x = 1 everywhere.
        const int States = 20_000;
        MarkovDecisionProcess mdp = Garnet(States, actions: 2, branches: 3, seed: 5, discount);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        double[] b = new double[States];
        Array.Fill(b, 1 - discount);
        CertifiedVector ones = solve.Solve(b), visits = solve.SolveTransposed([.. mdp.Initial.ToArray().Select(d => d * (1 - discount))]);
        Assert.That(solve.Method, Is.EqualTo(LinearMethod.Krylov));
        Assert.That(ones.Values.Max(x => Math.Abs(x - 1)), Is.LessThanOrEqualTo(ones.ErrorBound));
        Assert.That(visits.Values.Sum(), Is.EqualTo(1).Within(visits.ErrorBound + 1e-12));
        Assert.That(ones.ErrorBound, Is.LessThan(200 * Rounding.Unit / (1 - discount)));
        Assert.That(visits.ErrorBound, Is.LessThan(1000 * Rounding.Unit / (1 - discount)));
    }

    [Test]
    public void Krylov_on_a_long_corridor_is_never_garbage()
    {
        // 5,000 states in a row, left with 0.1, right with 0.9, reward at the end only: from the start the reward is gamma^n-ish away.
        const int States = 5000;
        const double Discount = 0.999;
        TransitionKernelBuilder builder = new(States, 1);
        for (int s = 0; s < States - 1; s++) builder.Add(s, 0, s + 1, 0.9).Add(s, 0, Math.Max(0, s - 1), 0.1);
        builder.Add(States - 1, 0, States - 1, 1);
        MarkovDecisionProcess mdp = new(builder.Build(), StateActionTable.Constant(States, 1, 0), [1, .. new double[States - 1]], Discount);
        double[] b = new double[States];
        b[^1] = 1;
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov);
        CertifiedVector x = solve.Solve(b), rho = solve.SolveTransposed([1 - Discount, .. new double[States - 1]]);

        // A tridiagonal system is eliminated exactly in one pass from the left: x(s) = c(s) x(s+1).
        double[] factor = new double[States], exact = new double[States];
        for (int s = 0; s < States - 1; s++) factor[s] = Discount * 0.9 / (1 - (Discount * 0.1 * (s == 0 ? 1 : factor[s - 1])));
        exact[^1] = 1 / (1 - Discount);
        for (int s = States - 2; s >= 0; s--) exact[s] = factor[s] * exact[s + 1];
        Assert.That(x.Values.Zip(exact, (p, q) => Math.Abs(p - q)).Max(), Is.LessThanOrEqualTo(x.ErrorBound + (States * 8 * Rounding.Unit * exact[^1])));
        Assert.That(x.ErrorBound, Is.LessThan(1e-6 * exact[^1]));
        Assert.That(rho.Values.Sum(), Is.EqualTo(1).Within(rho.ErrorBound + 1e-12));
        Assert.That(rho.ErrorBound, Is.LessThan(1e-6));
        // The last state is visited for sure if ever reached: rho(last) = (1 - gamma) x(first).
        Assert.That(rho.Values[^1], Is.EqualTo((1 - Discount) * exact[0]).Within(rho.ErrorBound + 1e-12));
    }

    [TestCase(LinearMethod.Elimination)]
    [TestCase(LinearMethod.Lu)]
    [TestCase(LinearMethod.Krylov)]
    public void Nearly_singular_systems_keep_their_bounds(LinearMethod method)
    {
        // Two halves that hardly ever exchange mass, at a discount of 1 - 1e-9; exact solution in fractions.
        const double Discount = 1 - 1e-9, Rare = 1e-10;
        TransitionKernel kernel = new TransitionKernelBuilder(4, 1)
            .Add(0, 0, 1, 1 - Rare).Add(0, 0, 2, Rare).Add(1, 0, 0, 0.5).Add(1, 0, 1, 0.5)
            .Add(2, 0, 3, 1 - Rare).Add(2, 0, 0, Rare).Add(3, 0, 2, 0.25).Add(3, 0, 3, 0.75).Build();
        double[] reward = [1, -2, 3, 0.5];
        MarkovDecisionProcess mdp = new(kernel, new StateActionTable(4, 1, reward), [1, 0, 0, 0], Discount);
        DiscountedSolve solve = new(mdp, Policy.Uniform(kernel), method);
        foreach (bool normalised in (bool[])[false, true])
        {
            Rational[,] system = ExactChain.System(mdp, new int[4], normalised);
            Rational[] exact = Rational.Solve((Rational[,])system.Clone(), [.. reward.Select(x => (Rational)x)]);
            CertifiedVector found = solve.Solve(reward);
            Assert.That(found.Values.Zip(exact, (x, e) => (e - x).Abs()).Aggregate(Rational.Max) <= found.ErrorBound);
            Rational[] exactVisits = Rational.Solve(ExactChain.Transposed(system), [1.0, 0.0, 0.0, 0.0]);
            CertifiedVector visits = solve.SolveTransposed([1, 0, 0, 0]);
            Assert.That(visits.Values.Zip(exactVisits, (x, e) => (e - x).Abs()).Aggregate((p, q) => p + q) <= visits.ErrorBound);
        }
    }

    [Test]
    public void A_cancelled_solve_still_tells_the_truth()
    {
        MarkovDecisionProcess mdp = Garnet(2000, 2, 3, seed: 1, 0.99);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        double[] b = new double[2000];
        Array.Fill(b, 0.01);
        CertifiedVector stopped = solve.Solve(b, cancellation: new CancellationToken(canceled: true));
        Assert.That(stopped.Values.Max(x => Math.Abs(x - 1)), Is.LessThanOrEqualTo(stopped.ErrorBound));
        Assert.That(stopped.ErrorBound, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void An_error_of_the_input_is_carried_into_the_bound()
    {
        MarkovDecisionProcess mdp = Garnet(10, 2, 3, seed: 1, 0.9);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        double[] b = new double[10];
        Assert.That(solve.Solve(b, inputError: 1).ErrorBound, Is.InRange(10, 10.2));
        Assert.That(solve.SolveTransposed(b, inputError: 1).ErrorBound, Is.InRange(10, 10.2));
    }

    [TestCaseSource(nameof(_methods))]
    public void One_factorisation_serves_several_threads(LinearMethod method)
    {
        MarkovDecisionProcess mdp = Garnet(60, 2, 3, seed: 1, 0.99);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel), method);
        double[][] sides = [.. Enumerable.Range(0, 16).Select(k => new SplittableRandom(k).NextDistribution(60))];
        double[][] serial = [.. sides.Select(b => solve.Solve(b).Values)], parallel = new double[sides.Length][];
        Parallel.For(0, sides.Length, k => parallel[k] = solve.Solve(sides[k]).Values);
        Assert.That(parallel, Is.EqualTo(serial));
    }

    [Test]
    public void The_row_error_covers_what_the_policy_and_the_kernel_miss_of_one()
    {
        TransitionKernel kernel = new TransitionKernelBuilder(1, 2).Add(0, 0, 0, 1 - 4e-13).Add(0, 1, 0, 1).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(1, 2, 0), [1], 0.5);
        DiscountedSolve solve = new(mdp, Policy.FromProbabilities(new StateActionTable(1, 2, [0.5, 0.5 + 3e-13])));
        Assert.That(solve.RowError, Is.InRange(7e-13, 8e-13));
    }

    [Test]
    public void Auto_factorises_up_to_a_thousand_states()
    {
        Assert.That(new DiscountedSolve(Garnet(DiscountedSolve.DirectStates, 1, 2, 1, 0.9), Policy.Uniform(Garnet(DiscountedSolve.DirectStates, 1, 2, 1, 0.9).Kernel)).Method, Is.EqualTo(LinearMethod.Elimination));
        MarkovDecisionProcess larger = Garnet(DiscountedSolve.DirectStates + 1, 1, 2, 1, 0.9);
        Assert.That(new DiscountedSolve(larger, Policy.Uniform(larger.Kernel)).Method, Is.EqualTo(LinearMethod.Krylov));
    }

    [Test]
    public void Both_systems_are_solved_to_a_few_roundoffs_by_every_method([Values(LinearMethod.Elimination, LinearMethod.Lu, LinearMethod.Krylov)] LinearMethod method)
    {
        // From 0 to 1, from 1 to either, gamma = 1/2: x0 = 1 + x1/2, x1 = (x0 + x1)/4; and transposed x0 = 1 + x1/4, x1 = x0/2 + x1/4.
        TransitionKernel kernel = new TransitionKernelBuilder(2, 1).Add(0, 0, 1, 1).Add(1, 0, 0, 0.5).Add(1, 0, 1, 0.5).Build();
        MarkovDecisionProcess mdp = new(kernel, StateActionTable.Constant(2, 1, 0), [1, 0], 0.5);
        DiscountedSolve solve = new(mdp, Policy.Uniform(kernel), method);
        Assert.That(solve.Method, Is.EqualTo(method));
        Assert.That(solve.Correction([0, 2], 1e-3, CancellationToken.None).X, Is.EqualTo(new[] { 1.6, 3.2 }).Within(0.005));
        foreach ((CertifiedVector found, double[] exact) in new[] { (solve.Solve([1, 0]), new[] { 1.2, 0.4 }), (solve.SolveTransposed([1, 0]), [1.2, 0.8]) })
        {
            Assert.That(found.Values, Is.EqualTo(exact).Within(4 * Rounding.Unit));
            Assert.That(found.ErrorBound, Is.LessThan(64 * Rounding.Unit));
        }

        Assert.That(() => solve.Solve([1, 0], tolerance: -1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("tolerance"));
        Assert.That(() => solve.SolveAll([[1, 0]], threads: 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("threads"));
        Assert.That(() => solve.SolveAll([[1, 0], [1]]), Throws.ArgumentException.With.Property("ParamName").EqualTo("b[1]"));
    }

    [Test]
    public void Bad_inputs_are_refused()
    {
        MarkovDecisionProcess mdp = Garnet(3, 1, 2, 1, 0.9);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => solve.Solve([1, 2]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 3 (Parameter 'b')"));
            Assert.That(() => solve.SolveTransposed([1, 2, double.NaN]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number (Parameter 'b')"));
            Assert.That(() => solve.Solve([1, 2, 3], -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'inputError')"));
            Assert.That(() => new DiscountedSolve(mdp, Policy.Deterministic([0], 1)), Throws.ArgumentException);
        }
    }

    /// <summary>A random process after Archibald, McKinnon and Thomas 1995: each pair leads to a few random states.</summary>
    private static MarkovDecisionProcess Garnet(int states, int actions, int branches, int seed, double discount)
    {
        SplittableRandom random = new(seed);
        TransitionKernelBuilder builder = new(states, actions);
        for (int pair = 0; pair < states * actions; pair++)
            foreach (double p in random.NextDistribution(branches)) builder.Add(pair / actions, pair % actions, random.NextInt(states), p);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Create(states, actions, (_, _) => random.NextNormal()), random.NextDistribution(states), discount);
    }
}
