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

    /// <summary>The same numbers in double-double on the literal path, with their errors, in the same order.</summary>
    public IReadOnlyList<(DoubleDouble Value, double Error)> NumbersExtended => [.. ComputeExtended(new LiteralScenario(Subject))];

    /// <summary>Compares every printed number with the computed one; the worst speaks for all.</summary>
    public override Identity Check(SolvedScenario solved, SplittableRandom random) => Identity.Worst(Numbers.Select(number => number.Identity));

    /// <summary>Compares every printed number with the one of the literal path; the worst speaks for all.</summary>
    /// <remarks>Whatever the scenario takes from a solver (an expert, its interventions) is computed anew.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random) =>
        Identity.Worst(Numbers.Zip(NumbersExtended, (number, computed) => number.IdentityExtended(computed)));

    /// <summary>The five counterexamples.</summary>
    public static IReadOnlyList<Counterexample> Known { get; } = [new ClippedCorridor(), new ShortcutIntoTheTrap(), new FullStepTooFar(), new OneSureStop(), new ColderYetMoreRandom()];

    private protected abstract Scenario Create();

    private protected abstract IEnumerable<PublishedNumber> Compute(SolvedScenario solved);

    private protected abstract IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal);

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

    /// <summary>The greedy expert on the literal path: the hard optimum for r*, whose best actions are unique and by far.</summary>
    private protected static (LiteralProblem<DoubleDouble> Problem, DoubleDouble[,] Q, DoubleDouble[,] LogPolicy) GreedyExpert(LiteralScenario literal)
    {
        LiteralSolution<DoubleDouble> hard = Literal.HardOptimum(literal.ExpertProblem);
        return (literal.ExpertProblem, hard.Q, Literal.HardPolicy(literal.ExpertProblem, hard.Q));
    }

    /// <summary>The plain return of a policy for a reward, where its logarithms are off by so much.</summary>
    private protected static (DoubleDouble Value, double Error) Return(LiteralScenario literal, DoubleDouble[,] reward, DoubleDouble[,] logPolicy, double logError) =>
        literal.ObjectiveNear(literal.CandidateProblem with { Temperature = 0, Reward = reward }, logPolicy, logError);

    /// <summary>Psi of a policy against the exact soft expert: an error e of its logarithms moves mu* by its drift, which meets the largest log-ratio, and the log-ratio by e.</summary>
    private protected static (DoubleDouble Value, double Error) Psi(LiteralScenario literal, DoubleDouble[,] logPolicy, double logError)
    {
        BoundedSolution expert = literal.Expert;
        (DoubleDouble psi, double error) = literal.Psi(expert.LogPolicy, logPolicy, logError);
        return (psi, error + (literal.Drift(expert.LogPolicyError) * literal.LargestLogRatio(expert.LogPolicy, logPolicy)) + expert.LogPolicyError);
    }
}
