namespace Rift.Laboratory;

/// <summary>Whose policy is looked at.</summary>
public enum Subject
{
    /// <summary>The soft optimum of the task at the temperature, with the prior at its scale: V = alpha log sum exp(Q/alpha + omega log pi0).</summary>
    Soft,

    /// <summary>The prior pi0.</summary>
    Prior,

    /// <summary>RIFT: the prior fine-tuned on the interventions at the KL weight.</summary>
    Rift,

    /// <summary>RLIF: interventions alone, ties uniform.</summary>
    Rlif,

    /// <summary>The expert.</summary>
    Expert,
}

/// <summary>What the colours of a picture tell.</summary>
public enum Aspect
{
    /// <summary>V of the soft optimum, or the discounted return of any other policy, from each state.</summary>
    Values,

    /// <summary>rho, the share of discounted time spent in each state, on a logarithmic scale.</summary>
    Visitation,

    /// <summary>The gradient of Psi with respect to the reward, (mu - mu*) / alpha, for each state and action.</summary>
    Gradient,

    /// <summary>phi, the probability of an emergency stop, for each state and action.</summary>
    Interventions,
}

/// <summary>How the page is arranged.</summary>
public enum Arrangement
{
    /// <summary>One policy, large.</summary>
    Alone,

    /// <summary>Prior, RIFT, RLIF and expert side by side on one scale.</summary>
    Together,

    /// <summary>The sweeps of a solver, one at a time, with their bracket.</summary>
    Sweeps,
}

/// <summary>Which solver's sweeps are shown.</summary>
public enum Sweeper
{
    /// <summary>Value iteration: one backup of all states a sweep.</summary>
    ValueIteration,

    /// <summary>Gauss-Seidel value iteration: one backup of each state a sweep, in place, from the ends on; where nothing ends it is value iteration.</summary>
    GaussSeidel,

    /// <summary>Soft policy iteration: one linear solve a sweep.</summary>
    PolicyIteration,
}
