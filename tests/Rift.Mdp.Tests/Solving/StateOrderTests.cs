using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>What is never left, and how far the other states are from it, against plain reachability.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class StateOrderTests
{
    [Property]
    public void Closed_classes_are_the_states_that_all_they_reach_reaches(SmallProblem small)
    {
        StateOrder order = StateOrder.FromEnds(small.Kernel.Rows);
        bool[,] reaches = Reachability(small.Kernel);
        int n = small.States;
        int[] recurrent = [.. Enumerable.Range(0, n).Where(s => Enumerable.Range(0, n).All(t => !reaches[s, t] || reaches[t, s]))];
        bool[] absorbing = [.. Enumerable.Range(0, n).Select(s => Enumerable.Range(0, n).All(t => t == s || !reaches[s, t]))];
        Assert.That(order.AbsorbingStates, Is.EquivalentTo(recurrent.Where(s => absorbing[s])));
        Assert.That(order.ClosedClasses.SelectMany(closed => closed), Is.EquivalentTo(recurrent.Where(s => !absorbing[s])));
        foreach (int[] closed in order.ClosedClasses)
            foreach (int s in closed) Assert.That(Enumerable.Range(0, n).Where(t => reaches[s, t]), Is.EquivalentTo(closed));
    }

    [Property]
    public void The_order_is_a_permutation_with_its_ranks(SmallProblem small)
    {
        StateOrder order = StateOrder.FromEnds(small.Kernel.Rows);
        Assert.That(order.States, Is.EquivalentTo(Enumerable.Range(0, small.States)));
        for (int i = 0; i < order.States.Length; i++) Assert.That(order.Rank[order.States[i]], Is.EqualTo(i));
    }

    [Test]
    public void Narrow_levels_are_taken_from_eight_stretches_of_each_half()
    {
        // A line of forty states that ends at the right.
        StateOrder order = Line(length: 40, width: 1);
        int[] first = [.. Enumerable.Range(0, 16).Reverse()], second = [.. Enumerable.Range(16, 24).Reverse()];
        Assert.That(order.FirstHalf, Is.EqualTo(16));
        Assert.That(order.States, Is.EqualTo(Enumerable.Range(0, 16).Select(i => first[(i / 8) + (i % 8 * 2)]).Concat(Enumerable.Range(0, 24).Select(i => second[(i / 8) + (i % 8 * 3)]))));
    }

    [Test]
    public void Wide_levels_are_in_order_of_distance()
    {
        StateOrder order = Line(length: 4, width: 200);
        int[] distances = [.. order.States.Select(s => 3 - (s / 200))];
        Assert.That(distances.Take(order.FirstHalf), Is.Ordered);
        Assert.That(distances.Skip(order.FirstHalf), Is.Ordered);
    }

    private static StateOrder Line(int length, int width)
    {
        TransitionKernelBuilder builder = new(length * width, 1);
        for (int s = 0; s < length * width; s++) builder.Add(s, 0, s + width < length * width ? s + width : s, 1);
        return StateOrder.FromEnds(builder.Build().Rows);
    }

    private static bool[,] Reachability(SparseKernel kernel)
    {
        int n = kernel.States;
        bool[,] reaches = new bool[n, n];
        for (int s = 0; s < n; s++)
        {
            reaches[s, s] = true;
            for (int a = 0; a < kernel.Actions; a++)
                foreach (Successor next in kernel.Successors(s, a)) reaches[s, next.State] = true;
        }

        for (int via = 0; via < n; via++)
            for (int s = 0; s < n; s++)
                for (int t = 0; t < n; t++) reaches[s, t] |= reaches[s, via] && reaches[via, t];
        return reaches;
    }
}
