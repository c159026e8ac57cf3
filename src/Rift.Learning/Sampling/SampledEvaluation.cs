using Rift.Mdp;

namespace Rift.Learning;

/// <summary>What becomes of the episodes of a policy, from episodes that are played: the estimates of <see cref="EpisodeEvaluation"/>, each with a confidence interval.</summary>
/// <remarks>
/// The supervisor notes stops and changes nothing, so all numbers come from the same episodes: success, failure, return and length without the supervisor, and the share of episodes with at least one stop. Probabilities have
/// intervals by Clopper and Pearson, which never cover less than they say; return and length by Student's t, which do so in the limit of many episodes.
/// </remarks>
public sealed record SampledEvaluation
{
    /// <summary>How episodes that reach no end are cut off.</summary>
    public required TimeLimit Limit { get; init; }

    /// <summary>H, the steps of the time limit.</summary>
    public required int Horizon { get; init; }

    /// <summary>Number of episodes.</summary>
    public required int Episodes { get; init; }

    /// <summary>The probability that an episode ends in success before the time limit; null where the model does not say what success is.</summary>
    public required ConfidenceInterval? Success { get; init; }

    /// <summary>The probability that an episode ends otherwise before the time limit; null where the model does not say what success is.</summary>
    public required ConfidenceInterval? Failure { get; init; }

    /// <summary>The probability of at least one e-stop.</summary>
    public required ConfidenceInterval Intervention { get; init; }

    /// <summary>The undiscounted sum of rewards of an episode, in expectation.</summary>
    public required ConfidenceInterval Return { get; init; }

    /// <summary>The number of steps of an episode, in expectation.</summary>
    public required ConfidenceInterval Length { get; init; }

    /// <summary>Evaluates a policy.</summary>
    /// <param name="world">The process with the reward of the task.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="supervisor">Who notes stops.</param>
    /// <param name="limit">How episodes are cut off.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="episodes">Number of episodes, at least 0.</param>
    /// <param name="random">One number is taken from it, as the seed of the episodes.</param>
    /// <param name="level">The level of each interval; they do not hold together at this level.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <returns>Estimates with confidence intervals.</returns>
    public static SampledEvaluation Of(
        Simulator world, Policy policy, Supervisor supervisor, TimeLimit limit, int horizon, int episodes, SplittableRandom random, double level = ConfidenceInterval.DefaultLevel, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        EpisodeRules rules = EpisodeRules.Of(limit, horizon) with { Supervisor = supervisor, WhenStopped = StopResponse.IsNoted };
        EpisodeSummary[] played = world.Summarise(policy, rules, episodes, random, execution);
        bool saysSuccess = world.Mdp.Description.Success is not null;
        return new SampledEvaluation
        {
            Limit = limit,
            Horizon = horizon,
            Episodes = episodes,
            Success = saysSuccess ? Share(episode => episode.Succeeded) : null,
            Failure = saysSuccess ? Share(episode => episode is { Ending: Ending.Terminal, Succeeded: false, Steps: > 0 }) : null,
            Intervention = Share(episode => episode.Stops > 0),
            Return = ConfidenceInterval.OfMean(played.Select(episode => episode.Return), level),
            Length = ConfidenceInterval.OfMean(played.Select(episode => (double)episode.Steps), level),
        };

        ConfidenceInterval Share(Func<EpisodeSummary, bool> isCounted) => ConfidenceInterval.OfProportion(played.Count(isCounted), episodes, level);
    }

    /// <summary>The discounted intervention rate &lt;phi, mu&gt;, without bias: (1 - gamma) times the stops of episodes that go on with probability gamma.</summary>
    /// <remarks>The supervisor notes stops and changes nothing. Without a reaction delay this is the rate of which the theorems speak, with one the rate of the delayed stops. Interval by Student's t.</remarks>
    /// <param name="world">The process.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="supervisor">Who notes stops.</param>
    /// <param name="episodes">Number of episodes, at least 0.</param>
    /// <param name="random">One number is taken from it, as the seed of the episodes.</param>
    /// <param name="level">The level of the interval.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    public static ConfidenceInterval InterventionRate(
        Simulator world, Policy policy, Supervisor supervisor, int episodes, SplittableRandom random, double level = ConfidenceInterval.DefaultLevel, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        EpisodeRules rules = EpisodeRules.Discounted(world.Mdp) with { Supervisor = supervisor, WhenStopped = StopResponse.IsNoted };
        EpisodeSummary[] played = world.Summarise(policy, rules, episodes, random, execution);
        return ConfidenceInterval.OfMean(played.Select(episode => (double)episode.Stops), level).Scaled(1 - world.Mdp.Discount);
    }
}
