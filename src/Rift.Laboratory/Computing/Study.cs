using Rift.Learning;
using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>What follows from a setting and some choices: the expert, the prior, the interventions, and every policy that is made of them.</summary>
/// <remarks>Each part is computed when it is asked for, from the last one of its kind, and kept in the recollection: moving one slider costs what depends on it.</remarks>
public sealed class Study
{
    // Up to so many states an elimination is faster than an iteration that has to be started.
    private const int DirectStates = 100;

    // In a draft log pi is off by at most about 2e-3 nats, which no picture shows.
    private const double DraftShare = 1e-3;

    private readonly Recollection _memory;

    /// <summary>A study.</summary>
    /// <param name="setting">What it is about.</param>
    /// <param name="state">What is chosen.</param>
    /// <param name="memory">What earlier studies have found.</param>
    /// <param name="isDraft">Whether it is for a picture that has to come soon: the soft optimum and RIFT are solved no further than one can see, and proved as far.</param>
    /// <exception cref="FormatException">Rewards are given for states that there are not.</exception>
    public Study(Setting setting, LaboratoryState state, Recollection memory, bool isDraft = false)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(memory);
        (Setting, State, _memory, IsDraft) = (setting, state, memory, isDraft);
        Mdp = memory.Of<MarkovDecisionProcess>("process", (setting, state.Discount, state.Rewards), _ =>
        {
            MarkovDecisionProcess mdp = setting.Mdp;
            if (state.Rewards.Length > 0) mdp = mdp.WithReward(StateRewards.Parse(state.Rewards).AddedTo(mdp, mdp.Reward));
            return state.Discount is double discount && discount != mdp.Discount ? mdp.WithDiscount(discount) : mdp;
        });
    }

    /// <summary>What the study is about.</summary>
    public Setting Setting { get; }

    /// <summary>What is chosen.</summary>
    public LaboratoryState State { get; }

    /// <summary>Whether what can wait for its last digits does.</summary>
    public bool IsDraft { get; }

    /// <summary>The process with the reward of the task, with the discount and the added rewards of the choices.</summary>
    public MarkovDecisionProcess Mdp { get; }

    /// <summary>H: the steps of an episode.</summary>
    public int Horizon => Mdp.Description.EvaluationHorizon ?? 100;

    /// <summary>The expert's problem, solved.</summary>
    public SoftSolution Expert => State.ExpertTemperature == 0 && Setting.ExpertReward is null
        ? Greedy.Solution
        : Solved("expert", (Mdp, State.ExpertTemperature), () => new SoftProblem(WithExpertReward, State.ExpertTemperature));

    /// <summary>rho* and mu*.</summary>
    public Visitation ExpertVisitation => this[Subject.Expert].Visitation;

    /// <summary>pi0: the setting's own, or the softened expert of the choices.</summary>
    public Policy Prior => Setting.Prior ?? _memory.Of<Policy>("prior", (Mdp, State.PriorTemperature, State.UniformShare), _ => Learning.Prior.Softened(Greedy, State.PriorTemperature, State.UniformShare));

    /// <summary>phi: the setting's own, or the rule (11) at the threshold of the choices.</summary>
    public StateActionTable Interventions => Setting.Interventions ?? _memory.Of<StateActionTable>("interventions", (Expert, State.Threshold), _ =>
        QGapRule.Interventions(QGapRule.Gap(Expert, ExpertReading.Mode), State.Threshold, QGapRule.TieWidth(Expert, State.Threshold)));

    /// <summary>The soft optimum of the task.</summary>
    public SoftProblem SoftProblem => State.PriorScale == 0
        ? new SoftProblem(Mdp, State.Temperature)
        : new SoftProblem(Mdp, State.Temperature, State.PriorScale * Prior.LogProbabilities) { Ties = TieRule.Lexicographic };

    /// <summary>A policy, with what is asked of it.</summary>
    public StudiedPolicy this[Subject subject] => subject switch
    {
        Subject.Soft => Of(subject, Solved("soft", (Mdp, State.Temperature, State.PriorScale, State.PriorScale == 0 ? null : Prior), () => SoftProblem, mayBeDraft: true)),
        Subject.Prior => Of(subject, Prior, 0),
        Subject.Rift => Of(subject, Solved("rift", (Mdp, Prior, Interventions, State.KlWeight), () => SoftProblem.FineTuning(Mdp, Prior, -Interventions, State.KlWeight), mayBeDraft: true)),
        Subject.Rlif => Of(subject, Solved("rlif", (Mdp, Interventions), () => new SoftProblem(Mdp.WithReward(-Interventions), 0))),
        _ => Of(subject, Expert),
    };

    private Expert Greedy => _memory.Of<Expert>("greedy", (Mdp, 0), _ => Learning.Expert.Of(WithExpertReward));

    private MarkovDecisionProcess WithExpertReward => Setting.ExpertReward is null
        ? Mdp
        : Mdp.WithReward(StateRewards.Parse(State.Rewards).AddedTo(Mdp, Setting.ExpertReward));

    /// <summary>Solves a problem from the last values of its kind.</summary>
    private SoftSolution Solved(string part, object from, Func<SoftProblem> problem, bool mayBeDraft = false) => _memory.Of<SoftSolution>(part, (from, mayBeDraft && IsDraft), last =>
    {
        SoftProblem asked = problem();
        ReadOnlySpan<double> start = last is not null && last.Problem.Mdp.States == Mdp.States ? last.Values : default;
        return new SoftPolicyIteration
        {
            Linear = Mdp.States <= DirectStates ? LinearMethod.Elimination : LinearMethod.Krylov,
            MaxIterations = 200,
            Tolerance = mayBeDraft && IsDraft && !start.IsEmpty && asked.Temperature > 0 ? DraftTolerance(asked.Temperature, start) : Tolerance.Default,
        }.Solve(asked, null, start);
    });

    /// <summary>A share of the temperature, but never near the roundings of V, where it might not be reached.</summary>
    private static Tolerance DraftTolerance(double temperature, ReadOnlySpan<double> values)
    {
        double largest = 1;
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        return Tolerance.Absolute(Math.Max(DraftShare * temperature, 1e-9 * largest));
    }

    // The supervisor and the expert follow from the process and two choices; they are solved for when something is asked of them.
    private StudiedPolicy Of(Subject subject, SoftSolution solution) => _memory.Of<StudiedPolicy>($"studied {subject}", (solution, Mdp, State.Threshold, State.ExpertTemperature), _ =>
        new StudiedPolicy(this, subject, solution.Policy, solution.Certificate.LogPolicyRadius, solution));

    private StudiedPolicy Of(Subject subject, Policy policy, double logRadius) => _memory.Of<StudiedPolicy>($"studied {subject}", (policy, Mdp, State.Threshold, State.ExpertTemperature), _ =>
        new StudiedPolicy(this, subject, policy, logRadius, null));
}
