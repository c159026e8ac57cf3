using System.Globalization;

namespace Rift.Mdp;

/// <summary>What becomes of the episodes of a policy: success, failure, return and length without a supervisor, and how many of them a supervisor would stop.</summary>
/// <remarks>
/// Exact expectations with bounds, no sampling. Success and failure need a model that says what success is: see <see cref="ModelDescription.Success"/>. What is neither was cut off by the time limit.
/// </remarks>
public sealed record EpisodeEvaluation
{
    /// <summary>How episodes that reach no end are cut off.</summary>
    public required TimeLimit Limit { get; init; }

    /// <summary>H, the steps of the time limit.</summary>
    public required int Horizon { get; init; }

    /// <summary>The probability that an episode ends in success before the time limit; null where the model does not say what success is.</summary>
    public required CertifiedNumber? Success { get; init; }

    /// <summary>The probability that an episode ends otherwise before the time limit; null where the model does not say what success is.</summary>
    public required CertifiedNumber? Failure { get; init; }

    /// <summary>The probability of at least one e-stop (section 6.1), where an episode runs until its end, the time limit or the first stop.</summary>
    public required CertifiedNumber Intervention { get; init; }

    /// <summary>The undiscounted sum of rewards of an episode, in expectation.</summary>
    public required CertifiedNumber Return { get; init; }

    /// <summary>The number of steps of an episode, in expectation.</summary>
    public required CertifiedNumber Length { get; init; }

    /// <summary>Evaluates a policy.</summary>
    /// <param name="mdp">The process with the reward of the task; its discount does not matter.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="intervention">phi(s,a) from 0 to 1, S x A.</param>
    /// <param name="limit">How episodes are cut off.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="logRadius">What |log pi| may be off by, in nats: the error is carried into the bounds.</param>
    /// <param name="threads">At most so many threads, where the kernel shares its work; the bits do not depend on it.</param>
    /// <returns>Success, failure, interventions, return and length, each with a bound of its error.</returns>
    /// <exception cref="ArgumentException">The policy or phi does not fit the process.</exception>
    public static EpisodeEvaluation Of(MarkovDecisionProcess mdp, Policy policy, StateActionTable intervention, TimeLimit limit, int horizon, double logRadius = 0, int threads = 1)
    {
        return Of(mdp, EpisodeVisits.Of(mdp, policy, limit, horizon, logRadius, threads), limit, horizon, StopProbability(mdp, policy, intervention, limit, horizon, logRadius, threads));
    }

    /// <summary>Evaluates a policy under both limits, and makes its visitation. Where the kernel computes its transitions, the chain of the policy is followed once for all three.</summary>
    /// <param name="mdp">The process with the reward of the task.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="intervention">phi(s,a) from 0 to 1, S x A.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="logRadius">What |log pi| may be off by, in nats: the error is carried into the bounds of the episodes.</param>
    /// <param name="threads">At most so many threads, where the kernel shares its work; the bits do not depend on it.</param>
    /// <returns>The episodes under both limits, and the visitation, whose bound is for the policy as given.</returns>
    /// <exception cref="ArgumentException">The policy or phi does not fit the process.</exception>
    public static (EpisodeEvaluation FixedHorizon, EpisodeEvaluation Geometric, Visitation Visitation) OfAll(MarkovDecisionProcess mdp, Policy policy, StateActionTable intervention, int horizon, double logRadius = 0, int threads = 1)
    {
        if (Require.NotNull(mdp).Kernel.Rows is not null)
            return (At(TimeLimit.FixedHorizon), At(TimeLimit.Geometric), Visitation.Of(mdp, policy, threads: threads));
        (CertifiedNumber fixedStops, CertifiedNumber geometricStops) = Stops();
        (Func<EpisodeVisits> fixedHorizon, Func<EpisodeVisits> geometric, Func<Visitation> discounted) = EpisodeVisits.OfAll(mdp, policy, null, horizon, logRadius, threads);
        return (
            Of(mdp, fixedHorizon(), TimeLimit.FixedHorizon, horizon, fixedStops),
            Of(mdp, geometric(), TimeLimit.Geometric, horizon, geometricStops),
            discounted());

        EpisodeEvaluation At(TimeLimit limit) => Of(mdp, policy, intervention, limit, horizon, logRadius, threads);

        (CertifiedNumber, CertifiedNumber) Stops()
        {
            if (!MayBeStopped(mdp, policy, intervention, logRadius)) return default;
            (Func<EpisodeVisits> untilTheHorizon, Func<EpisodeVisits> untilItFails, _) = EpisodeVisits.OfAll(mdp, policy, intervention, horizon, logRadius, threads);
            return (untilTheHorizon().Total(intervention), untilItFails().Total(intervention));
        }
    }

