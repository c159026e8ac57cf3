using Rift.Mdp;

namespace Rift.Bench.Tests;

/// <summary>The workloads are models of the shapes they claim.</summary>
public class StandardWorkloadTests
{
    [Test]
    public void A_dense_workload_leads_everywhere()
    {
        using Workload workload = StandardWorkloads.Create("W1");
        TransitionKernel kernel = workload.Kernel();
        Assert.That((kernel.States, kernel.Actions, kernel.Transitions, kernel.LargestRow, kernel.LargestColumn), Is.EqualTo((200, 10, 400_000L, 200, 2000)));
        Assert.That(workload.BytesPerSweep, Is.EqualTo((12 * 400_000) + (8 * 2000) + (16 * 200)));
    }

    [Test]
    public void A_sparse_workload_leads_to_distinct_states_from_each_pair()
    {
        using Workload workload = StandardWorkloads.Create("W2");
        TransitionKernel kernel = workload.Kernel();
        Assert.That((kernel.Transitions, kernel.LargestRow, kernel.AllAvailable), Is.EqualTo((640_000L, 8, true)));
    }

    [Test]
    public void In_a_grid_the_intended_move_and_its_neighbours_are_the_outcomes()
    {
        const int Side = 30;
        using Workload workload = StandardWorkloads.Grid("grid", Side, seed: 7, discount: 0.9);
        MarkovDecisionProcess process = workload.Process();
        int absorbing = 0, open = 0;
        for (int s = 0; s < process.States; s++)
        {
            Successor[] up = [.. process.Kernel.Successors(s, 0)];
            if (up is [{ Probability: 1 }] && up[0].State == s && process.Reward[s, 0] == 0)
            {
                absorbing++;
                continue;
            }

            Assert.That(process.Reward.Row(s).ToArray(), Has.All.EqualTo(process.Reward[s, 0]).And.All.InRange(-1.5, -1.0));
            if (up.Length != 3) continue;
            open++;
            int[] moves = [.. up.Select(next => next.State - s)];
            Assert.That(moves, Is.SubsetOf(new[] { -Side, -1, 0, 1 }));
            foreach (Successor next in up) Assert.That(next.Probability, Is.EqualTo(next.State == s - Side || (next.State == s && !moves.Contains(-Side)) ? 0.8 : 0.1));
        }

        // A tenth of 900 cells are walls, within five standard deviations of nine, and ten are goals.
        Assert.That(absorbing - 10, Is.InRange(90 - 45, 90 + 45));
        Assert.That(open, Is.GreaterThan(400));
    }
}
