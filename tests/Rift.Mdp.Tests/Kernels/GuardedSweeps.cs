using System.Runtime.CompilerServices;

namespace Rift.Mdp.Tests;

/// <summary>Sweeps of every layout, width and kind between pages that cannot be touched: the work of a process of its own, which ends where one of them reaches outside its arrays.</summary>
internal static class GuardedSweeps
{
    /// <summary>Sweeps once in ordinary memory and once in guarded memory; 0 where the bits are the same.</summary>
    /// <param name="behind">Whether the guard lies behind the arrays; otherwise before them.</param>
    internal static int Run(bool behind)
    {
        // Up to five slices with every remainder; enough for two workers; values of eight problems that are asked for ahead.
        foreach ((int states, int threads) in (IEnumerable<(int, int)>)[.. Enumerable.Range(1, 40).Select(states => (states, 1)), (1101, 2), (16_391, 1)])
        {
            foreach (int actions in states > 100 ? (int[])[2] : states > 17 ? [5] : [2, 5])
            {
                double[] expected = [.. Numbers(states, actions, threads)], found;
                using (new GuardedMemory(behind)) found = [.. Numbers(states, actions, threads)];
                if (found.AsSpan().SequenceEqual(expected)) continue;
                Console.WriteLine($"{states} states, {actions} actions: where the arrays lie changes the numbers");
                return 1;
            }
        }

        return 0;
    }

    /// <summary>Reads one number too many.</summary>
    internal static double Overrun(bool behind)
    {
        using GuardedMemory guarded = new(behind);
        AlignedBuffer<double> values = BellmanSweep.Room(13);
        ref double first = ref values.GetPinnableReference();
        Console.WriteLine("about to");
        return behind ? Unsafe.Add(ref first, 13 + RowStore.Margin) : Unsafe.Add(ref first, -RowStore.Margin - 1);
    }

    /// <summary>What all sweeps of such a size find.</summary>
    private static IEnumerable<double> Numbers(int states, int actions, int threads)
    {
        MarkovDecisionProcess[] scattered = [Rows.Garnet(states, actions)], processes = states > 10_000 ? scattered
            : states > 1000 ? [.. scattered, Rows.Grid(states, actions), Rows.Shared(states, actions)]
            : [.. scattered, Rows.Leaps(states, actions), Rows.Grid(states, actions), Rows.Shared(states, actions), Rows.Dense(states, actions)];
        foreach (MarkovDecisionProcess mdp in processes)
        {
            RowStore?[] layouts = states < 1000 && mdp.Kernel.Rows is CodedRows ? [.. Rows.Layouts(mdp.Kernel)] : [mdp.Kernel.Rows];
            foreach (SoftProblem problem in Kinds(mdp))
            {
                foreach (int lanes in (int[])[8, 4, 2, 1])
                {
                    foreach (RowStore? rows in layouts)
                    {
                        using BellmanSweep sweep = new(problem, threads, rows) { Lanes = lanes };
                        foreach (double x in Single(sweep, states)) yield return x;
                    }

                    using BellmanSweep computed = new(Computed(problem), threads) { Lanes = lanes };
                    foreach (double x in Single(computed, states)) yield return x;
                    if (!BatchIteration.Takes(problem)) continue;
                    foreach (bool shared in (bool[])[false, true])
                    {
                        using BatchSweep sweep = new(problem, shared, shared, threads) { Lanes = lanes };
                        foreach (double x in Eight(sweep, problem)) yield return x;
                    }
                }
            }
        }
    }

    /// <summary>Soft and hard, with and without base measure, and values that cannot be divided by the temperature.</summary>
    private static SoftProblem[] Kinds(MarkovDecisionProcess mdp)
    {
        StateActionTable logBase = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => a > 0 && (s + a) % 5 == 0 ? double.NegativeInfinity : a - 0.1);
        SoftProblem[] usual = [new(mdp, 0.3), new(mdp, 0.3, logBase), new(mdp, 0), new(mdp, 0, logBase)];
        return mdp.States > 100 ? usual : [.. usual, new(mdp.WithReward(1e300 * mdp.Reward), 1e-30), new(mdp.WithReward(1e300 * mdp.Reward), 1e-30, logBase)];
    }

    /// <summary>The same problem without stored rows.</summary>
    private static SoftProblem Computed(SoftProblem problem)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        return new SoftProblem(new MarkovDecisionProcess(new ComputedKernel(mdp.Kernel), mdp.Reward, mdp.Initial, mdp.Discount), problem.Temperature, problem.LogBase);
    }

    private static double[] Single(BellmanSweep sweep, int states)
    {
        AlignedBuffer<double> values = BellmanSweep.Room(states), next = BellmanSweep.Room(states);
        Rows.Numbers(states, seed: 1).CopyTo(values.Span);
        (double min, double max) = sweep.Backup(values, next);
        (double least, double most) = sweep.InOrder(values, next, split: RowStore.SlicesOf(states) / 2);
        return [min, max, least, most, .. values.Span, .. next.Span];
    }

    private static double[] Eight(BatchSweep sweep, SoftProblem problem)
    {
        int states = problem.Mdp.States;
        AlignedBuffer<double> values = new(states * RowStore.Height), next = new(states * RowStore.Height);
        Rows.Numbers(values.Length, seed: 2).CopyTo(values.Span);
        sweep.Put([.. Enumerable.Range(0, RowStore.Height).Select(lane => (lane, problem))]);
        sweep.Backup(values, next);
        return [.. next.Span, sweep.Change(0).Min, sweep.Change(7).Max];
    }
}
