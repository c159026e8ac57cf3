using Rift.Mdp;

namespace Rift.Learning;

/// <summary>How a round of RIFT gets from its policy to the next one: RQL(pi_k, D) of Algorithm 2, from a known phi or from episodes. A value that carries its own options.</summary>
public abstract record InnerSolve
{
    private protected InnerSolve()
    {
    }

    /// <summary>Whether a round begins where the last one ended, instead of at Q_R = 0. Not the policy: every round begins with the policy of the last.</summary>
    public bool WarmStart { get; init; }

    /// <summary>What becomes of the value behind a stop. Default: it stays (truncation). In the KL form no value is positive, so that with termination an e-stop can be a relief.</summary>
    public StopTarget Target { get; init; }

    /// <summary>A round as a function from the policy and a stream; it keeps between rounds what the options say.</summary>
    internal abstract Func<Policy, SplittableRandom, TrainingRound> Begin(Training training);
}

/// <summary>The exact inner solve: phi and the dynamics are known. No episodes.</summary>
/// <remarks>
/// For a supervisor with a reaction delay phi is <see cref="Supervisor.SeenUnder"/> for the policy of the round. Otherwise, with truncation, K rounds at the KL weight omega are one round at omega / K (fact F9), and Algorithm 2 is that
/// and no more. A warm start changes the work and not the result.
/// </remarks>
public sealed record ExactSolve : InnerSolve
{
    internal override Func<Policy, SplittableRandom, TrainingRound> Begin(Training training)
    {
        double[] start = [];
        MarkovDecisionProcess mdp = training.World.Mdp;
        return (policy, _) =>
        {
            StateActionTable phi = training.Supervisor.SeenUnder(mdp, policy);
            SoftSolution solution = Target == StopTarget.Truncation
                ? training.Solve(mdp, policy, phi, start)
                : training.Solve(Termination.Of(mdp, phi), Termination.Extended(policy), Termination.Extended(phi, 0), start);
            if (WarmStart) start = solution.Values.ToArray();
            return new TrainingRound { Policy = training.OfWorld(solution.Policy) };
        };
    }
}

/// <summary>The offline inner solve: episodes of the policy, and the exact solution of the process that their counts describe, with Q_R = 0 where nothing was seen (certainty equivalence).</summary>
/// <remarks>Slow to learn of rare bad actions: what was never tried keeps the best value there is, 0.</remarks>
/// <param name="Episodes">Number of episodes in each round, at least 0.</param>
public sealed record CertaintyEquivalence(int Episodes) : InnerSolve
{
    /// <summary>Number of episodes in each round.</summary>
    public int Episodes { get; } = Episodes >= 0 ? Episodes : throw new ArgumentOutOfRangeException(nameof(Episodes), Episodes, "expected at least 0");

    /// <summary>Whether the episodes of earlier rounds stay in the data. Default: yes.</summary>
    public bool KeepAllData { get; init; } = true;

    internal override Func<Policy, SplittableRandom, TrainingRound> Begin(Training training)
    {
        EpisodeData data = new(training.World);
        double[] start = [];
        return (policy, random) =>
        {
            if (!KeepAllData) data = new EpisodeData(training.World);
            IReadOnlyList<Episode> episodes = training.World.Collect(policy, training.Rules, Episodes, random, training.Execution);
            MarkovDecisionProcess seen = data.Add(episodes).CertaintyEquivalent(Target);
            SoftSolution solution = training.Solve(seen, Termination.Extended(policy), -seen.Reward, start);
            if (WarmStart) start = solution.Values.ToArray();
            return new TrainingRound
            {
                Policy = training.OfWorld(solution.Policy),
                Episodes = Episodes,
                Steps = episodes.Sum(episode => (long)episode.Summary.Steps),
                StoppedEpisodes = episodes.Count(episode => episode.Summary.Stops > 0),
                Coverage = data.Coverage,
            };
        };
    }
}

/// <summary>The online inner solve: residual soft Q-learning from each transition, in the KL form, acting by the policy as it is learned.</summary>
/// <remarks>
/// Q_R(s,a) moves by N(s,a)^-<see cref="StepExponent"/> times (-stop + gamma V_R(s') - Q_R(s,a)), with V_R(s) = omega log sum_a pi_k(a|s) exp(Q_R(s,a)/omega), and the behaviour is pi_k exp(Q_R/omega) at every step. Counts N begin
/// anew in each round. States that are only reached behind a stop are never acted in and keep V_R = 0, so truncation and termination differ little here.
/// One thread, for each step needs the last.
/// </remarks>
/// <param name="Episodes">Number of episodes in each round, at least 0.</param>
public sealed record ResidualSoftQLearning(int Episodes) : InnerSolve
{
    /// <summary>Number of episodes in each round.</summary>
    public int Episodes { get; } = Episodes >= 0 ? Episodes : throw new ArgumentOutOfRangeException(nameof(Episodes), Episodes, "expected at least 0");

    /// <summary>The exponent of the step size, above 1/2 and at most 1 so that steps are square-summable but not summable. Default: 0.7.</summary>
    public double StepExponent { get; init => field = value is > 0.5 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(StepExponent), value, "expected a number above 0.5 and at most 1"); } = 0.7;

    internal override Func<Policy, SplittableRandom, TrainingRound> Begin(Training training)
    {
        SoftQTable? last = null;
        return (policy, random) =>
        {
            EpisodePlayer player = training.World.Player(policy, training.Rules);
            Policy anchor = training.KlWeight == 0 ? Policy.Uniform(training.World.Mdp.Kernel) : policy;
            SoftQTable table = new(anchor, training.KlWeight, training.World.Mdp.Discount, StepExponent, Target, WarmStart ? last : null);
            Learner learner = new(table);
            long seed = Simulator.Seed(random);
            long steps = 0;
            int stopped = 0;
            for (int episode = 0; episode < Episodes; episode++)
            {
                training.Execution.Cancellation.ThrowIfCancellationRequested();
                EpisodeSummary played = player.Play(ref learner, SplittableRandom.Stream(seed, episode));
                steps += played.Steps;
                if (played.Stops > 0) stopped++;
                training.Execution.Progress?.Report(new SolveProgress(episode + 1, double.NaN, 0));
            }

            last = table;
            return new TrainingRound { Policy = table.Policy, Episodes = Episodes, Steps = steps, StoppedEpisodes = stopped };
        };
    }

    private readonly struct Learner(SoftQTable table) : IActor
    {
        public int Act(int state, SplittableRandom random) => table.Act(state, random);

        public void Observe(in Transition transition) => table.Observe(transition);
    }
}
