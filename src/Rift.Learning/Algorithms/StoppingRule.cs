using Rift.Mdp;

namespace Rift.Learning;

/// <summary>When the rounds of RIFT end before their number is reached. A value that carries its own options.</summary>
public abstract record StoppingRule
{
    private protected StoppingRule()
    {
    }

    /// <summary>The rule as a function of the policy at hand and a stream.</summary>
    internal abstract Func<Policy, SplittableRandom, bool> Begin(Training training);
}

/// <summary>All rounds are done.</summary>
public sealed record FixedRounds : StoppingRule
{
    internal override Func<Policy, SplittableRandom, bool> Begin(Training training) => (_, _) => false;
}

/// <summary>Algorithm 2 as it is printed: until the policy is close to the expert, in Psi (9).</summary>
/// <remarks>
/// It looks at the expert's own policy, which a supervisor need not be able to give. With a supervisor who stays the same the rounds do not converge to the expert: K rounds are one at the KL weight over K
/// (fact F9), so they anneal towards the lexicographic limit (F7), and whether that comes close to the expert is up to the prior.
/// </remarks>
/// <param name="Psi">Rounds end where Psi is at most this, in nats; at least 0.</param>
public sealed record CloseToExpert(double Psi) : StoppingRule
{
    /// <summary>The largest Psi that is close.</summary>
    public double Psi { get; } = Psi >= 0 ? Psi : throw new ArgumentOutOfRangeException(nameof(Psi), Psi, "expected a number, 0 or more");

    internal override Func<Policy, SplittableRandom, bool> Begin(Training training) => (policy, _) => Objective.Imitation(training.Expert.Visitation, training.Expert.Policy, policy).Value <= Psi;
}

/// <summary>The matching rule: until the policy is stopped no more often than the expert, in the discounted intervention rate &lt;phi, mu&gt;.</summary>
/// <remarks>
/// <para>With false alarms Psi is least at the KL weight where the two rates are equal (fact F6), and by F9 rounds move along the KL weight: the first round after which the rate is not above the expert's is within one round of
/// the least Psi of the path, and further rounds over-train. A supervisor who never stops the expert is matched only by a policy that is never stopped: then rounds never do harm to Psi (F5), and in effect all are done.</para>
/// <para>This rate, and not the share of episodes with a stop (CE4). F6 is about exact rounds; sampled ones follow it up to the error of their policies.</para>
/// </remarks>
public sealed record MatchingRates : StoppingRule
{
    /// <summary>Episodes from which each of the two rates is estimated, the supervisor noting stops without pressing; 0 to compute them from phi and the dynamics. Compared are the estimates, whatever their error.</summary>
    public int Episodes { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Episodes), value, "expected at least 0"); }

    internal override Func<Policy, SplittableRandom, bool> Begin(Training training)
    {
        double? expert = null;
        return (policy, random) =>
        {
            expert ??= Rate(training.Expert.Policy, random);
            return Rate(policy, random) <= expert;
        };

        double Rate(Policy policy, SplittableRandom random)
        {
            if (Episodes > 0) return SampledEvaluation.InterventionRate(training.World, policy, training.Supervisor, Episodes, random, execution: training.Execution).Estimate;
            MarkovDecisionProcess mdp = training.World.Mdp;
            return Visitation.Of(mdp, policy).Average(training.Supervisor.SeenUnder(mdp, policy)).Value;
        }
    }
}
