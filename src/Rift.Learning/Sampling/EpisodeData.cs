using System.Runtime.InteropServices;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>What a learner keeps of episodes: how often each pair was visited and stopped, and where it led.</summary>
/// <remarks>
/// Counts alone, so the order of episodes does not matter. Steps of an expert who acts after a stop count like others, with residual reward 0, as the data of the expert do in RLIF (Luo et al. 2024): nobody stops an expert who
/// acts, so with false alarms phi is underestimated where only the expert goes.
/// </remarks>
public sealed class EpisodeData
{
    private readonly Simulator _world;
    private readonly int[] _visits, _stops;
    private readonly Dictionary<(int Pair, int Next, bool Stopped), int> _successors = [];

    /// <summary>No data of a process yet.</summary>
    /// <param name="world">The process: only its size, which actions are available and which states are ends are used.</param>
    public EpisodeData(Simulator world)
    {
        ArgumentNullException.ThrowIfNull(world);
        _world = world;
        _visits = new int[world.Mdp.States * world.Mdp.Actions];
        _stops = new int[_visits.Length];
    }

    /// <summary>Number of steps.</summary>
    public long Steps { get; private set; }

    /// <summary>Adds the steps of episodes.</summary>
    /// <param name="episodes">The episodes.</param>
    /// <returns>This, so that calls can follow one another.</returns>
    public EpisodeData Add(IEnumerable<Episode> episodes)
    {
        ArgumentNullException.ThrowIfNull(episodes);
        foreach (Episode episode in episodes)
        {
            foreach (Transition step in episode.Transitions)
            {
                int pair = (step.State * _world.Mdp.Actions) + step.Action;
                _visits[pair]++;
                if (step.Stopped) _stops[pair]++;
                CollectionsMarshal.GetValueRefOrAddDefault(_successors, (pair, step.Next, step.Stopped), out _)++;
                Steps++;
            }
        }

        return this;
    }

    /// <summary>N(s,a): how often the pair was visited.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public int Visits(int state, int action) => _visits[(state * _world.Mdp.Actions) + action];

    /// <summary>How often the emergency stop was pressed at the pair.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public int Stops(int state, int action) => _stops[(state * _world.Mdp.Actions) + action];

    /// <summary>The share of the available pairs, ends left out, that were visited at least once.</summary>
    public double Coverage
    {
        get
        {
            int pairs = 0, visited = 0;
            for (int i = 0; i < _visits.Length; i++)
            {
                if (_world.IsTerminal(i / _world.Mdp.Actions) || !_world.Mdp.IsAvailable(i / _world.Mdp.Actions, i % _world.Mdp.Actions)) continue;
                pairs++;
                if (_visits[i] > 0) visited++;
            }

            return pairs == 0 ? 1 : (double)visited / pairs;
        }
    }

    /// <summary>The certainty-equivalent process: the dynamics and the residual reward -phi as they were seen, and Q_R = 0 where nothing was.</summary>
    /// <remarks>A pair that was never visited leads to one added state, an end that is numbered last: neither stopped nor followed by anything, it keeps Q_R = 0, and with the KL weight to a prior its actions stay as likely as they were.</remarks>
    /// <param name="target">With termination a stopped step leads to the added end, with truncation where it went.</param>
    /// <returns>A process of S + 1 states without a description.</returns>
    public MarkovDecisionProcess CertaintyEquivalent(StopTarget target)
    {
        MarkovDecisionProcess mdp = _world.Mdp;
        int end = mdp.States;
        TransitionKernelBuilder kernel = new(end + 1, mdp.Actions);
        foreach (((int pair, int next, bool stopped), int count) in _successors)
            kernel.Add(pair / mdp.Actions, pair % mdp.Actions, stopped && target == StopTarget.Termination ? end : next, (double)count / _visits[pair]);
        for (int i = 0; i < _visits.Length; i++)
            if (_visits[i] == 0 && mdp.IsAvailable(i / mdp.Actions, i % mdp.Actions)) kernel.Add(i / mdp.Actions, i % mdp.Actions, end, 1);
        kernel.Add(end, 0, end, 1);
        StateActionTable reward = StateActionTable.Create(end + 1, mdp.Actions, (s, a) => s < end && Visits(s, a) is > 0 and int visits ? -(double)Stops(s, a) / visits : 0);
        return new MarkovDecisionProcess(kernel.Build(), reward, [.. mdp.Initial, 0], mdp.Discount);
    }
}
