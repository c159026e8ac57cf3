using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>Reads rows of gamma P_pi from the stored rows of a kernel: the actions of a state are averaged and equal successors merged.</summary>
/// <remarks>A weight has gone through at most A + 1 roundings. Not for several threads at once.</remarks>
internal sealed class ChainRow
{
    private readonly PolicyKernel _chain;
    private readonly RowStore _rows;
    private readonly int[] _rowNext;
    private readonly double[] _rowProbability;
    private readonly int[] _next;
    private readonly double[] _weight;
    private readonly int[] _slot; // where a successor stands in the current row, counted from the rows before
    private int _before;
    private int _count;

    internal ChainRow(PolicyKernel chain, RowStore rows)
    {
        (_chain, _rows) = (chain, rows);
        TransitionKernel kernel = chain.Kernel;
        int most = (int)Math.Min((long)kernel.Actions * kernel.LargestRow, kernel.States);
        (_rowNext, _rowProbability) = (new int[rows.Capacity], new double[rows.Capacity]);
        (_next, _weight) = (new int[most], new double[most]);
        _slot = new int[kernel.States];
        Array.Fill(_slot, -1);
    }

    /// <summary>The successors of the state last read, each once.</summary>
    internal ReadOnlySpan<int> Next => _next.AsSpan(0, _count);

    /// <summary>gamma P_pi(s'|s) for each of <see cref="Next"/>.</summary>
    internal ReadOnlySpan<double> Weight => _weight.AsSpan(0, _count);

    /// <summary>Reads the row of a state.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Read(int state)
    {
        _before += _count;
        if (_before > Array.MaxLength)
        {
            Array.Fill(_slot, -1);
            _before = 0;
        }

        ReadOnlySpan<double> probabilities = _chain.Probabilities(state);
        Span<int> rowNext = _rowNext, merged = _next, slots = _slot;
        Span<double> rowProbability = _rowProbability, weights = _weight;
        int count = 0, before = _before;
        for (int a = 0; a < probabilities.Length; a++)
        {
            double scale = _chain.Discount * probabilities[a];
            if (scale == 0) continue;
            int successors = _rows.Row(state, a, rowNext, rowProbability);
            for (int k = 0; k < successors; k++)
            {
                int next = rowNext[k], slot = slots[next] - before;
                double weight = scale * rowProbability[k];
                if (slot >= 0)
                {
                    weights[slot] += weight;
                    continue;
                }

                slots[next] = before + count;
                merged[count] = next;
                weights[count++] = weight;
            }
        }

        _count = count;
    }
}
