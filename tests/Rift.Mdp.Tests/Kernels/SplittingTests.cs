using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>A sweep of a splitting A = M - N: y = M^-1 r and what is left of r.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class SplittingTests
{
    [Property]
    public void A_sweep_leaves_the_residual_of_its_step(SmallProblem small)
    {
        foreach (Splitting splitting in Both(small))
        {
            foreach (ErrorNorm norm in Enum.GetValues<ErrorNorm>())
            {
                double[] r = small.Rewards[..small.States], left = new double[r.Length], y = new double[r.Length], residual = new double[r.Length];
                splitting.Sweep(r, y, left, norm == ErrorNorm.Sum, crew: null);
                splitting.Residual(r, y, residual, norm == ErrorNorm.Sum, crew: null);

                // M y = r errs by the sums of y and two roundings of the diagonal, N y by its sums, the residual by its bound.
                Assert.That(norm.Of(Difference(left, residual)), Is.LessThanOrEqualTo(3 * Bound(splitting, norm, y, r)), $"{splitting.GetType().Name}, {norm}");
            }
        }
    }

    [Test]
    public void Two_who_share_a_sweep_in_halves_leave_what_one_leaves([Values] ErrorNorm norm, [Values] bool flows)
    {
        // Numbered against its flow, a corridor is moved and swept in halves; numbered with it, it stays and is swept in one go, of which only some can be shared.
        MarkovDecisionProcess mdp = Corridor(Halves.Fewest + 1000, flows);
        OrderedSplitting splitting = OrderedSplitting.TryCreate(new PolicyKernel(mdp, Policy.Uniform(mdp.Kernel).LogProbabilities.Entries), threads: 2)!;
        Assert.That(splitting.Place(0) == 0, Is.EqualTo(flows));
        double[] r = Rows.Numbers(mdp.States, seed: 1);
        (double[] step, double[] rest, double[] residual) alone = Swept(null);
        using (WorkCrew crew = new(2)) Assert.That(Swept(crew), Is.EqualTo(alone));
        Assert.That(norm.Of(Difference(alone.rest, alone.residual)), Is.LessThanOrEqualTo(3 * Bound(splitting, norm, alone.step, r)));

        (double[], double[], double[]) Swept(WorkCrew? crew)
        {
            double[] y = new double[r.Length], left = new double[r.Length], rest = new double[r.Length];
            splitting.Sweep(r, y, left, norm == ErrorNorm.Sum, crew);
            splitting.Residual(r, y, rest, norm == ErrorNorm.Sum, crew);
            return (y, left, rest);
        }
    }

    [Test]
    public void A_long_system_has_the_same_solution_for_any_number_of_threads()
    {
        MarkovDecisionProcess mdp = Corridor(Halves.Fewest + 1000, flows: false);
        double[] b = Rows.Numbers(mdp.States, seed: 2);
        CertifiedVector one = new DiscountedSolve(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov).Solve(b), two = new DiscountedSolve(mdp, Policy.Uniform(mdp.Kernel), LinearMethod.Krylov, threads: 2).Solve(b);
        Assert.That(two.Values, Is.EqualTo(one.Values));
        Assert.That((two.ErrorBound, two.Products), Is.EqualTo((one.ErrorBound, one.Products)));
    }

    private static MarkovDecisionProcess Corridor(int states, bool flows)
    {
        TransitionKernelBuilder kernel = new(states, 1);
        int forward = flows ? 1 : -1;
        for (int s = 0; s < states; s++)
            foreach ((int step, double probability) in (ReadOnlySpan<(int, double)>)[(forward, 0.75), (2 * forward, 0.125), (-forward, 0.125)])
                kernel.Add(s, 0, Math.Clamp(s + step, 0, states - 1), probability);
        return new MarkovDecisionProcess(kernel.Build(), StateActionTable.Create(states, 1, (_, _) => 0), [1, .. new double[states - 1]], 0.9);
    }

    [Property]
    public void Mass_that_is_swept_shrinks_by_the_discount_at_least(SmallProblem small)
    {
        // 1' N M^-1 = 1' - (1 - gamma) 1' M^-1, and M^-1 is at least the identity.
        foreach (Splitting splitting in Both(small))
        {
            double[] r = [.. small.Mdp.Initial], left = new double[r.Length], y = new double[r.Length];
            splitting.Sweep(r, y, left, transposed: true, crew: null);
            double allowed = small.Discount * (1 + splitting.Chain.RowError) * r.Sum();
            Assert.That(left, Is.All.GreaterThanOrEqualTo(splitting is OrderedSplitting ? 0 : -4 * Rounding.Unit * y.Max()));
            Assert.That(left.Sum(), Is.LessThanOrEqualTo(allowed + (3 * Bound(splitting, ErrorNorm.Sum, y, r))));
        }
    }

    [Property]
    public void Arranging_is_undone_by_restoring(SmallProblem small)
    {
        foreach (Splitting splitting in Both(small))
        {
            double[] values = small.Rewards[..small.States], arranged = new double[values.Length], restored = new double[values.Length];
            splitting.Arrange(values, arranged);
            splitting.Restore(arranged, restored);
            Assert.That(restored, Is.EqualTo(values));
        }
    }

    [Property]
    public void Gathered_by_columns_mass_goes_where_pushing_along_rows_takes_it(SmallProblem small)
    {
        OrderedSplitting pushed = OrderedSplitting.TryCreate(Chain(small), threads: 1)!, gathered = pushed.Transposed();
        AssertAlike(pushed, gathered, Arranged(small.Rewards[..small.States]));

        double[] Arranged(double[] states)
        {
            double[] arranged = new double[states.Length];
            pushed.Arrange(states, arranged);
            return arranged;
        }
    }

    [Test]
    public void Gathered_by_columns_mass_goes_where_pushing_takes_it_across_blocks()
    {
        foreach (MarkovDecisionProcess mdp in (MarkovDecisionProcess[])[Rows.Garnet(1300, 3), Rows.Grid(1200, 4), Rows.Ring(1100)])
        {
            OrderedSplitting pushed = OrderedSplitting.TryCreate(new PolicyKernel(mdp, Policy.Uniform(mdp.Kernel).LogProbabilities.Entries), threads: 1)!;
            AssertAlike(pushed, pushed.Transposed(), Rows.Numbers(mdp.States, seed: 1));
        }
    }

    [Test]
    public void States_keep_their_places_where_the_flow_is_as_good_as_none_and_move_where_it_is_not()
    {
        // Where everything leads to everywhere, no order has much more with it than against it; a corridor that is numbered from its end has all against it.
        Assert.That(Places(Rows.Garnet(1300, 8)), Is.EqualTo(Enumerable.Range(0, 1300)));
        TransitionKernelBuilder corridor = new(1300, 1);
        for (int s = 0; s < 1300; s++) corridor.Add(s, 0, Math.Max(0, s - 1), 1);
        Assert.That(Places(new MarkovDecisionProcess(corridor.Build(), StateActionTable.Create(1300, 1, (_, _) => 0), [1, .. new double[1299]], 0.9)), Is.EqualTo(Enumerable.Range(0, 1300).Reverse()));

        static int[] Places(MarkovDecisionProcess mdp)
        {
            OrderedSplitting splitting = OrderedSplitting.TryCreate(new PolicyKernel(mdp, Policy.Uniform(mdp.Kernel).LogProbabilities.Entries), threads: 2)!;
            return [.. Enumerable.Range(0, mdp.States).Select(splitting.Place)];
        }
    }

    /// <summary>The sweep of the transposed system by rows and by columns, whose places are reversed: both sum at most the roundings that the splitting counts.</summary>
    private static void AssertAlike(OrderedSplitting pushed, OrderedSplitting gathered, double[] r)
    {
        double[] y = new double[r.Length], rest = new double[r.Length], reversed = [.. r.Reverse()], step = new double[r.Length], left = new double[r.Length];
        pushed.Sweep(r, y, rest, transposed: true, crew: null);
        gathered.Sweep(reversed, step, left, transposed: false, crew: null);
        double bound = 6 * Bound(pushed, ErrorNorm.Sum, y, r) / (1 - pushed.Chain.Discount);
        Assert.That(ErrorNorm.Sum.Of(Difference(y, [.. step.Reverse()])), Is.LessThanOrEqualTo(bound));
        Assert.That(ErrorNorm.Sum.Of(Difference(rest, [.. left.Reverse()])), Is.LessThanOrEqualTo(bound));
    }

    private static PolicyKernel Chain(SmallProblem small) => new(small.Mdp, small.Policy.LogProbabilities.Entries);

    private static Splitting[] Both(SmallProblem small)
    {
        PolicyKernel chain = Chain(small);
        return [OrderedSplitting.TryCreate(chain, threads: 1)!, new DiagonalSplitting(chain, threads: 1)];
    }

    private static double Bound(Splitting splitting, ErrorNorm norm, double[] y, double[] r) =>
        Rounding.OfResidual(splitting.Roundings(norm == ErrorNorm.Sum), splitting.Chain.Discount, norm.Of(y), norm.Of(r));

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (p, q) => p - q)];
}
