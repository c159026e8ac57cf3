using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The visitation difference (section 5.2): stop the pairs where the prior spends more of its discounted time than the expert, phi = 1[mu0 > mu*].</summary>
/// <remarks>Its inner product with mu0 - mu* is positive, so a small step helps; a full step may not (facts F3 and F4, CE3).</remarks>
public sealed record VisitationStrategy : InterventionStrategy
{
    /// <inheritdoc/>
    public override bool NeedsPrior => true;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random) =>
        Visitation.Of(expert.Mdp, prior!).Pairs.Zip(expert.Visitation.Pairs, (mine, theirs) => mine > theirs ? 1 : 0);
}

/// <summary>The state-based strategy (section 5.3): stop whatever is done in states where the prior spends more of its discounted time than a multiple of the expert's, phi = 1[rho0 > c rho*].</summary>
/// <remarks>At c = 1 it can stop the start, and success can fall: see CE3 for what a full step may do.</remarks>
/// <param name="Factor">c, at least 0.</param>
public sealed record StateStrategy(double Factor = 1) : InterventionStrategy
{
    /// <inheritdoc/>
    public override bool NeedsPrior => true;

    /// <inheritdoc/>
    protected override StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random)
    {
        double[] mine = Visitation.Of(expert.Mdp, prior!).States.Values, theirs = expert.Visitation.States.Values;
        return StateActionTable.Create(expert.Mdp.States, expert.Mdp.Actions, (s, _) => mine[s] > Factor * theirs[s] ? 1 : 0);
    }
}
