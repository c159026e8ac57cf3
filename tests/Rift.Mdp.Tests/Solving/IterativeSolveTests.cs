using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>The iterative solve where it could be slow or wrong: long, periodic, nearly uncoupled and wandering chains; kernels that store nothing; threads and tolerances.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class IterativeSolveTests
{
    [Property]
    public void A_kernel_that_stores_nothing_gives_the_same_within_the_bounds(SmallProblem small)
    {
        double[] b = small.Rewards[..small.States];
        MarkovDecisionProcess computed = new(new ComputedKernel(small.Kernel), small.Mdp.Reward, small.Mdp.Initial, small.Discount);
        DiscountedSolve iterative = new(computed, small.Policy, LinearMethod.Krylov), direct = new(small.Mdp, small.Policy, LinearMethod.Elimination);
        CertifiedVector x = iterative.Solve(b), y = direct.Solve(b);
        Assert.That(ErrorNorm.Largest.Of(Difference(x.Values, y.Values)), Is.LessThanOrEqualTo(x.ErrorBound + y.ErrorBound));
        (x, y) = (iterative.SolveTransposed(b), direct.SolveTransposed(b));
        Assert.That(ErrorNorm.Sum.Of(Difference(x.Values, y.Values)), Is.LessThanOrEqualTo(x.ErrorBound + y.ErrorBound));
    }

    [TestCase(0.99)]
    [TestCase(0.9999)]
    public void A_directed_corridor_takes_a_few_products_however_long_it_is(double discount)
    {
        // State 7919 k mod n is the k-th of the corridor; rho(k) = (1 - gamma) gamma^k, and the end keeps the rest.
        const int States = 100_003;
        int[] corridor = [.. Enumerable.Range(0, States).Select(k => (int)(7919L * k % States))];
        TransitionKernelBuilder builder = new(States, 1);
        for (int k = 0; k < States; k++) builder.Add(corridor[k], 0, corridor[Math.Min(k + 1, States - 1)], 1);
        MarkovDecisionProcess mdp = Process(builder, corridor[0], discount);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov);
        double[] rho = new double[States], reward = new double[States], values = new double[States];
        reward[corridor[^1]] = 1;
        for (int k = 0; k < States; k++)
        {
            rho[corridor[k]] = Math.Pow(discount, k) * (k < States - 1 ? 1 - discount : 1);
            values[corridor[k]] = Math.Pow(discount, States - 1 - k) / (1 - discount);
        }

        // A handful of roundings for each of the few terms of a sum.
        double bound = 16 * Rounding.Unit / (1 - discount);
        Check(Visitation.Of(mdp, Policy.Uniform(mdp.Kernel), solve).States, rho, bound, products: 6);
        Check(solve.Solve(reward), values, bound / (1 - discount), products: 6);
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(20_011)]
    public void A_ring_takes_a_few_products_whatever_its_period(int states)
    {
        // rho(k) = (1 - gamma) gamma^k / (1 - gamma^n).
        const double Discount = 0.999;
        TransitionKernelBuilder builder = new(states, 1);
        for (int s = 0; s < states; s++) builder.Add(s, 0, (s + 1) % states, 1);
        MarkovDecisionProcess mdp = Process(builder, 0, Discount);
        double[] rho = [.. Enumerable.Range(0, states).Select(k => Math.Pow(Discount, k) * (1 - Discount) / (1 - Math.Pow(Discount, states)))];
        double conditioning = 4 * Rounding.Unit / (1 - Math.Pow(Discount, states));
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov);
        Check(Visitation.Of(mdp, Policy.Uniform(mdp.Kernel), solve).States, rho, 16 * Rounding.Unit / (1 - Discount), products: 8, conditioning);
    }

    [Test]
    public void Nearly_uncoupled_halves_share_the_mass_as_they_should()
    {
        // Two copies of one random chain; every state goes over to its twin with probability e. The mass of the second copy is that of a chain of two states.
        const int Half = 3000;
        const double Discount = 1 - 1e-8, Rare = 1e-7;
        SplittableRandom random = new(3);
        TransitionKernelBuilder builder = new(2 * Half, 1);
        for (int s = 0; s < Half; s++)
        {
            int[] next = [random.NextInt(Half), random.NextInt(Half), random.NextInt(Half)];
            double[] p = random.NextDistribution(3);
            for (int half = 0; half < 2 * Half; half += Half)
            {
                for (int k = 0; k < 3; k++) builder.Add(half + s, 0, half + next[k], (1 - Rare) * p[k]);
                builder.Add(half + s, 0, Half - half + s, Rare);
            }
        }

        MarkovDecisionProcess mdp = Process(builder, 0, Discount);
        CertifiedVector rho = Visitation.Of(mdp, Policy.Uniform(mdp.Kernel)).States;
        double expected = Discount * Rare / (1 - Discount + (2 * Discount * Rare));
        Assert.That(rho.Values[Half..].Sum(), Is.EqualTo(expected).Within(rho.ErrorBound));
        Assert.That(rho.ErrorBound, Is.LessThan(1e-5));
    }

    [TestCase(true, 0.999)]
    [TestCase(true, 0.9999)]
    [TestCase(false, 0.999)]
    [TestCase(false, 0.9999)]
    public void A_grid_of_200_by_200_is_certified(bool purposeful, double discount)
    {
        // To the corner with slips of a tenth to either side, or wandering in all directions alike.
        const int Side = 200, States = Side * Side;
        TransitionKernelBuilder builder = new(States, 1);
        for (int s = 0; s < States; s++)
        {
            (int row, int column) = (s / Side, s % Side);
            if (s == 0)
            {
                builder.Add(s, 0, s, 1);
                continue;
            }

            // The chance of a step up, left, right, down.
            double[] p = !purposeful ? [0.25, 0.25, 0.25, 0.25] : row >= column ? [0.8, 0.1, 0.1, 0] : [0.1, 0.8, 0, 0.1];
            builder.Add(s, 0, (Math.Max(row - 1, 0) * Side) + column, p[0])
                .Add(s, 0, (row * Side) + Math.Max(column - 1, 0), p[1])
                .Add(s, 0, (row * Side) + Math.Min(column + 1, Side - 1), p[2])
                .Add(s, 0, (Math.Min(row + 1, Side - 1) * Side) + column, p[3]);
        }

        MarkovDecisionProcess mdp = Process(builder, States - 1, discount);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        CertifiedVector rho = Visitation.Of(mdp, Policy.Uniform(mdp.Kernel), solve).States;
        double[] goal = [1, .. new double[States - 1]];
        CertifiedVector reach = solve.Solve(goal);
        Assert.That(rho.ErrorBound, Is.LessThan(1e-9));
        Assert.That(reach.ErrorBound * (1 - discount), Is.LessThan(1e-9));
        Assert.That(rho.Values.Sum(), Is.EqualTo(1).Within(rho.ErrorBound + (States * Rounding.Unit)));
        // What the last state collects at the goal is what of its mass ends there.
        Assert.That(rho.Values[0], Is.EqualTo((1 - discount) * reach.Values[^1]).Within(rho.ErrorBound + ((1 - discount) * reach.ErrorBound) + Rounding.Unit));
    }

    [Test]
    public void A_tolerance_saves_products_and_is_kept()
    {
        MarkovDecisionProcess mdp = Random(5000, seed: 2, 0.99);
        DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel));
        double[] start = mdp.Initial.ToArray();
        CertifiedVector best = solve.SolveTransposed(start), values = solve.Solve(start);
        foreach (double tolerance in (double[])[1e-2, 1e-4, 1e-6, 1e-8])
        {
            CertifiedVector good = solve.SolveTransposed(start, tolerance: tolerance), collected = solve.Solve(start, tolerance: tolerance);
            Assert.That(good.ErrorBound, Is.LessThanOrEqualTo(tolerance));
            Assert.That(collected.ErrorBound, Is.LessThanOrEqualTo(tolerance));
            Assert.That(good.Products, Is.LessThan(best.Products));
            Assert.That(ErrorNorm.Sum.Of(Difference(good.Values, best.Values)), Is.LessThanOrEqualTo(good.ErrorBound + best.ErrorBound));
            Assert.That(ErrorNorm.Largest.Of(Difference(collected.Values, values.Values)), Is.LessThanOrEqualTo(collected.ErrorBound + values.ErrorBound));
        }

        Assert.That(() => solve.Solve(start, tolerance: -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("expected a finite number, zero or more (Parameter 'tolerance')"));
    }

    [Test]
    public void Any_number_of_threads_builds_the_same_system()
    {
        MarkovDecisionProcess mdp = Random(4001, seed: 8, 0.97);
        CertifiedVector[] one = Solutions(1);
        foreach (int threads in (int[])[2, 3, 64])
        {
            CertifiedVector[] several = Solutions(threads);
            for (int k = 0; k < one.Length; k++)
            {
                Assert.That(several[k].Values, Is.EqualTo(one[k].Values));
                Assert.That((several[k].ErrorBound, several[k].Products), Is.EqualTo((one[k].ErrorBound, one[k].Products)));
            }
        }

        Assert.That(() => new DiscountedSolve(mdp, Policy.Uniform(mdp.Kernel), threads: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("found a number below 1, expected at least 1 (Parameter 'threads')"));

        CertifiedVector[] Solutions(int threads)
        {
            DiscountedSolve solve = new(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov, threads);
            return [solve.Solve(mdp.Initial), solve.SolveTransposed(mdp.Initial)];
        }
    }

    private static void Check(CertifiedVector found, double[] exact, double bound, int products, double conditioning = 0)
    {
        // The closed form is a power and two more operations: four roundoffs, and what conditioning adds.
        double rounding = ((4 * Rounding.Unit) + conditioning) * found.Norm.Of(exact);
        Assert.That(found.Norm.Of(Difference(found.Values, exact)), Is.LessThanOrEqualTo(found.ErrorBound + rounding));
        Assert.That(found.ErrorBound, Is.LessThan(bound));
        Assert.That(found.Products, Is.InRange(1, products));
    }

    private static MarkovDecisionProcess Process(TransitionKernelBuilder builder, int start, double discount)
    {
        double[] initial = new double[builder.States];
        initial[start] = 1;
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(builder.States, 1, 0), initial, discount);
    }

    private static MarkovDecisionProcess Random(int states, int seed, double discount)
    {
        SplittableRandom random = new(seed);
        TransitionKernelBuilder builder = new(states, 2);
        for (int pair = 0; pair < 2 * states; pair++)
            foreach (double p in random.NextDistribution(3)) builder.Add(pair / 2, pair % 2, random.NextInt(states), p);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(states, 2, 0), random.NextDistribution(states), discount);
    }

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (p, q) => p - q)];
}
