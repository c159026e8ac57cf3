using System.Globalization;
using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A process that can only be tried: episodes with e-stops, drawn from it in bulk (Algorithm 1).</summary>
/// <remarks>
/// <para>Each episode has a random stream of its own, so what is drawn depends on the seed alone, not on the number of threads or on how episodes are shared among them.</para>
/// <para>Successors are drawn from tables that are made when a pair is first met: memory grows with what is visited, also for a kernel that stores nothing. Safe to share between threads.</para>
/// </remarks>
public sealed class Simulator
{
    private readonly AliasTable _start;
    private readonly Row?[] _rows;
    private readonly bool[] _terminal;

    /// <summary>A simulator of a process. Time O(S A), and as much memory.</summary>
    /// <param name="mdp">The process.</param>
    public Simulator(MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        Mdp = mdp;
        _start = new AliasTable([.. Enumerable.Range(0, mdp.States)], mdp.Initial);
        _rows = new Row?[mdp.States * mdp.Actions];
        _terminal = new bool[mdp.States];
        for (int s = 0; s < _terminal.Length; s++) _terminal[s] = mdp.IsTerminal(s);
    }

    /// <summary>The process, with the reward of the task.</summary>
    public MarkovDecisionProcess Mdp { get; }

    /// <summary>Episodes with all their steps: what a learner is given.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="rules">When an episode is cut off, and who watches.</param>
    /// <param name="episodes">How many, at least 0.</param>
    /// <param name="random">One number is taken from it, as the seed of the episodes.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <exception cref="ArgumentException">The policy or the rules do not fit the process.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<Episode> Collect(Policy policy, EpisodeRules rules, int episodes, SplittableRandom random, Execution? execution = null)
    {
        EpisodePlayer player = Player(policy, rules);
        Episode[] collected = new Episode[Checked(episodes)];
        PolicySampler actions = new(policy);
        Share(episodes, Seed(random), execution, (episode, stream) =>
        {
            Recorder recorder = new(actions);
            EpisodeSummary summary = player.Play(ref recorder, stream);
            collected[episode] = new Episode(summary, recorder.Taken);
        });
        return collected;
    }

    /// <summary>What became of episodes, without their steps.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="rules">When an episode is cut off, and who watches.</param>
    /// <param name="episodes">How many, at least 0.</param>
    /// <param name="random">One number is taken from it, as the seed of the episodes.</param>
    /// <param name="execution">Threads and cancellation; null for one thread.</param>
    /// <returns>The summaries of the episodes that <see cref="Collect"/> would return.</returns>
    /// <exception cref="ArgumentException">The policy or the rules do not fit the process.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public EpisodeSummary[] Summarise(Policy policy, EpisodeRules rules, int episodes, SplittableRandom random, Execution? execution = null)
    {
        EpisodePlayer player = Player(policy, rules);
        EpisodeSummary[] summaries = new EpisodeSummary[Checked(episodes)];
        PolicySampler actions = new(policy);
        Share(episodes, Seed(random), execution, (episode, stream) =>
        {
            Passenger passenger = new(actions);
            summaries[episode] = player.Play(ref passenger, stream);
        });
        return summaries;
    }

    internal EpisodePlayer Player(Policy policy, EpisodeRules rules)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(rules);
        policy.RequireFits(Mdp.Kernel);
        if (rules.Supervisor is { Offences: { } phi } && (phi.States != Mdp.States || phi.Actions != Mdp.Actions))
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found a supervisor for {phi.States} states and {phi.Actions} actions, expected {Mdp.States} and {Mdp.Actions}"), nameof(rules));
        if (rules.WhenStopped == StopResponse.ExpertActs && rules.Expert is null) throw new ArgumentException("found no expert, expected one, for the expert is to act after a stop", nameof(rules));
        if (rules is { Survival: 1, MostSteps: int.MaxValue }) throw new ArgumentException("found episodes without a limit, expected a largest number of steps or a survival below 1", nameof(rules));
        rules.Expert?.RequireFits(Mdp.Kernel);
        return new EpisodePlayer(this, rules);
    }

    internal static long Seed(SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return (long)random.NextBits();
    }

    internal int Start(SplittableRandom random) => _start.Draw(random);

    internal bool IsTerminal(int state) => _terminal[state];

    internal int Next(int pair, SplittableRandom random) => (_rows[pair] ?? Make(pair)).Successors.Draw(random);

    /// <summary>Whether an episode that ended with this pair succeeded: of the ways from it to an end, the share that is success.</summary>
    internal bool Succeeded(int pair, SplittableRandom random)
    {
        if (Mdp.Description.Success is not { } success || success[pair] == 0) return false;
        double ends = _rows[pair]!.Ends;
        return success[pair] >= ends || random.NextDouble() * ends < success[pair];
    }

    private Row Make(int pair)
    {
        Successor[] next = [.. Mdp.Kernel.Successors(pair / Mdp.Actions, pair % Mdp.Actions)];
        double ends = 0;
        foreach (Successor successor in next)
            if (_terminal[successor.State]) ends += successor.Probability;
        return _rows[pair] = new Row(new AliasTable(Array.ConvertAll(next, successor => successor.State), Array.ConvertAll(next, successor => successor.Probability)), ends);
    }

    private static void Share(int episodes, long seed, Execution? execution, Action<int, SplittableRandom> play)
    {
        execution ??= Execution.Default;
        Parallel.For(
            0,
            episodes,
            new ParallelOptions { MaxDegreeOfParallelism = execution.Threads, CancellationToken = execution.Cancellation },
            episode => play(episode, SplittableRandom.Stream(seed, episode)));
    }

    private static int Checked(int episodes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(episodes);
        return episodes;
    }

    private sealed record Row(AliasTable Successors, double Ends);

    /// <summary>Acts and remembers nothing.</summary>
    private readonly struct Passenger(PolicySampler actions) : IActor
    {
        public int Act(int state, SplittableRandom random) => actions.Draw(state, random);

        public void Observe(in Transition transition)
        {
        }
    }

    /// <summary>Acts and remembers everything.</summary>
    private readonly struct Recorder(PolicySampler actions) : IActor
    {
        private readonly List<Transition> _taken = [];

        internal Transition[] Taken => [.. _taken];

        public int Act(int state, SplittableRandom random) => actions.Draw(state, random);

        public void Observe(in Transition transition) => _taken.Add(transition);
    }
}
