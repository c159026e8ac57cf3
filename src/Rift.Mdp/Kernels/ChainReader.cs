using System.Runtime.CompilerServices;

namespace Rift.Mdp;

/// <summary>Reads rows of gamma P_pi from the stored rows of a kernel: the actions of a state are averaged and equal successors merged.</summary>
/// <remarks>A weight has gone through at most A + 1 roundings. Not for several threads at once.</remarks>
internal sealed class ChainReader
{
    // Entries there is room for at first.
    private const int FirstRoom = 1 << 15;

    private readonly PolicyKernel _chain;
    private readonly RowStore _rows;
    private readonly int[] _rowNext;
    private readonly double[] _rowProbability;
    private readonly int _longest; // no row has more entries

    // The rows last read, one after the other; the first entry of each is the state itself.
    private readonly int[] _start = new int[ChainBlock.Height + 1];
    private int[] _next;
    private double[] _weight;

    private readonly int[] _slot; // where a successor stands in the current row, counted from all rows before
    private int _before;

    internal ChainReader(PolicyKernel chain, RowStore rows)
    {
        (_chain, _rows) = (chain, rows);
        TransitionKernel kernel = chain.Kernel;
        _longest = (int)Math.Min(((long)kernel.Actions * kernel.LargestRow) + 1, kernel.States);
        (_rowNext, _rowProbability) = (new int[rows.Capacity], new double[rows.Capacity]);
        int room = (int)Math.Min((long)ChainBlock.Height * _longest, Math.Max(_longest, FirstRoom));
        (_next, _weight) = (new int[room], new double[room]);
        _slot = new int[kernel.States];
        Array.Fill(_slot, -1);
    }

    /// <summary>gamma P_pi(s|s) of a row last read.</summary>
    internal double Stay(int row) => _weight[_start[row]];

    /// <summary>The other successors in a row last read, each once.</summary>
    internal ReadOnlySpan<int> Next(int row) => _next.AsSpan((_start[row] + 1).._start[row + 1]);

    /// <summary>gamma P_pi(s'|s) for each of <see cref="Next"/>.</summary>
    internal ReadOnlySpan<double> Weight(int row) => _weight.AsSpan((_start[row] + 1).._start[row + 1]);

    /// <summary>Reads the rows of consecutive states, at most <see cref="ChainBlock.Height"/>.</summary>
    internal void Read(int first, int count)
    {
        if (_before + ((long)count * _longest) > int.MaxValue)
        {
            Array.Fill(_slot, -1);
            _before = 0;
        }

        int end = 0;
        for (int row = 0; row < count; row++)
        {
            if (_next.Length - end < _longest)
            {
                int room = (int)Math.Min(Array.MaxLength, Math.Max(2L * _next.Length, end + (long)_longest));
                Array.Resize(ref _next, room);
                Array.Resize(ref _weight, room);
            }

            end = _start[row + 1] = ReadRow(first + row, end);
        }

        _before += end;
    }

    /// <summary>Reads the row of a state to where the one before ends; returns where it ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ReadRow(int state, int start)
    {
        ReadOnlySpan<double> probabilities = _chain.Probabilities(state);
        Span<int> rowNext = _rowNext, merged = _next, slots = _slot;
        Span<double> rowProbability = _rowProbability, weights = _weight;
        int end = start + 1, before = _before;
        slots[state] = before + start;
        (merged[start], weights[start]) = (state, 0);
        for (int a = 0; a < probabilities.Length; a++)
        {
            double scale = _chain.Discount * probabilities[a];
            if (scale == 0) continue;
            int successors = _rows.Row(state, a, rowNext, rowProbability);
            for (int k = 0; k < successors; k++)
            {
                int next = rowNext[k], slot = slots[next] - before;
                double weight = scale * rowProbability[k];
                if (slot >= start)
                {
                    weights[slot] += weight;
                    continue;
                }

                slots[next] = before + end;
                merged[end] = next;
                weights[end++] = weight;
            }
        }

        return end;
    }
}
