using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A policy with all that is asked of it: what becomes of its episodes, what it earns, how far it is from the expert, how often it is stopped.</summary>
public sealed record EvaluatedPolicy
{
    /// <summary>The policy.</summary>
    public required Policy Policy { get; init; }

    /// <summary>|log pi| is within this of the exact policy that <see cref="Policy"/> stands for, in nats; 0 where the policy is given. All bounds but those of <see cref="Mode"/> account for it.</summary>
    public required double LogRadius { get; init; }

    /// <summary>Episodes of H steps.</summary>
    public required EpisodeEvaluation FixedHorizon { get; init; }

    /// <summary>Episodes that go on with probability 1 - 1/H after each step.</summary>
    public required EpisodeEvaluation Geometric { get; init; }

    /// <summary>Episodes of H steps under the most likely actions: uniform over ties within 1e-10 in the log-probability. The bounds are for this policy as computed, for a mode has no continuous dependence to carry an error through.</summary>
    public required EpisodeEvaluation Mode { get; init; }

    /// <summary>E sum_t gamma^t r(s_t, a_t) for the reward of the task, without entropy and without a factor 1 - gamma.</summary>
    public required CertifiedNumber DiscountedReturn { get; init; }

    /// <summary>Psi (9) against the expert's policy as computed, in nats; positive infinity where the policy never does what the expert may do.</summary>
    public required CertifiedNumber Psi { get; init; }

    /// <summary>The discounted intervention rate &lt;phi, mu&gt;, with mu normalised by 1 - gamma.</summary>
    public required CertifiedNumber InterventionRate { get; init; }

    /// <summary>Evaluates a policy.</summary>
    /// <param name="expert">The expert, and the process with the reward of the task.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="intervention">phi, S x A.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="logRadius">What |log pi| may be off by.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <returns>What the policy is worth by every measure, each number with its bound.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluatedPolicy Of(Expert expert, Policy policy, StateActionTable intervention, int horizon, double logRadius = 0, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(policy);
        execution ??= Execution.Default;
        MarkovDecisionProcess mdp = expert.Mdp;
        execution.Cancellation.ThrowIfCancellationRequested();
        (EpisodeEvaluation fixedHorizon, EpisodeEvaluation geometric, Visitation visitation) = EpisodeEvaluation.OfAll(mdp, policy, intervention, horizon, logRadius, execution.Threads);
        execution.Cancellation.ThrowIfCancellationRequested();
        // If each row of the policy moves by at most e^e - 1, the occupancy moves by at most that over 1 - gamma.
        double drift = (Math.Exp(logRadius) - 1) / (1 - mdp.Discount), steps = 1 / (1 - mdp.Discount);
        CertifiedNumber earned = Average(mdp.Reward);
        Policy mode = policy.Mode();
        return new EvaluatedPolicy
        {
            Policy = policy,
            LogRadius = logRadius,
            FixedHorizon = fixedHorizon,
            Geometric = geometric,
            Mode = logRadius == 0 && mode.LogProbabilities.Entries.SequenceEqual(policy.LogProbabilities.Entries)
                ? fixedHorizon
                : EpisodeEvaluation.Of(mdp, mode, intervention, TimeLimit.FixedHorizon, horizon, threads: execution.Threads),
            DiscountedReturn = new CertifiedNumber(earned.Value * steps, Rounding.SecondOrder * steps * (earned.ErrorBound + (3 * Rounding.Unit * Math.Abs(earned.Value)))),
            Psi = Objective.Imitation(expert.Visitation, expert.Policy, policy, logRadius),
            InterventionRate = Average(intervention),
        };

        CertifiedNumber Average(StateActionTable table)
        {
            CertifiedNumber average = visitation.Average(table);
            return drift == 0 || table.MaxAbs() == 0 ? average : average with { ErrorBound = average.ErrorBound + (Rounding.SecondOrder * table.MaxAbs() * drift) };
        }
    }
}
