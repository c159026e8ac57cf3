using System.Buffers;

namespace Rift.Mdp;

/// <summary>One pass over all states, block by block: expectation, reward, backup. Q is never stored while iterating.</summary>
/// <remarks>Blocks depend on the number of states alone and reductions are combined in block order, so the result has the same bits for any number of threads.</remarks>
internal static class BellmanSweep
{
    private const int StatesPerBlock = 1024;

    /// <summary>Writes the backup T V of <paramref name="values"/> into <paramref name="next"/>; returns the smallest and largest change.</summary>
    internal static (double Min, double Max) Backup(SoftProblem problem, double[] values, double[] next, int threads)
    {
        int blocks = Blocks(problem.Mdp.States);
        double[] least = new double[blocks], most = new double[blocks];
        ForEachBlock(problem, values, threads, (block, first, q) =>
        {
            int actions = problem.Mdp.Actions;
            double min = double.PositiveInfinity, max = double.NegativeInfinity;
            for (int i = 0; i < q.Length / actions; i++)
            {
                int s = first + i;
                double value = SoftBackup.Value(q.Slice(i * actions, actions), problem.BaseRow(s), problem.Temperature);
                double change = value - values[s];
                min = Math.Min(min, change);
                max = Math.Max(max, change);
                next[s] = value;
            }

            (least[block], most[block]) = (min, max);
        });
        return (least.Min(), most.Max());
    }

    /// <summary>The largest rounding error that <see cref="SoftBackup.Value"/> can have made in any state, for Q exact.</summary>
    internal static double RoundingBound(SoftProblem problem, double[] values, int threads)
    {
        double[] worst = new double[Blocks(problem.Mdp.States)];
        ForEachBlock(problem, values, threads, (block, first, q) =>
        {
            int actions = problem.Mdp.Actions;
            for (int i = 0; i < q.Length / actions; i++)
                worst[block] = Math.Max(worst[block], SoftBackup.RoundingBound(q.Slice(i * actions, actions), problem.BaseRow(first + i), problem.Temperature));
        });
        return worst.Max();
    }

    /// <summary>Writes Q = r + gamma E V and the log-policy of exactly that Q; returns the largest rounding error of a log-probability.</summary>
    internal static double LogPolicy(SoftProblem problem, double[] values, double tieTolerance, double[]? qs, double[] logPolicy, int threads)
    {
        double[] worst = new double[Blocks(problem.Mdp.States)];
        ForEachBlock(problem, values, threads, (block, first, q) =>
        {
            int actions = problem.Mdp.Actions;
            for (int i = 0; i < q.Length / actions; i++)
            {
                ReadOnlySpan<double> row = q.Slice(i * actions, actions);
                Span<double> log = logPolicy.AsSpan((first + i) * actions, actions);
                SoftBackup.LogPolicy(row, problem.BaseRow(first + i), problem.Temperature, tieTolerance, log);
                if (qs is null) continue;
                row.CopyTo(qs.AsSpan((first + i) * actions, actions));
                worst[block] = Math.Max(worst[block], SoftBackup.LogPolicyRoundingBound(row, problem.BaseRow(first + i), log, problem.Temperature));
            }
        });
        return worst.Max();
    }

    private delegate void BlockBody(int block, int firstState, Span<double> q);

    private static int Blocks(int states) => (states + StatesPerBlock - 1) / StatesPerBlock;

    private static void ForEachBlock(SoftProblem problem, double[] values, int threads, BlockBody body)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        void Run(int block)
        {
            int first = block * StatesPerBlock, length = Math.Min(StatesPerBlock, mdp.States - first) * mdp.Actions;
            double[] rented = ArrayPool<double>.Shared.Rent(length);
            Span<double> q = rented.AsSpan(0, length);
            mdp.Kernel.Expect(first, values, q);
            ReadOnlySpan<double> reward = mdp.Reward.Entries.Slice(first * mdp.Actions, length);
            for (int i = 0; i < length; i++) q[i] = reward[i] + (mdp.Discount * q[i]);
            body(block, first, q);
            ArrayPool<double>.Shared.Return(rented);
        }

        int blocks = Blocks(mdp.States);
        if (threads == 1 || blocks == 1)
            for (int block = 0; block < blocks; block++) Run(block);
        else
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, Run);
    }
}
