namespace Rift.Mdp;

/// <summary>Value iteration: V &lt;- T V. Linear: the bracket shrinks by the discount or faster each sweep.</summary>
/// <remarks>One sweep costs one product with E. On processes that mix, the bracket (the span of the change) closes long before the values settle.</remarks>
public sealed record ValueIteration : SoftAlgorithm
{
    /// <inheritdoc/>
    public override string Name => "value iteration";

    private protected override bool IsPlainSweep(Bracket bracket) => true;

    private protected override void Improve(SoftIteration iteration) => iteration.TakeNext();
}
