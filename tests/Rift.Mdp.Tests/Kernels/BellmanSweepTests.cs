using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using FsCheck.NUnit;

namespace Rift.Mdp.Tests;

/// <summary>The fused sweep: every layout, width and number of threads against the scalar backup and against one another.</summary>
[Properties(Arbitrary = [typeof(MdpArbitraries)])]
public class BellmanSweepTests
{
    private static readonly int[] _widths = [8, 4, 2, 1];

    // Sizes up to 256 states: every remainder of a slice of eight, and of the blocks of a kernel without stored rows.
    private static readonly int[] _sizes = [.. Enumerable.Range(1, 40), 63, 64, 65, 127, 128, 129, 255, 256];

    [Property]
    public void Every_layout_and_width_is_the_scalar_backup_to_rounding(SmallProblem small)
    {
        double[] values = small.Rewards[..small.States];
        foreach (SoftProblem problem in (SoftProblem[])[small.Problem, small.Plain, new(small.Mdp, 0, small.Table(small.LogBase)), new(small.Mdp, 0)])
            AssertBackedUp(problem, values);
    }

    [TestCaseSource(nameof(_sizes))]
    public void Every_number_of_states_ends_where_it_should(int states)
    {
        foreach (int actions in (int[])[1, 2, 3, 4, 5, 9])
        {
            MarkovDecisionProcess mdp = Rows.Grid(states, actions);
            double[] values = Rows.Numbers(states, seed: 3);
            AssertBackedUp(new SoftProblem(mdp, 0.3), values);
            AssertBackedUp(new SoftProblem(mdp, 0.3, StateActionTable.Create(states, actions, (s, a) => a > 0 && (s + a) % 5 == 0 ? double.NegativeInfinity : a - 0.1)), values);
        }
    }

    [TestCase("DOTNET_EnableAVX512", "256 bits, fused")]
    [TestCase("DOTNET_EnableAVX2", "128 bits, not fused")]
    [TestCase("DOTNET_EnableHWIntrinsic", "0 bits, not fused")]
    public void Machines_with_fewer_instructions_back_up_as_well(string without, string left)
    {
        // Only the switches of x86 are known here: elsewhere a machine keeps what it has.
        (int exit, string output) = ChildProcess.Run([], without);
        Assert.That(exit, Is.Zero, output);
        if (Avx512F.IsSupported) Assert.That(output, Is.EqualTo(left + "\n"));
    }

    [Test]
    public void What_lies_beside_the_values_in_memory_is_of_no_account()
    {
        SoftProblem problem = new(Rows.Grid(61, 4), 0.1);
        foreach (RowStore rows in Rows.Layouts(problem.Mdp.Kernel))
        {
            using BellmanSweep sweep = new(problem, threads: 1, rows);
            AlignedBuffer<double> clean = BellmanSweep.Room(61), dirty = BellmanSweep.Room(61), next = BellmanSweep.Room(61), other = BellmanSweep.Room(61);
            Rows.Numbers(61, seed: 1).CopyTo(clean.Span);
            clean.Span.CopyTo(dirty.Span);
            for (int i = 1; i <= RowStore.Margin; i++) At(dirty, -i) = At(dirty, 60 + i) = 1e300;
            Assert.That(sweep.Backup(dirty, other), Is.EqualTo(sweep.Backup(clean, next)));
            Assert.That(other.Span.SequenceEqual(next.Span));
            Assert.That(Enumerable.Range(1, RowStore.Margin).All(i => At(next, -i) == 0 && At(next, 60 + i) == 0), "wrote outside the vector");
        }

        static ref double At(AlignedBuffer<double> buffer, int index) => ref Unsafe.Add(ref buffer.GetPinnableReference(), index);
    }

    [Test]
    public void Threads_change_no_bit_and_a_warm_sweep_allocates_nothing()
    {
        SoftProblem problem = new(Rows.Grid(3001, 4), 0.1);
        AlignedBuffer<double> values = BellmanSweep.Room(3001), one = BellmanSweep.Room(3001);
        Rows.Numbers(3001, seed: 5).CopyTo(values.Span);
        foreach (RowStore rows in Rows.Layouts(problem.Mdp.Kernel))
        {
            using BellmanSweep alone = new(problem, threads: 1, rows);
            (double, double) change = alone.Backup(values, one);
            foreach (int threads in (int[])[2, 3])
            {
                using BellmanSweep sweep = new(problem, threads, rows);
                AlignedBuffer<double> many = BellmanSweep.Room(3001);
                sweep.Backup(values, many);
                Assert.That(Allocation.Of(() => sweep.Backup(values, many)), Is.Zero);
                Assert.That(sweep.Backup(values, many), Is.EqualTo(change));
                Assert.That(many.Span.SequenceEqual(one.Span), $"{sweep.Layout}, {threads} threads");
            }
        }
    }

