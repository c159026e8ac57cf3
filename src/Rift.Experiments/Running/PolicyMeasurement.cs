using Rift.Learning;
using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>A policy under a supervisor, and what can be measured of it; each is computed when it is first asked for.</summary>
internal sealed class PolicyMeasurement(WorldContext world, Policy? prior, StateActionTable intervention, Func<SplittableRandom> ties, Policy policy, double logRadius)
{
    internal EpisodeEvaluation Episodes => field ??= EpisodeEvaluation.Of(Mdp, policy, intervention, TimeLimit.FixedHorizon, world.Horizon, logRadius);

    internal EpisodeEvaluation Geometric => field ??= EpisodeEvaluation.Of(Mdp, policy, intervention, TimeLimit.Geometric, world.Horizon, logRadius);

    /// <summary>The most likely actions, ties drawn once for each state.</summary>
    internal EpisodeEvaluation Mode => field ??= EpisodeEvaluation.Of(Mdp, policy.Mode(ties()), intervention, TimeLimit.FixedHorizon, world.Horizon);

    internal CertifiedNumber Psi => Objective.Imitation(world.Expert.Visitation, world.Expert.Policy, policy, logRadius);

    /// <remarks>If each row of the policy moves by at most e^e - 1, the occupancy moves by at most that over 1 - gamma.</remarks>
    internal CertifiedNumber Rate
    {
        get
        {
            CertifiedNumber average = Visitation.Of(Mdp, policy).Average(intervention);
            return average with { ErrorBound = average.ErrorBound + (Rounding.SecondOrder * intervention.MaxAbs() * (Math.Exp(logRadius) - 1) / (1 - Mdp.Discount)) };
        }
    }

    internal CertifiedNumber ExpertRate => world.Expert.Visitation.Average(intervention);

    /// <summary>The largest total variation from the prior over all states.</summary>
    internal CertifiedNumber? Distance => prior is null ? null : Furthest(policy, prior);

    /// <summary>The largest difference of a probability from those that a fact says the policy has; null where no fact says anything.</summary>
    internal CertifiedNumber? Identity => Expected is null ? null : Furthest(policy, Expected);

    /// <summary>What a fact says the policy is.</summary>
    internal Policy? Expected { get; init; }

    /// <summary>The round that learned the policy; null where none did.</summary>
    internal TrainingRound? Learned { get; init; }

    private MarkovDecisionProcess Mdp => world.Mdp;

    private CertifiedNumber Furthest(Policy one, Policy other)
    {
        double furthest = 0;
        for (int s = 0; s < one.States; s++)
        {
            double distance = 0;
            for (int a = 0; a < one.Actions; a++) distance += Math.Abs(one.Probability(s, a) - other.Probability(s, a));
            furthest = Math.Max(furthest, distance / 2);
        }

        return new CertifiedNumber(furthest, Rounding.SecondOrder * (((Math.Exp(logRadius) - 1) / 2) + (Rounding.Unit * 4 * one.Actions)));
    }
}
