using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

[Properties(Arbitrary = [typeof(ProductArbitraries)])]
public class KroneckerKernelTests
{
    [Property]
    public void Products_keep_the_contract(SmallProduct product) => KernelContract.Assert(product.Kernel);

    [Property]
    public void A_product_is_the_dynamics_that_its_parts_make_one_transition_at_a_time(SmallProduct product)
    {
        KroneckerKernel kernel = product.Kernel;
        SparseKernel stored = product.Stored;
        double products = 2 * (kernel.LargestRow + stored.LargestRow) * Rounding.Unit;
        double[] values = [.. Enumerable.Range(0, kernel.States).Select(s => Math.Cos(s))];
        StateActionTable occupancy = product.Policy(kernel).Probabilities;
        using (Assert.EnterMultipleScope())
        {
            Assert.That((kernel.States, kernel.Actions, kernel.AllAvailable), Is.EqualTo((stored.States, stored.Actions, stored.AllAvailable)));
            Assert.That(kernel.Expect(values).Entries.ToArray(), Is.EqualTo(stored.Expect(values).Entries.ToArray()).Within(products));
            Assert.That(kernel.Push(occupancy), Is.EqualTo(stored.Push(occupancy)).Within(2 * kernel.States * (kernel.LargestColumn + stored.LargestColumn + products) * Rounding.Unit));
            for (int s = 0; s < kernel.States; s++)
            {
                for (int a = 0; a < kernel.Actions; a++)
                {
                    Assert.That(kernel.IsAvailable(s, a), Is.EqualTo(stored.IsAvailable(s, a)));
                    Assert.That(kernel.Successors(s, a).Select(next => next.State), Is.EqualTo(stored.Successors(s, a).Select(next => next.State)));
                    Assert.That(kernel.Staying(s, a), Is.EqualTo(stored.Staying(s, a)).Within(products));
                }
            }
        }
    }

    [Property(MaxTest = 50)]
    public void Both_kernels_are_solved_within_their_certificates(SmallProduct product)
    {
        SoftProblem implicitly = product.Problem(product.Kernel), stored = product.Problem(product.Stored);
        foreach (SoftAlgorithm algorithm in new SoftAlgorithm[] { new Auto(), new ValueIteration { MaxIterations = 300 }, new SoftPolicyIteration { Linear = LinearMethod.Krylov } })
        {
            SoftSolution left = algorithm.Solve(implicitly), right = algorithm.Solve(stored);
            // Either certificate holds for rows as they are and normalised; rounding a product moves a row by less than the row sum error stated.
            for (int s = 0; s < implicitly.Mdp.States; s++)
                Assert.That(left.Values[s], Is.EqualTo(right.Values[s]).Within(left.Certificate.HalfWidth + right.Certificate.HalfWidth), $"V({s}) by {algorithm.Name}");
        }

        CertifiedVector rho = Visitation.Of(implicitly.Mdp, product.Policy(implicitly.Mdp.Kernel)).States, other = Visitation.Of(stored.Mdp, product.Policy(stored.Mdp.Kernel)).States;
        Assert.That(rho.Values.Zip(other.Values, (x, y) => Math.Abs(x - y)).Sum(), Is.LessThanOrEqualTo(rho.ErrorBound + other.ErrorBound));
    }