    [Test]
    public void Sweeps_in_order_have_the_same_bits_for_any_number_of_threads()
    {
        SoftProblem problem = new(Rows.Grid(3001, 4), 0.1);
        double[][] found = [.. new[] { 1, 2, 3 }.Select(threads =>
        {
            using BellmanSweep sweep = new(problem, threads);
            AlignedBuffer<double> first = BellmanSweep.Room(3001), second = BellmanSweep.Room(3001);
            Rows.Numbers(3001, seed: 5).CopyTo(first.Span);
            first.Span.CopyTo(second.Span);
            (double min, double max) = sweep.InOrder(first, second, split: 180);
            return (double[])[min, max, .. first.Span, .. second.Span];
        })];
        Assert.That(found[1], Is.EqualTo(found[0]));
        Assert.That(found[2], Is.EqualTo(found[0]));
    }

    [Test]
    public void Sweeps_in_order_have_the_same_bits_at_any_width()
    {
        SoftProblem problem = new(Rows.Grid(301, 4), 0.1);
        foreach (RowStore rows in Rows.Layouts(problem.Mdp.Kernel))
        {
            double[][] found = [.. _widths.Select(lanes =>
            {
                using BellmanSweep sweep = new(problem, threads: 1, rows) { Lanes = lanes };
                AlignedBuffer<double> first = BellmanSweep.Room(301), second = BellmanSweep.Room(301);
                Rows.Numbers(301, seed: 5).CopyTo(first.Span);
                first.Span.CopyTo(second.Span);
                (double min, double max) = sweep.InOrder(first, second, split: 19);
                return (double[])[min, max, .. first.Span, .. second.Span];
            })];
            foreach (double[] narrower in found) Assert.That(narrower, Is.EqualTo(found[0]), rows.Name);
        }
    }

    [Test]
    public void Values_that_cannot_be_divided_by_the_temperature_are_backed_up_all_the_same()
    {
        // 1e300 / 1e-30 overflows: the hard maximum, but for nothing.
        MarkovDecisionProcess mdp = Rows.Grid(20, 3).WithReward(StateActionTable.Create(20, 3, (s, a) => (a - 1) * 1e300));
        using BellmanSweep soft = new(new SoftProblem(mdp, 1e-30), threads: 1), hard = new(new SoftProblem(mdp, 0), threads: 1);
        Assert.That(soft.Backup(new double[20]), Is.EqualTo(hard.Backup(new double[20])).Within(1).Ulps);
        Assert.That(new SoftProblem(mdp, 1e-30).ScaledValuesAreFinite, Is.False);
    }

    [Test]
    public void Layouts_are_chosen_by_looking()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Rows.Dense(20, 3).Kernel.Rows!.Name, Is.EqualTo("dense"));
            Assert.That(Rows.Grid(400, 4).Kernel.Rows!.Name, Is.EqualTo("shifted, coded"));
            Assert.That(Rows.Shared(400, 4).Kernel.Rows!.Name, Is.EqualTo("shared, coded"));
            Assert.That(Rows.Garnet(400, 4).Kernel.Rows!.Name, Is.EqualTo("sliced"));
        }
    }

    private static void AssertBackedUp(SoftProblem problem, double[] values)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        double[] q = new double[mdp.Actions], expected = new double[values.Length];
        double rounding = 2 * problem.BackupRounding(SoftProblem.LargestAbs(values));
        for (int s = 0; s < values.Length; s++)
        {
            for (int a = 0; a < q.Length; a++) q[a] = mdp.Reward[s, a] + (mdp.Discount * mdp.Kernel.Successors(s, a).Sum(next => next.Probability * values[next.State]));
            expected[s] = SoftBackup.Value(q, problem.BaseRow(s), problem.Temperature);
        }

        double[]? first = null;
        foreach (RowStore? rows in (RowStore?[])[.. Rows.Layouts(mdp.Kernel), null])
        {
            double[]? widest = null;
            foreach (int lanes in _widths)
            {
                using BellmanSweep sweep = new(problem, threads: 1, rows) { Lanes = lanes };
                double[] found = sweep.Backup(values);
                Assert.That(found, Is.EqualTo(expected).Within(rounding), $"{sweep.Layout}, {lanes} lanes, {problem.Mdp}");
                Assert.That(found, Is.EqualTo(widest ??= found), $"{sweep.Layout}: {lanes} lanes against 8");
            }

            first ??= widest;
        }

        using BellmanSweep untold = new(new SoftProblem(new MarkovDecisionProcess(new ComputedKernel(mdp.Kernel), mdp.Reward, mdp.Initial, mdp.Discount), problem.Temperature, problem.LogBase), threads: 1);
        Assert.That(untold.Backup(values), Is.EqualTo(expected).Within(rounding), "a kernel without stored rows");
    }
}
