using Rift.Mdp;

namespace Rift.Learning;

/// <summary>When a supervisor presses the emergency stop: the probability phi(s,a) of an intervention for every state and action.</summary>
/// <remarks>A value that carries its own options. Nothing is stopped where nothing is done: phi is 0 in terminal states and for actions that are not available.</remarks>
public abstract record InterventionStrategy
{
    /// <summary>Whether the strategy compares the expert with the policy that is to be tuned.</summary>
    public virtual bool NeedsPrior => false;

    /// <summary>Whether another stream gives another phi.</summary>
    public virtual bool IsRandom => false;

    /// <summary>phi, S x A, numbers from 0 to 1.</summary>
    /// <param name="expert">The expert behind the supervisor.</param>
    /// <param name="prior">pi0, the policy under supervision; may be null where <see cref="NeedsPrior"/> is false.</param>
    /// <param name="random">The stream of strategies that draw.</param>
    /// <exception cref="ArgumentNullException">The strategy needs a prior and there is none.</exception>
    public StateActionTable Table(Expert expert, Policy? prior, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(random);
        if (NeedsPrior)
        {
            ArgumentNullException.ThrowIfNull(prior);
            prior.RequireFits(expert.Mdp.Kernel);
        }

        MarkovDecisionProcess mdp = expert.Mdp;
        StateActionTable phi = Probabilities(expert, prior, random);
        bool[] terminal = [.. Enumerable.Range(0, mdp.States).Select(mdp.IsTerminal)];
        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => terminal[s] || !mdp.IsAvailable(s, a) ? 0 : phi[s, a]);
    }

    /// <summary>The supervisor as rollouts meet it; without a reaction delay it is the table alone.</summary>
    /// <param name="expert">The expert behind the supervisor.</param>
    /// <param name="prior">pi0, the policy under supervision; may be null where <see cref="NeedsPrior"/> is false.</param>
    /// <param name="random">The stream of strategies that draw.</param>
    /// <exception cref="ArgumentNullException">The strategy needs a prior and there is none.</exception>
    public virtual Supervisor Supervise(Expert expert, Policy? prior, SplittableRandom random) => new(Table(expert, prior, random));

    /// <summary>phi before it is cleared where nothing is done.</summary>
    /// <param name="expert">The expert behind the supervisor.</param>
    /// <param name="prior">pi0; null where no prior was given.</param>
    /// <param name="random">The stream to draw from.</param>
    protected abstract StateActionTable Probabilities(Expert expert, Policy? prior, SplittableRandom random);
}
