using System.Buffers;

namespace Rift.Mdp;

/// <summary>The pass that makes Q and the policy of a V, block by block: once at the end of a solve, or for the step of an algorithm.</summary>
/// <remarks>Blocks depend on the number of states alone, so the result has the same bits for any number of threads.</remarks>
internal static class PolicySweep
{
    private const int StatesPerBlock = 1024;

    /// <summary>Writes Q = r + gamma E V, if wanted, and the log-policy of exactly that Q; returns the largest rounding error of a log-probability, if Q is wanted.</summary>
    internal static double LogPolicy(SoftProblem problem, ReadOnlyMemory<double> values, double tieTolerance, double[]? qs, double[] logPolicy, int threads)
    {
        MarkovDecisionProcess mdp = problem.Mdp;
        int actions = mdp.Actions, blocks = (mdp.States + StatesPerBlock - 1) / StatesPerBlock;
        double[] worst = new double[blocks];
        void Run(int block)
        {
            int first = block * StatesPerBlock, length = Math.Min(StatesPerBlock, mdp.States - first) * actions;
            double[] rented = ArrayPool<double>.Shared.Rent(length);
            Span<double> q = rented.AsSpan(0, length);
            mdp.Kernel.Expect(first, values.Span, q);
            ReadOnlySpan<double> reward = mdp.Reward.Entries.Slice(first * actions, length);
            for (int i = 0; i < length; i++) q[i] = reward[i] + (mdp.Discount * q[i]);
            for (int i = 0; i < length / actions; i++)
            {
                ReadOnlySpan<double> row = q.Slice(i * actions, actions);
                Span<double> log = logPolicy.AsSpan((first + i) * actions, actions);
                SoftBackup.LogPolicy(row, problem.BaseRow(first + i), problem.Temperature, tieTolerance, log);
                if (qs is not null) worst[block] = Math.Max(worst[block], SoftBackup.LogPolicyRoundingBound(row, problem.BaseRow(first + i), log, problem.Temperature));
            }

            if (qs is not null) q.CopyTo(qs.AsSpan(first * actions, length));
            ArrayPool<double>.Shared.Return(rented);
        }

        if (threads == 1 || blocks == 1)
            for (int block = 0; block < blocks; block++) Run(block);
        else
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = threads }, Run);
        return worst.Max();
    }
}
