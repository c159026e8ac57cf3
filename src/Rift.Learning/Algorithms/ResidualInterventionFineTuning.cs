using Rift.Mdp;

namespace Rift.Learning;

/// <summary>RIFT (Algorithm 2): rounds of collecting episodes with e-stops, fitting the residual, and taking the tuned policy as the next prior.</summary>
/// <remarks>
/// <para>pi_(k+1) = RQL(pi_k, -phi) at the KL weight omega. With exact inner solves K rounds are one at omega / K (fact F9): the number of rounds and the KL weight are one choice, not two. As K grows the policy tends to the
/// lexicographic limit (F7), not to the expert; with false alarms it over-trains (F6), which <see cref="MatchingRates"/> prevents.</para>
/// <para>At KL weight 0 this is RLIF with uniform ties, also between rounds: the prior only says who collects the first episodes. For the limit of RIFT itself see <see cref="TieRule.Lexicographic"/>.</para>
/// </remarks>
public sealed record ResidualInterventionFineTuning
{
    /// <summary>omega of (6), in interventions per nat, at least 0; 0 is RLIF.</summary>
    public required double KlWeight { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(KlWeight), value, "expected a finite number, 0 or more"); }

    /// <summary>The most rounds K, at least 0. Default: 1.</summary>
    public int Rounds { get; init => field = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(Rounds), value, "expected at least 0"); } = 1;

    /// <summary>How a round is solved. Default: exactly.</summary>
    public InnerSolve Inner { get; init; } = new ExactSolve();

    /// <summary>When rounds end early; asked before each round. Default: never.</summary>
    public StoppingRule Stopping { get; init; } = new FixedRounds();

    /// <summary>What happens at a stop while episodes are collected: they end, or the expert goes on and his steps are data too. Default: they end (Algorithm 1).</summary>
    public StopResponse WhenStopped { get; init => field = value is StopResponse.EndsEpisode or StopResponse.ExpertActs ? value : throw new ArgumentOutOfRangeException(nameof(WhenStopped), value, "expected that the episode ends or the expert acts"); }

    /// <summary>Tunes a prior.</summary>
    /// <param name="expert">The expert; asked by stopping rules, and to act where <see cref="WhenStopped"/> says so.</param>
    /// <param name="world">The expert's process.</param>
    /// <param name="prior">pi0.</param>
    /// <param name="supervisor">Who presses the emergency stop.</param>
    /// <param name="horizon">The most steps of a collected episode, at least 1.</param>
    /// <param name="random">The stream of the rounds.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>The last policy and what each round did.</returns>
    /// <exception cref="ArgumentException">The parts do not fit one another.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public TrainingRun Run(Expert expert, Simulator world, Policy prior, Supervisor supervisor, int horizon, SplittableRandom random, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(supervisor);
        ArgumentNullException.ThrowIfNull(random);
        EpisodeRules rules = new() { MostSteps = horizon, Supervisor = supervisor, WhenStopped = WhenStopped, Expert = expert.Policy };
        world.Player(prior, rules); // the parts fit
        Training training = new(expert, world, supervisor, rules, KlWeight, execution ?? Execution.Default);
        Func<Policy, SplittableRandom, TrainingRound> next = Inner.Begin(training);
        Func<Policy, SplittableRandom, bool> isDone = Stopping.Begin(training);
        List<TrainingRound> rounds = [];
        Policy policy = prior;
        while (true)
        {
            bool done = isDone(policy, random.Split());
            if (done || rounds.Count == Rounds) return new TrainingRun(policy, rounds, done);
            rounds.Add(next(policy, random.Split()));
            policy = rounds[^1].Policy;
        }
    }
}

/// <summary>What the parts of a training share.</summary>
internal sealed record Training(Expert Expert, Simulator World, Supervisor Supervisor, EpisodeRules Rules, double KlWeight, Execution Execution)
{
    /// <summary>RQL(prior, -phi), or RLIF with uniform ties where the KL weight is 0.</summary>
    internal SoftSolution Solve(MarkovDecisionProcess mdp, Policy prior, StateActionTable intervention, double[] start)
    {
        SoftProblem problem = KlWeight == 0 ? new SoftProblem(mdp.WithReward(-intervention), 0) : SoftProblem.FineTuning(mdp, prior, -intervention, KlWeight);
        SoftSolution solution = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(problem, Execution, start);
        Execution.Cancellation.ThrowIfCancellationRequested();
        return solution;
    }

    /// <summary>The policy on the states of the world, without an end that was added behind them.</summary>
    internal Policy OfWorld(Policy policy) => policy.States == World.Mdp.States
        ? policy
        : Policy.FromLogProbabilities(StateActionTable.Create(World.Mdp.States, World.Mdp.Actions, policy.LogProbability));
}
