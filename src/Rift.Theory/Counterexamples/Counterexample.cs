using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A named scenario on which a claim fails, and the numbers that show it: as a statement, that the printed numbers are right.</summary>
/// <remarks>It speaks of its own scenario only, whatever scenario it is given.</remarks>
public abstract class Counterexample : Statement
{
    private readonly Lazy<Scenario> _subject;
    private readonly Lazy<IReadOnlyList<PublishedNumber>> _numbers;

    private protected Counterexample()
    {
        _subject = new(() => Create().Validated());
        _numbers = new(() => [.. Compute(new SolvedScenario(Subject))]);
    }

    /// <summary>The scenario: residual reward minus phi, and the KL weights of interest as its omegas.</summary>
    public override Scenario Subject => _subject.Value;

    /// <summary>What was printed of it, recomputed.</summary>
    public IReadOnlyList<PublishedNumber> Numbers => _numbers.Value;

    /// <summary>Compares every printed number with the computed one; the worst speaks for all.</summary>
    public override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.Worst(Numbers.Select(number => number.Identity));

    /// <summary>The five counterexamples.</summary>
    public static IReadOnlyList<Counterexample> Known { get; } = [new ClippedCorridor(), new ShortcutIntoTheTrap(), new FullStepTooFar(), new OneSureStop(), new ColderYetMoreRandom()];

    private protected abstract Scenario Create();

    private protected abstract IEnumerable<PublishedNumber> Compute(SolvedScenario solved);

    /// <summary>A scenario whose other parts do not matter: zero rewards, an even policy, no potential.</summary>
    private protected Scenario Plain(MarkovDecisionProcess mdp, Policy? prior = null) => new()
    {
        Id = Id,
        Mdp = mdp,
        Temperature = 1,
        ExpertReward = mdp.Reward,
        ResidualReward = StateActionTable.Constant(mdp.States, mdp.Actions, 0),
        Prior = prior ?? Policy.Uniform(mdp.Kernel),
        Policy = Policy.Uniform(mdp.Kernel),
        StateInterventions = new double[mdp.States],
        Potential = new double[mdp.States],
        Omegas = [1],
        Thresholds = [0],
    };

    /// <summary>RIFT on the subject.</summary>
    private protected static SoftSolution Tuned(Scenario scenario, double klWeight) =>
        SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, scenario.ResidualReward, klWeight));

    /// <summary>The greedy expert of the scenario: optimal for r* at temperature 0.</summary>
    private protected static SoftSolution GreedyExpert(Scenario scenario) => SolvedScenario.Solve(new SoftProblem(scenario.Mdp.WithReward(scenario.ExpertReward), 0));

    /// <summary>The plain return of a solution's policy for a reward.</summary>
    private protected static CertifiedNumber Return(Scenario scenario, StateActionTable reward, SoftSolution solution) =>
        RoundingOf.ObjectiveNear(PolicyValue.Of(new SoftProblem(scenario.Mdp.WithReward(reward), 0), solution.Policy), solution.Certificate.LogPolicyRadius);

    /// <summary>The plain return of a policy for a reward.</summary>
    private protected static CertifiedNumber Return(Scenario scenario, StateActionTable reward, Policy policy) =>
        PolicyValue.Of(new SoftProblem(scenario.Mdp.WithReward(reward), 0), policy).Objective;

    /// <summary>&lt;phi, mu&gt; of a policy that is off by so much in log pi, with phi minus the residual reward: its discounted rate of e-stops.</summary>
    private protected static CertifiedNumber StopRate(Scenario scenario, Policy policy, double logRadius = 0)
    {
        CertifiedNumber rate = Visitation.Of(scenario.Mdp, policy).Average(-scenario.ResidualReward);
        return rate with { ErrorBound = rate.ErrorBound + RoundingOf.OccupancyDrift(scenario.Mdp, logRadius) };
    }
}
