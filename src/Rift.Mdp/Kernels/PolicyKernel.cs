using System.Buffers;

namespace Rift.Mdp;

/// <summary>The chain P_pi of a policy as a pair of maps: <c>(P_pi x)(s) = sum_a pi(a|s) (E x)(s,a)</c> and its transpose.</summary>
internal sealed class PolicyKernel
{
    private const int StatesPerBlock = 1024;

    private readonly double[] _probabilities; // pi(a|s), S A entries; times 1 - phi(s,a) where decisions may be stopped
    private readonly double[] _stopping;      // of each state: with which probability its decision is stopped; empty for never
    private readonly int _threads;

    /// <summary>The chain of a policy.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="logPolicy">log pi, S A entries.</param>
    /// <param name="threads">At most so many threads for a product, where the kernel shares its work; the bits do not depend on it.</param>
    /// <param name="stopping">phi: with this probability a decision ends everything, so that rows sum to what is left; null for never.</param>
    internal PolicyKernel(MarkovDecisionProcess mdp, ReadOnlySpan<double> logPolicy, int threads = 1, StateActionTable? stopping = null)
    {
        Kernel = mdp.Kernel;
        _threads = threads;
        _stopping = new double[stopping is null ? 0 : Kernel.States];
        Discount = mdp.Discount;
        _probabilities = new double[logPolicy.Length];
        int actions = Kernel.Actions;
        for (int s = 0; s < Kernel.States; s++)
        {
            double sum = 0, rounding = 0;
            for (int i = s * actions; i < (s + 1) * actions; i++)
            {
                double p = _probabilities[i] = Math.Exp(logPolicy[i]);
                if (!(p > 0)) continue;
                sum += p;
                rounding += p * (Math.Abs(logPolicy[i]) + (stopping is null ? 2 : 4));
                if (stopping is null || stopping[i] == 0) continue;
                _stopping[s] += p * stopping[i];
                _probabilities[i] *= 1 - stopping[i];
            }

            RowError = Math.Max(RowError, Math.Abs(sum - 1) + (Rounding.SecondOrder * Rounding.Unit * (rounding + actions)));
        }

        RowError = Rounding.SecondOrder * (RowError + Kernel.RowSumError);
    }

    private PolicyKernel(PolicyKernel chain) =>
        (Kernel, Discount, RowError, _probabilities, _stopping, _threads) = (chain.Kernel, chain.Discount, chain.RowError, chain._probabilities, chain._stopping, chain._threads);

    internal TransitionKernel Kernel { get; }

    internal double Discount { get; private init; }

    /// <summary>
    /// How far, in the sum over a row, the stored P_pi can be from that of the exact policy with rows normalised: rounding of the exponentials, and what the
    /// policy's rows and the kernel's miss of one.
    /// </summary>
    internal double RowError { get; }

    /// <summary>By how much the row of I - gamma P_pi exceeds zero in its sum, made without a subtraction that cancels.</summary>
    internal double Excess(int state) => 1 - Discount + (_stopping.Length == 0 ? 0 : Discount * _stopping[state]);

    internal ReadOnlySpan<double> Probabilities(int state) => _probabilities.AsSpan(state * Kernel.Actions, Kernel.Actions);

    /// <summary>The same chain with another discount.</summary>
    internal PolicyKernel WithDiscount(double discount) => new(this) { Discount = discount };

    /// <summary>Writes P_pi x.</summary>
    internal void Expect(ReadOnlySpan<double> x, Span<double> result)
    {
        int actions = Kernel.Actions;
        double[] rented = ArrayPool<double>.Shared.Rent(StatesPerBlock * actions);
        for (int first = 0; first < Kernel.States; first += StatesPerBlock)
        {
            Span<double> block = rented.AsSpan(0, Math.Min(StatesPerBlock, Kernel.States - first) * actions);
            Kernel.Expect(first, x, block);
            for (int i = 0; i < block.Length / actions; i++) result[first + i] = Average(first + i, block.Slice(i * actions, actions));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Writes P_pi^T x.</summary>
    internal void Push(ReadOnlySpan<double> x, Span<double> result) => Kernel.Push(x, _probabilities, result, _threads);

    /// <summary>Writes <c>b - (I - gamma P_pi) x</c>, or that of the transpose.</summary>
    internal void Residual(ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> residual, bool transposed)
    {
        if (transposed) Push(x, residual);
        else Expect(x, residual);
        for (int s = 0; s < residual.Length; s++) residual[s] = b[s] - (x[s] - (Discount * residual[s]));
    }

    /// <summary>A bound of the roundings that a term of an entry of gamma P_pi x, or of its transpose, goes through in <see cref="Residual"/>.</summary>
    internal int Roundings(bool transposed) => (transposed ? Kernel.LargestColumn : Kernel.LargestRow) + Kernel.Actions + 4;

    /// <summary>sum_a pi(a|s) f(a); actions that are never taken do not count, whatever f is there.</summary>
    internal double Average(int state, ReadOnlySpan<double> f)
    {
        ReadOnlySpan<double> probabilities = Probabilities(state);
        double sum = 0;
        for (int a = 0; a < f.Length; a++)
            if (probabilities[a] > 0) sum += probabilities[a] * f[a];
        return sum;
    }

    /// <summary>gamma P_pi as an S x S matrix, row by row.</summary>
    internal double[] Discounted()
    {
        int states = Kernel.States;
        double[] matrix = new double[states * states];
        for (int s = 0; s < states; s++)
        {
            ReadOnlySpan<double> probabilities = Probabilities(s);
            for (int a = 0; a < probabilities.Length; a++)
                if (probabilities[a] > 0) Kernel.AddRow(s, a, Discount * probabilities[a], matrix.AsSpan(s * states, states));
        }

        return matrix;
    }
}
