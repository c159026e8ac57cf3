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
                splitting.Sweep(r, y, left, norm == ErrorNorm.Sum);
                splitting.Residual(r, y, residual, norm == ErrorNorm.Sum);

                // M y = r errs by the sums of y and two roundings of the diagonal, N y by its sums, the residual by its bound.
                Assert.That(norm.Of(Difference(left, residual)), Is.LessThanOrEqualTo(3 * Bound(splitting, norm, y, r)), $"{splitting.GetType().Name}, {norm}");
            }
        }
    }

    [Property]
    public void Mass_that_is_swept_shrinks_by_the_discount_at_least(SmallProblem small)
    {
        // 1' N M^-1 = 1' - (1 - gamma) 1' M^-1, and M^-1 is at least the identity.
        foreach (Splitting splitting in Both(small))
        {
            double[] r = [.. small.Mdp.Initial], left = new double[r.Length], y = new double[r.Length];
            splitting.Sweep(r, y, left, transposed: true);
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

    private static Splitting[] Both(SmallProblem small)
    {
        PolicyKernel chain = new(small.Mdp, small.Policy.LogProbabilities.Entries);
        return [OrderedSplitting.TryCreate(chain, threads: 1)!, new DiagonalSplitting(chain)];
    }

    private static double Bound(Splitting splitting, ErrorNorm norm, double[] y, double[] r) =>
        Rounding.OfResidual(splitting.Roundings(norm == ErrorNorm.Sum), splitting.Chain.Discount, norm.Of(y), norm.Of(r));

    private static double[] Difference(double[] x, double[] y) => [.. x.Zip(y, (p, q) => p - q)];
}
