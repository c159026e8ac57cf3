using System.Globalization;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A supervisor as a rollout meets it: what offends, and how many steps later the emergency stop is pressed.</summary>
/// <remarks>Immutable; safe to share.</remarks>
public sealed class Supervisor
{
    /// <summary>The longest reaction delay: 63 steps.</summary>
    public const int LongestDelay = 63;

    /// <summary>A supervisor.</summary>
    /// <param name="offences">phi(s,a) from 0 to 1, S x A: the probability that the supervisor takes offence at a pair.</param>
    /// <param name="reactionDelay">d, from 0 to <see cref="LongestDelay"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is out of range.</exception>
    /// <exception cref="InvalidModelException">An entry of phi is not a number from 0 to 1.</exception>
    public Supervisor(StateActionTable offences, int reactionDelay = 0)
    {
        ArgumentNullException.ThrowIfNull(offences);
        if (reactionDelay is < 0 or > LongestDelay) throw new ArgumentOutOfRangeException(nameof(reactionDelay), reactionDelay, string.Create(CultureInfo.InvariantCulture, $"expected 0 to {LongestDelay} steps"));
        for (int i = 0; i < offences.Entries.Length; i++)
            if (!(offences[i] is >= 0 and <= 1))
                throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the intervention probability {offences[i]:R}"), "a number from 0 to 1", i / offences.Actions, i % offences.Actions);
        Offences = offences;
        ReactionDelay = reactionDelay;
    }

    /// <summary>phi, S x A.</summary>
    public StateActionTable Offences { get; }

    /// <summary>d: the stop comes so many steps after the offence.</summary>
    public int ReactionDelay { get; }

    /// <summary>The stops as a table, for a policy: the share of the visits to each pair that are stopped, in episodes that the first stop ends, with visits discounted.</summary>
    /// <remarks>Without a delay it is phi. With one it is Pr(the first offence was d steps ago | s) and depends on the policy, not on the action; 0 where the policy never goes. One transposed solve of (d + 1) S states.</remarks>
    /// <param name="mdp">The process.</param>
    /// <param name="policy">The policy under supervision.</param>
    public StateActionTable SeenUnder(MarkovDecisionProcess mdp, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(policy);
        if (ReactionDelay == 0) return Offences;
        (MarkovDecisionProcess remembering, StateActionTable stops) = Remembered(mdp);
        double[] visits = Visitation.Of(Termination.Of(remembering, stops), Termination.Extended(Remembered(policy))).States.Values;
        double[] seen = new double[mdp.States];
        for (int s = 0; s < seen.Length; s++)
        {
            double all = 0;
            for (int since = 0; since <= ReactionDelay; since++) all += visits[(since * mdp.States) + s];
            if (all > 0 && !mdp.IsTerminal(s)) seen[s] = Math.Clamp(visits[(ReactionDelay * mdp.States) + s] / all, 0, 1);
        }

        return StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsAvailable(s, a) ? seen[s] : 0);
    }

    /// <summary>The process that remembers how long ago the first offence was, and its stops: in it the delay is an ordinary phi, so every exact evaluation applies.</summary>
    /// <remarks>State k S + s is state s, k steps after the first offence, and k = 0 before it. A pair is stopped, always, at k = d. An offence is taken where k = 0; the reward and what is an end are those of the process.</remarks>
    /// <param name="mdp">The process.</param>
    /// <returns>A process of (d + 1) S states without a description, and its phi.</returns>
    public (MarkovDecisionProcess Process, StateActionTable Stops) Remembered(MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        if (ReactionDelay == 0) return (mdp, Offences);
        int states = mdp.States, all = checked((ReactionDelay + 1) * states);
        bool[] terminal = [.. Enumerable.Range(0, states).Select(mdp.IsTerminal)];
        TransitionKernelBuilder kernel = new(all, mdp.Actions);
        for (int since = 0; since <= ReactionDelay; since++)
        {
            for (int s = 0; s < states; s++)
            {
                for (int a = 0; a < mdp.Actions; a++)
                {
                    double offence = since == 0 && !terminal[s] ? Offences[s, a] : 0;
                    int then = terminal[s] || since == 0 ? since : Math.Min(since + 1, ReactionDelay);
                    foreach (Successor next in mdp.Kernel.Successors(s, a))
                    {
                        kernel.Add((since * states) + s, a, (then * states) + next.State, (1 - offence) * next.Probability);
                        if (offence > 0) kernel.Add(s, a, states + next.State, offence * next.Probability);
                    }
                }
            }
        }

        double[] initial = new double[all];
        mdp.Initial.CopyTo(initial);
        MarkovDecisionProcess remembering = new(kernel.Build(), StateActionTable.Create(all, mdp.Actions, (s, a) => mdp.Reward[s % states, a]), initial, mdp.Discount);
        return (remembering, StateActionTable.Create(all, mdp.Actions, (s, a) => s >= ReactionDelay * states && !terminal[s % states] && mdp.IsAvailable(s % states, a) ? 1 : 0));
    }

    /// <summary>The policy on the process that remembers: it does not look at what is remembered.</summary>
    /// <param name="policy">A policy of the process itself.</param>
    public Policy Remembered(Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Policy.FromLogProbabilities(StateActionTable.Create(checked((ReactionDelay + 1) * policy.States), policy.Actions, (s, a) => policy.LogProbability(s % policy.States, a)));
    }
}
