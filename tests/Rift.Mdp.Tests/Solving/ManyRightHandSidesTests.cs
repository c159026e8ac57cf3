using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Many right-hand sides for one policy: each solution is certified, and is what it is whatever is beside it.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class ManyRightHandSidesTests
{
    [Property]
    public void Small_systems_agree_with_elimination_within_both_bounds(SmallProblem small)
    {
        MarkovDecisionProcess mdp = small.Mdp;
        Policy policy = small.Policy;
        DiscountedSolve direct = new(mdp, policy, LinearMethod.Elimination), krylov = new(mdp, policy, LinearMethod.Krylov);
        double[][] b = [.. Enumerable.Range(0, 11).Select(i => Rows.Numbers(mdp.States, seed: i))];
        AssertWithin(krylov.SolveAll(b), [.. b.Select(x => direct.Solve(x))]);
        AssertWithin(krylov.SolveAllTransposed(b), [.. b.Select(x => direct.SolveTransposed(x))]);
        AssertWithin(direct.SolveAll(b), [.. b.Select(x => direct.Solve(x))]);
    }

    [Test]
    public void Solutions_are_those_of_single_solves_within_both_bounds_and_as_good()
    {
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Garnet(1500, 3), Rows.Grid(1200, 4), Rows.Garnet(2000, 2).WithDiscount(0.999), Rows.Ring(1100).WithDiscount(0.999)])
        {
            DiscountedSolve solve = Solve(mdp);
            double[][] b = [.. Enumerable.Range(0, 11).Select(i => Rows.Numbers(mdp.States, seed: i))];
            CertifiedVector[] values = solve.SolveAll(b), visits = solve.SolveAllTransposed(b);
            AssertWithin(values, [.. b.Select(x => solve.Solve(x))]);
            AssertWithin(visits, [.. b.Select(x => solve.SolveTransposed(x))]);
            for (int i = 0; i < b.Length; i++)
            {
                Assert.That(values[i].ErrorBound, Is.LessThan(4 * solve.Solve(b[i]).ErrorBound));
                Assert.That(visits[i].ErrorBound, Is.LessThan(4 * solve.SolveTransposed(b[i]).ErrorBound));
            }
        }
    }

    [Test]
    public void Neither_mates_nor_order_nor_threads_change_a_bit()
    {
        // Of very different sizes, one zero, one a single state: columns end at different times.
        MarkovDecisionProcess mdp = Rows.Garnet(1300, 3);
        DiscountedSolve solve = Solve(mdp);
        double[][] b = [.. Enumerable.Range(0, 21).Select(i => i == 4 ? new double[1300] : i == 5 ? [.. Enumerable.Range(0, 1300).Select(s => s == 7 ? 1.0 : 0)] : [.. Rows.Numbers(1300, seed: i).Select(x => x * Math.Pow(10, i - 10))])];
        foreach (double tolerance in (double[])[0, 1e-6])
        {
            CertifiedVector[] all = solve.SolveAll(b, tolerance: tolerance), visits = solve.SolveAllTransposed(b, tolerance: tolerance);
            AssertSame(solve.SolveAll([.. b.Reverse()], tolerance: tolerance), [.. all.Reverse()]);
            AssertSame(solve.SolveAll([.. b.Where((_, i) => i % 3 == 0)], tolerance: tolerance), [.. all.Where((_, i) => i % 3 == 0)]);
            AssertSame(solve.SolveAllTransposed([.. b.Skip(3)], tolerance: tolerance), [.. visits.Skip(3)]);
            AssertSame([.. b.SelectMany(x => solve.SolveAllTransposed([x], tolerance: tolerance))], visits);
            AssertSame(solve.SolveAll(b, tolerance: tolerance, threads: 2), all);
        }
    }

    [Test]
    public void A_tolerance_saves_sweeps_and_is_kept()
    {
        DiscountedSolve solve = Solve(Rows.Garnet(1300, 3));
        double[][] b = [.. Enumerable.Range(0, 9).Select(i => Rows.Numbers(1300, seed: i))];
        CertifiedVector[] tight = solve.SolveAll(b), loose = solve.SolveAll(b, tolerance: 1e-5);
        for (int i = 0; i < b.Length; i++)
        {
            Assert.That(loose[i].ErrorBound, Is.LessThanOrEqualTo(1e-5));
            Assert.That(loose[i].Products, Is.LessThan(tight[i].Products));
        }
    }

    [Test]
    public void A_cancelled_solve_is_certified_all_the_same()
    {
        DiscountedSolve solve = Solve(Rows.Garnet(1300, 3));
        double[][] b = [Rows.Numbers(1300, seed: 1), Rows.Numbers(1300, seed: 2)];
        AssertWithin(solve.SolveAll(b, cancellation: new CancellationToken(true)), solve.SolveAll(b));
    }

    [Test]
    public void Visitations_from_many_starts_and_values_of_many_rewards_are_those_of_each()
    {
        MarkovDecisionProcess mdp = Rows.Garnet(1100, 3);
        Policy policy = Policy.Softmax(new StateActionTable(1100, 3, Rows.Numbers(3300, seed: 9)));
        double[][] starts = [.. Enumerable.Range(0, 10).Select(i => Enumerable.Range(0, 1100).Select(s => s == 17 * i ? 1.0 : 0).ToArray())];
        Visitation[] visits = Visitation.OfAll(mdp, starts, policy);
        for (int i = 0; i < starts.Length; i++)
        {
            Visitation alone = Visitation.Of(mdp.WithInitial(starts[i]), policy);
            AssertWithin([visits[i].States], [alone.States]);
            Assert.That(visits[i].Pairs.Entries.ToArray().Zip(alone.Pairs.Entries.ToArray(), (x, y) => Math.Abs(x - y)).Sum(), Is.LessThanOrEqualTo(visits[i].PairsErrorBound + alone.PairsErrorBound));
        }

        // The last divergence is infinite from everywhere that reaches state 0.
        StateActionTable prior = StateActionTable.Create(1100, 3, (s, a) => s == 0 && a == 1 ? double.NegativeInfinity : -a);
        SoftProblem[] problems = [.. Enumerable.Range(0, 9).Select(i => new SoftProblem(mdp.WithReward((i + 1) * mdp.Reward), 0.1 * i)), new(mdp, 1, prior)];
        PolicyValue[] values = PolicyValue.OfAll(problems, policy);
        for (int i = 0; i < problems.Length; i++)
        {
            CertifiedVector alone = PolicyValue.Of(problems[i], policy).Values;
            Assert.That(values[i].Problem, Is.SameAs(problems[i]));
            for (int s = 0; s < 1100; s++)
            {
                if (double.IsNegativeInfinity(alone.Values[s])) Assert.That(values[i].Values.Values[s], Is.EqualTo(double.NegativeInfinity));
                else Assert.That(values[i].Values.Values[s], Is.EqualTo(alone.Values[s]).Within(values[i].Values.ErrorBound + alone.ErrorBound));
            }
        }

        Assert.That(values[^1].Values.Values, Does.Contain(double.NegativeInfinity));
        Assert.That(PolicyValue.OfAll([], policy), Is.Empty);
        Assert.That(() => PolicyValue.OfAll([problems[0], new SoftProblem(mdp.WithDiscount(0.5), 1)], policy), Throws.ArgumentException.With.Message.StartsWith("found the discount 0.5 in problem 1, expected 0.9 as in problem 0"));
        Assert.That(() => Visitation.OfAll(mdp, [new double[1099]], policy), Throws.ArgumentException);
    }

    [Test]
    public void Bad_lists_are_refused()
    {
        DiscountedSolve solve = Solve(Rows.Garnet(20, 2));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(solve.SolveAll([]), Is.Empty);
            Assert.That(() => solve.SolveAll(null!), Throws.ArgumentNullException);
            Assert.That(() => solve.SolveAll([new double[20], new double[19]]), Throws.ArgumentException.With.Message.EqualTo("found 19 entries, expected 20 (Parameter 'b[1]')"));
            Assert.That(() => solve.SolveAllTransposed([[.. Enumerable.Repeat(double.NaN, 20)]]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("b[0]"));
            Assert.That(() => solve.SolveAll([], threads: 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }
    }

    private static DiscountedSolve Solve(MarkovDecisionProcess mdp) => new(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov);

    private static void AssertWithin(CertifiedVector[] found, CertifiedVector[] expected)
    {
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < found.Length; i++)
        {
            double[] difference = [.. found[i].Values.Zip(expected[i].Values, (x, y) => x - y)];
            Assert.That(found[i].Norm, Is.EqualTo(expected[i].Norm));
            Assert.That(found[i].Norm.Of(difference), Is.LessThanOrEqualTo(found[i].ErrorBound + expected[i].ErrorBound));
        }
    }

    private static void AssertSame(CertifiedVector[] found, CertifiedVector[] expected)
    {
        Assert.That(found, Has.Length.EqualTo(expected.Length));
        for (int i = 0; i < found.Length; i++)
        {
            Assert.That(found[i].Values.SequenceEqual(expected[i].Values), $"solution {i}");
            Assert.That((found[i].ErrorBound, found[i].Products), Is.EqualTo((expected[i].ErrorBound, expected[i].Products)));
        }
    }
}