    [Property]
    public void A_step_of_a_chain_has_the_bits_of_its_occupancy_on_any_number_of_threads(SmallProduct product)
    {
        KroneckerKernel kernel = product.Kernel;
        double[] from = [.. Enumerable.Range(0, kernel.States).Select(s => s % 3 == 0 ? 0 : 1.0 / (s + 1))];
        StateActionTable policy = product.Policy(kernel).Probabilities, occupancy = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => from[s] * policy[s, a]);
        for (int threads = 1; threads <= 3; threads++)
        {
            double[] to = [.. Enumerable.Repeat(double.NaN, kernel.States)];
            kernel.Push(from, policy.Entries, to, threads);
            Assert.That(to, Is.EqualTo(kernel.Push(occupancy)), $"{threads} threads");
        }
    }

    [Property]
    public void The_probability_of_staying_is_that_of_the_row(SmallProduct product)
    {
        KroneckerKernel kernel = product.Kernel;
        for (int s = 0; s < kernel.States; s++)
            for (int a = 0; a < kernel.Actions; a++)
                Assert.That(kernel.Staying(s, a), Is.EqualTo(kernel.Successors(s, a).Where(next => next.State == s).Sum(next => next.Probability)).Within(4 * Rounding.Unit));
    }

    [Property]
    public void Numbers_and_tuples_of_live_states_name_each_other(SmallProduct product)
    {
        KroneckerKernel kernel = product.Kernel;
        for (int s = 0; s < kernel.LiveStates; s++)
            Assert.That(kernel.StateOf([.. Enumerable.Range(0, kernel.Factors.Count).Select(k => kernel.ComponentOf(s, k))]), Is.EqualTo(s));
    }

    [Test]
    public void Runs_that_cut_rows_of_many_states_give_the_bits_of_the_whole()
    {
        // Components long enough that vectors, their remainders and windows of the inner one all occur.
        KroneckerKernel kernel = new([new KroneckerFactor(Walk(7, 3), 6), new KroneckerFactor(Walk(131, 5)), new KroneckerFactor(Walk(30, 4), 29)], [[0, 0, 1], [1, 0, 0], [1, 0, 1], [0, 1, 1]]);
        double[] values = [.. Enumerable.Range(0, kernel.States).Select(s => Math.Sin(s))], whole = kernel.Expect(values).Entries.ToArray();
        foreach (int run in (int[])[1, 7, 64, 1000, 1024])
        {
            double[] parts = new double[whole.Length];
            for (int first = 0; first < kernel.States; first += run)
                kernel.Expect(first, values, parts.AsSpan(first * kernel.Actions, Math.Min(run, kernel.States - first) * kernel.Actions));
            Assert.That(parts.AsSpan().SequenceEqual(whole), $"runs of {run}");
        }
    }

    [Test]
    public void A_product_of_some_hundred_states_is_solved_as_the_stored_one_with_the_same_bits_for_any_number_of_threads()
    {
        KroneckerKernel product = new([new KroneckerFactor(Walk(31, 3), 30), new KroneckerFactor(Walk(25, 5))], [[0, 0], [1, 0], [0, 1], [1, 1]]);
        StateActionTable reward = StateActionTable.Create(product.States, product.Actions, (s, a) => s < product.LiveStates ? Math.Sin(s + a) : 0);
        double[] start = new double[product.States];
        start[0] = 1;
        SoftProblem Problem(TransitionKernel kernel, double temperature) => new(new MarkovDecisionProcess(kernel, reward, start, 0.99), temperature);
        foreach (double temperature in (double[])[0, 0.5])
        {
            SoftSolution stored = Problem(SparseKernel.From(product), temperature).Solve();
            foreach (SoftAlgorithm algorithm in new SoftAlgorithm[] { new Auto(), new ValueIteration() })
            {
                SoftSolution one = algorithm.Solve(Problem(product, temperature)), two = algorithm.Solve(Problem(product, temperature), new Execution { Threads = 2 });
                using (Assert.EnterMultipleScope())
                {
                    Assert.That(one.Outcome, Is.EqualTo(Outcome.Converged));
                    Assert.That(one.Values.SequenceEqual(two.Values), "threads");
                    Assert.That(one.Policy.LogProbabilities.Entries.SequenceEqual(two.Policy.LogProbabilities.Entries), "threads");
                    Assert.That(one.Values.ToArray(), Is.EqualTo(stored.Values.ToArray()).Within(one.Certificate.HalfWidth + stored.Certificate.HalfWidth));
                }
            }
        }
    }

    [Test]
    public void The_reward_of_an_end_is_expected_where_it_is_entered()
    {
        // Two fair coins; the game ends when either shows heads, and pays if both do.
        SparseKernel coin = new TransitionKernelBuilder(2, 1).Add(0, 0, 0, 0.5).Add(0, 0, 1, 0.5).Add(1, 0, 1, 1).Build();
        KroneckerFactor[] coins = [new(coin, 1), new(coin, 1)];
        StateActionTable heads = coin.Expect([0, 1]), tails = coin.Expect([1, 0]);
        KroneckerKernel game = new(coins, [[0, 0]], [new(0, heads, heads), new(1, heads, tails), new(1, tails, heads)]);
        Assert.That(game.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 0.25), new Successor(1, 0.25), new Successor(2, 0.5) }));
        Assert.That(game.Expect([0, 8, 0])[0, 0], Is.EqualTo(2));
    }

    [Test]
    public void Spans_that_do_not_fit_are_refused()
    {
        KroneckerKernel kernel = new([new KroneckerFactor(Walk(3, 2), 2)], [[0], [1]]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => kernel.Expect(0, new double[2], new double[6]), Throws.ArgumentException.With.Message.EqualTo("found 2 entries, expected 3 (Parameter 'values')"));
            foreach ((int first, int length) in ((int, int)[])[(2, 4), (-1, 2), (0, 3), (0, 8)])
                Assert.That(() => kernel.Expect(first, new double[3], new double[length]), Throws.ArgumentException.With.Message.EqualTo($"found {length} entries from state {first} on, expected 2 for each of at most 3 states (Parameter 'expectations')"));
            Assert.That(() => kernel.Push(new double[5], new double[3]), Throws.ArgumentException);
            Assert.That(() => kernel.Push(new double[6], new double[2]), Throws.ArgumentException);
        }
    }

    [Test]
    public void What_is_no_product_is_refused()
    {
        KroneckerFactor walk = new(Walk(3, 2)), leaking = new(Walk(3, 2), 2);
        StateActionTable half = StateActionTable.Constant(3, 2, 0.5), one = StateActionTable.Constant(3, 2, 1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new KroneckerFactor(Walk(3, 2), 4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected 1 to 3"));
            Assert.That(() => new KroneckerKernel([], [[0]]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new KroneckerKernel([walk], []), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new KroneckerKernel([walk, walk], [[0]]), Throws.ArgumentException.With.Message.StartsWith("found 1 entries, expected 2"));
            Assert.That(() => new KroneckerKernel([walk], [[2]]), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected 0 to 1"));
            Assert.That(() => new KroneckerKernel([walk], [[0]], [new KroneckerEnd(1, half)]), Throws.ArgumentException.With.Message.StartsWith("found an end below 2 that nothing leads to"));
            Assert.That(() => new KroneckerKernel([walk], [[0]], [new KroneckerEnd(0, half)]), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 0, action 0: probabilities sum to 1.5, expected 1 within 1e-12"));
            Assert.That(() => new KroneckerKernel([leaking], [[1]], []), Throws.TypeOf<InvalidModelException>().With.Message.EqualTo("state 1, action 0: probabilities sum to 0.5, expected 1 within 1e-12"));
            Assert.That(() => new KroneckerKernel([walk], [[0]], [new KroneckerEnd(0, -1 * one)]), Throws.TypeOf<InvalidModelException>().With.Message.Contains("probability -1"));
            Assert.That(() => new KroneckerKernel([walk], [[0]], [new KroneckerEnd(0, half, half)]), Throws.ArgumentException);
            Assert.That(() => new KroneckerEnd(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new KroneckerKernel([.. Enumerable.Repeat(walk, 40)], [[.. Enumerable.Repeat(0, 40)]]), Throws.ArgumentException.With.Message.StartsWith("found a product of"));
        }
    }

    /// <summary>A walk on a line: action 0 a little to the left, action 1 far to the right, with odd probabilities.</summary>
    private static SparseKernel Walk(int states, int reach)
    {
        TransitionKernelBuilder builder = new(states, 2);
        for (int s = 0; s < states; s++)
        {
            builder.Add(s, 0, Math.Max(0, s - 1), 1.0 / 3).Add(s, 0, s, 2.0 / 3);
            for (int k = 0; k < reach; k++) builder.Add(s, 1, Math.Min(states - 1, s + k), 1.0 / reach);
        }

        return builder.Build();
    }
}
