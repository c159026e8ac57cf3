namespace Rift.Mdp.Tests;

internal sealed class Carousel(int seats, double slip) : TransitionKernel(seats, actions: 3)
{
    public override double RowSumError => 2 * Rounding.Unit;

    public override int LargestRow => 2;

    public override int LargestColumn => 6;

    public override long Transitions => 2L * States * Actions;

    public override bool AllAvailable => true;

    public override bool IsAvailable(int state, int action)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(state);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(state, States);
        ArgumentOutOfRangeException.ThrowIfNegative(action);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(action, Actions);
        return true;
    }

    public override IEnumerable<Successor> Successors(int state, int action)
    {
        IsAvailable(state, action);
        Successor[] both = [new(Target(state, action), 1 - slip), new(Target(state, action + 1), slip)];
        return both.OrderBy(next => next.State);
    }

    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations)
    {
        for (int i = 0; i < expectations.Length; i++)
        {
            int target = Target(firstState + (i / Actions), i % Actions), beyond = target + 1 == States ? 0 : target + 1;
            expectations[i] = ((1 - slip) * values[target]) + (slip * values[beyond]);
        }
    }

    public override void AddRow(int state, int action, double weight, Span<double> states)
    {
        foreach (Successor next in Successors(state, action)) states[next.State] += weight * next.Probability;
    }

    private int Target(int state, int action) => (state + action - 1 + States) % States;
}
