namespace Rift.Mdp.Tests;

/// <summary>A kernel of a user's own: it promises the maps and stores nothing that the toolkit could read.</summary>
internal sealed class ComputedKernel(TransitionKernel inner) : TransitionKernel(inner.States, inner.Actions)
{
    public override double RowSumError => inner.RowSumError;

    public override int LargestRow => inner.LargestRow;

    public override int LargestColumn => inner.LargestColumn;

    public override long Transitions => inner.Transitions;

    public override bool AllAvailable => inner.AllAvailable;

    public override bool IsAvailable(int state, int action) => inner.IsAvailable(state, action);

    public override IEnumerable<Successor> Successors(int state, int action) => inner.Successors(state, action);

    public override void Expect(int firstState, ReadOnlySpan<double> values, Span<double> expectations) => inner.Expect(firstState, values, expectations);

    public override void AddRow(int state, int action, double weight, Span<double> states) => inner.AddRow(state, action, weight, states);
}
