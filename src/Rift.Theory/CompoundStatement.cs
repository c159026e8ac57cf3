using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A statement made of several: all must hold, and the worst speaks for all.</summary>
internal abstract class CompoundStatement : Statement
{
    /// <summary>Its parts in a fixed order, on the fast path.</summary>
    internal abstract IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random);

    /// <summary>Its parts in a fixed order, in double-double on the literal path.</summary>
    internal abstract IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random);

    /// <inheritdoc/>
    public sealed override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.Worst(Parts(solved, random));

    /// <inheritdoc/>
    public sealed override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random) => Identity.Worst(PartsExtended(literal, random));
}
