using Rift.Mdp;

namespace Rift.Learning;

/// <summary>When an episode is cut off, and who watches it.</summary>
public sealed record EpisodeRules
{
    /// <summary>The most steps, at least 1; the largest number for none.</summary>
    public int MostSteps { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(MostSteps), value, "expected at least 1"); } = int.MaxValue;

    /// <summary>The probability from 0 to 1 that an episode goes on after a step that does not end it. At the discount gamma, expected sums along an episode are discounted sums.</summary>
    public double Survival { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Survival), value, "expected a number from 0 to 1"); } = 1;

    /// <summary>Who presses the emergency stop; null for nobody.</summary>
    public Supervisor? Supervisor { get; init; }

    /// <summary>What happens then.</summary>
    public StopResponse WhenStopped { get; init; }

    /// <summary>Who acts after a stop; needed where <see cref="WhenStopped"/> says that the expert does.</summary>
    public Policy? Expert { get; init; }

    /// <summary>The time limits of the exact evaluation.</summary>
    /// <param name="limit">A fixed horizon of H steps, or survival with probability 1 - 1/H.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <exception cref="ArgumentException">The horizon is below 1, or the limit is not one of the two.</exception>
    public static EpisodeRules Of(TimeLimit limit, int horizon)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        return limit switch
        {
            TimeLimit.FixedHorizon => new EpisodeRules { MostSteps = horizon },
            TimeLimit.Geometric => new EpisodeRules { Survival = 1 - (1.0 / horizon) },
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit, "expected a known time limit"),
        };
    }

    /// <summary>Episodes without end but for the world's, which go on with probability gamma: a sum along them is a discounted sum of the process, without bias.</summary>
    /// <param name="mdp">The process.</param>
    public static EpisodeRules Discounted(MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        return new EpisodeRules { Survival = mdp.Discount };
    }
}