    private static EpisodeEvaluation Of(MarkovDecisionProcess mdp, EpisodeVisits visits, TimeLimit limit, int horizon, CertifiedNumber stops)
    {
        StateActionTable? success = mdp.Description.Success;
        return new EpisodeEvaluation
        {
            Limit = limit,
            Horizon = horizon,
            Success = success is null ? null : visits.Total(success),
            Failure = success is null ? null : visits.Total(Failing(mdp, success)),
            Intervention = stops,
            Return = visits.Total(mdp.Reward),
            Length = visits.Length,
        };
    }

    /// <summary>The probability of at least one e-stop in an episode: the expected number of stops where the first ends it.</summary>
    /// <param name="mdp">The process; neither its discount nor its reward matters.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="intervention">phi(s,a) from 0 to 1, S x A. Where it is positive in a terminal state, that state is no end here: whoever may be stopped is not done.</param>
    /// <param name="limit">How episodes are cut off.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="logRadius">What |log pi| may be off by, in nats: the error is carried into the bound.</param>
    /// <param name="threads">At most so many threads, where the kernel shares its work; the bits do not depend on it.</param>
    /// <remarks>The chain of the policy loses what is stopped, so an episode visits until its first stop: no process is made anew. A policy that never does what may be stopped is never stopped, without an error.</remarks>
    /// <exception cref="ArgumentException">The policy or phi does not fit the process.</exception>
    /// <exception cref="InvalidModelException">An entry of phi is not a number from 0 to 1.</exception>
    public static CertifiedNumber StopProbability(MarkovDecisionProcess mdp, Policy policy, StateActionTable intervention, TimeLimit limit, int horizon, double logRadius = 0, int threads = 1)
    {
        return MayBeStopped(mdp, policy, intervention, logRadius)
            ? EpisodeVisits.Of(mdp, policy, intervention, limit, horizon, logRadius, threads).Total(intervention)
            : new CertifiedNumber(0, 0);
    }

    private static bool MayBeStopped(MarkovDecisionProcess mdp, Policy policy, StateActionTable intervention, double logRadius)
    {
        Require.NotNull(policy).RequireFits(Require.NotNull(mdp).Kernel);
        Require.Shape(Require.NotNull(intervention), mdp.States, mdp.Actions, nameof(intervention));
        bool mayBeStopped = !double.IsFinite(logRadius);
        for (int i = 0; i < intervention.Entries.Length; i++)
        {
            if (policy.LogProbabilities[i] == double.NegativeInfinity) continue;
            if (!(intervention[i] is >= 0 and <= 1))
                throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the intervention probability {intervention[i]:R}"), "a number from 0 to 1", i / mdp.Actions, i % mdp.Actions);
            mayBeStopped |= intervention[i] > 0;
        }

        return mayBeStopped;
    }

    /// <summary>The probability that the action leads to an end and not to success, S x A.</summary>
    private static StateActionTable Failing(MarkovDecisionProcess mdp, StateActionTable success)
    {
        double[] ends = new double[mdp.States], failing = new double[mdp.States * mdp.Actions];
        for (int s = 0; s < ends.Length; s++) ends[s] = mdp.IsTerminal(s) ? 1 : 0;
        mdp.Kernel.Expect(0, ends, failing);
        for (int i = 0; i < failing.Length; i++) failing[i] = Math.Max(0, failing[i] - success[i]);
        return StateActionTable.Own(mdp.States, mdp.Actions, failing);
    }
}
