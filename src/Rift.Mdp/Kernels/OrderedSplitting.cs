using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rift.Mdp;

/// <summary>
/// gamma P_pi stored explicitly, its states placed so that mass flows from later to earlier places (<see cref="FlowOrder"/>); M is the diagonal and all that agrees with this flow
/// (Gauss-Seidel in the order of the flow).
/// </summary>
/// <remarks>
/// One sweep carries mass, or value, all the way down the flow; only what goes against the flow is left for the next one. The transposed sweep pushes mass along the rows, the other one
/// gathers along them, so one matrix serves both systems. Two passes over the model's rows to build; 12 bytes a transition of the chain and 28 a state.
/// </remarks>
internal sealed class OrderedSplitting : Splitting
{
    private readonly int[] _state; // by place
    private readonly double[] _stay, _inverse; // gamma P(i|i), and 1 over one minus that

    // The entries below the diagonal fill the arrays from the front, those above it from the back: row i has [_lower[i], _lower[i + 1]) and [_upper[i + 1], _upper[i]).
    private readonly int[] _lower, _upper, _place;
    private readonly double[] _weight;
    private readonly int _longestRow, _longestColumn;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private OrderedSplitting(PolicyKernel chain, int[] state, int entries)
        : base(chain)
    {
        _state = state;
        int states = state.Length;
        (_lower, _upper) = (new int[states + 1], new int[states + 1]);
        (_stay, _inverse) = (new double[states], new double[states]);
        (_place, _weight) = (new int[entries], new double[entries]);
        int[] place = new int[states], column = new int[states];
        for (int i = 0; i < states; i++) place[state[i]] = i;
        ChainRow row = new(chain);
        int front = 0, back = entries;
        _upper[0] = back;
        for (int i = 0; i < states; i++)
        {
            row.Read(state[i]);
            ReadOnlySpan<int> next = row.Next;
            for (int k = 0; k < next.Length; k++)
            {
                int j = place[next[k]];
                column[j]++;
                if (j == i)
                {
                    _stay[i] = row.Weight[k];
                    continue;
                }

                int at = j < i ? front++ : --back;
                (_place[at], _weight[at]) = (j, row.Weight[k]);
            }

            _inverse[i] = 1 / (1 - _stay[i]);
            (_lower[i + 1], _upper[i + 1]) = (front, back);
            _longestRow = Math.Max(_longestRow, next.Length);
        }

        _longestColumn = column.Max();
    }

    /// <summary>The splitting of a chain over a kernel that stores its rows; null where the chain has more entries than an array can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static OrderedSplitting? TryCreate(PolicyKernel chain)
    {
        int[] likeliest = new int[chain.Kernel.States];
        ChainRow row = new(chain);
        long entries = 0;
        for (int s = 0; s < likeliest.Length; s++)
        {
            row.Read(s);
            likeliest[s] = s;
            double most = 0;
            ReadOnlySpan<int> next = row.Next;
            for (int k = 0; k < next.Length; k++)
            {
                if (next[k] == s) continue;
                entries++;
                if (row.Weight[k] > most) (likeliest[s], most) = (next[k], row.Weight[k]);
            }
        }

        return entries <= Array.MaxLength ? new OrderedSplitting(chain, FlowOrder.Of(likeliest), (int)entries) : null;
    }

    internal override void Sweep(Span<double> residual, Span<double> step, bool transposed)
    {
        if (transposed) Push(residual, step);
        else Gather(residual, step);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal override void Residual(ReadOnlySpan<double> b, ReadOnlySpan<double> x, Span<double> residual, bool transposed)
    {
        int n = _stay.Length;
        if (!transposed)
        {
            for (int i = 0; i < n; i++)
            {
                double sum = (_stay[i] * x[i]) + Dot(_lower[i], _lower[i + 1], x) + Dot(_upper[i + 1], _upper[i], x);
                residual[i] = b[i] - (x[i] - sum);
            }

            return;
        }

        for (int i = 0; i < n; i++) residual[i] = _stay[i] * x[i];
        for (int i = 0; i < n; i++)
        {
            Scatter(_lower[i], _lower[i + 1], x[i], residual);
            Scatter(_upper[i + 1], _upper[i], x[i], residual);
        }

        for (int i = 0; i < n; i++) residual[i] = b[i] - (x[i] - residual[i]);
    }

    /// <summary>One for each term of the longest sum, and those that <see cref="ChainRow"/> has made.</summary>
    internal override int Roundings(bool transposed) => (transposed ? _longestColumn : _longestRow) + Chain.Kernel.Actions + 1;

    internal override void Arrange(ReadOnlySpan<double> states, Span<double> arranged)
    {
        for (int i = 0; i < arranged.Length; i++) arranged[i] = states[_state[i]];
    }

    internal override void Restore(ReadOnlySpan<double> arranged, Span<double> states)
    {
        for (int i = 0; i < arranged.Length; i++) states[_state[i]] = arranged[i];
    }

    /// <summary>Down the flow, each state passes on what it has: places before it receive it in time for their own turn, places after it keep it for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Push(Span<double> residual, Span<double> step)
    {
        ReadOnlySpan<int> lower = _lower, upper = _upper;
        ReadOnlySpan<double> inverse = _inverse;
        for (int i = step.Length - 1; i >= 0; i--)
        {
            double y = step[i] = residual[i] * inverse[i];
            residual[i] = 0;
            Scatter(lower[i], lower[i + 1], y, residual);
            Scatter(upper[i + 1], upper[i], y, residual);
        }
    }

    /// <summary>Up the flow, each state collects from the places before it; what the places after it are worth is left for the next sweep.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(Span<double> residual, Span<double> step)
    {
        ReadOnlySpan<int> lower = _lower, upper = _upper;
        ReadOnlySpan<double> inverse = _inverse;
        for (int i = 0; i < step.Length; i++) step[i] = (residual[i] + Dot(lower[i], lower[i + 1], step)) * inverse[i];
        for (int i = 0; i < step.Length; i++) residual[i] = Dot(upper[i + 1], upper[i], step);
    }

    // Places are below S by construction, so the two loops that all time is spent in go without checks.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double Dot(int start, int end, ReadOnlySpan<double> x)
    {
        ref int place = ref MemoryMarshal.GetArrayDataReference(_place);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weight), entry = ref MemoryMarshal.GetReference(x);
        double sum = 0;
        for (int k = start; k < end; k++) sum += Unsafe.Add(ref weight, k) * Unsafe.Add(ref entry, Unsafe.Add(ref place, k));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Scatter(int start, int end, double y, Span<double> x)
    {
        ref int place = ref MemoryMarshal.GetArrayDataReference(_place);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weight), entry = ref MemoryMarshal.GetReference(x);
        for (int k = start; k < end; k++) Unsafe.Add(ref entry, Unsafe.Add(ref place, k)) += Unsafe.Add(ref weight, k) * y;
    }
}
