using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>Rows come out of every layout as they went in.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class RowStoreTests
{
    [Property]
    public void Every_layout_holds_the_same_rows(SmallProblem small)
    {
        SparseKernel kernel = small.Kernel;
        foreach (RowStore rows in Rows.Layouts(kernel)) AssertRows(kernel, rows, [.. Enumerable.Range(0, small.States)]);
    }

    [Property]
    public void Renumbered_rows_are_the_rows_of_the_renumbered_states(SmallProblem small)
    {
        SparseKernel kernel = small.Kernel;
        int[] order = [.. Enumerable.Range(0, small.States).OrderBy(s => small.Rewards[s])], rank = new int[order.Length];
        for (int i = 0; i < order.Length; i++) rank[order[i]] = i;
        foreach (RowStore rows in Rows.Layouts(kernel))
            if (rows.Renumbered(order, rank) is RowStore renumbered) AssertRows(kernel, renumbered, order);
    }

    private static void AssertRows(SparseKernel kernel, RowStore rows, int[] order)
    {
        int[] successors = new int[rows.Capacity];
        double[] probabilities = new double[rows.Capacity], values = Rows.Numbers(order.Length, seed: 2), added = new double[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            for (int a = 0; a < kernel.Actions; a++)
            {
                int count = rows.Row(i, a, successors, probabilities);
                Assert.That(
                    Enumerable.Range(0, count).Select(k => new Successor(order[successors[k]], probabilities[k])),
                    Is.EquivalentTo(kernel.Successors(order[i], a)));
                Assert.That(successors.Take(count), Is.Ordered.And.Unique);
                double sum = 0;
                for (int k = 0; k < count; k++) sum = Math.FusedMultiplyAdd(probabilities[k], values[successors[k]], sum);
                Assert.That(rows.Expect(i, a, values), Is.EqualTo(sum));
                added.AsSpan().Clear();
                rows.Add(i, a, 2, added);
                for (int k = 0; k < count; k++) Assert.That(added[successors[k]], Is.EqualTo(2 * probabilities[k]));
                Assert.That(added.Count(x => x > 0), Is.EqualTo(count));
            }
        }
    }
}
