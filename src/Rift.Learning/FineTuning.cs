using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A prior, what exact RIFT makes of it, and the alternatives that forget the prior or trust the interventions without limit, side by side.</summary>
/// <remarks>
/// <para>RIFT is the optimum of J_INT (7): the fewest interventions at a given price for leaving the prior (Algorithm 2 with exact residual Q-learning). RLIF minimises interventions alone, and its
/// optima are a set; its range of success and two members are shown: uniform ties, which is uniform on {a: phi(s,a) = 0} wherever every state has such an action, and the limit of maximum entropy. The lexicographic policy is
/// RIFT's own limit as the KL weight vanishes: of the optima of RLIF the one nearest to the prior (fact F7).</para>
/// <para>Five or six soft problems and three linear solves for each policy. Immutable.</para>
/// </remarks>
public sealed class FineTuning
{
    private FineTuning(Expert expert, StateActionTable intervention, double klWeight, int horizon)
    {
        Expert = expert;
        Intervention = intervention;
        KlWeight = klWeight;
        Horizon = horizon;
    }

    /// <summary>The expert, and the process with the reward of the task.</summary>
    public Expert Expert { get; }

    /// <summary>phi, S x A.</summary>
    public StateActionTable Intervention { get; }

    /// <summary>omega of (6): the weight of KL(pi || pi0), in interventions per nat.</summary>
    public double KlWeight { get; }

    /// <summary>H: the steps of an episode.</summary>
    public int Horizon { get; }

    /// <summary>The expert's own policy.</summary>
    public required EvaluatedPolicy Demonstrated { get; init; }

    /// <summary>pi0.</summary>
    public required EvaluatedPolicy Prior { get; init; }

    /// <summary>RQL(pi0, -phi) at the KL weight.</summary>
    public required EvaluatedPolicy Rift { get; init; }

    /// <summary>RLIF with uniform ties.</summary>
    public required EvaluatedPolicy RlifUniform { get; init; }

    /// <summary>RLIF in the limit of maximum entropy: the lexicographic policy of the uniform prior.</summary>
    public required EvaluatedPolicy RlifMaximumEntropy { get; init; }

    /// <summary>Success at the fixed horizon over all policies that RLIF may end with; null where the model does not say what success is.</summary>
    public required SuccessRange? RlifSuccess { get; init; }

    /// <summary>The limit of RIFT as the KL weight falls to 0.</summary>
    public required EvaluatedPolicy Lexicographic { get; init; }

    /// <summary>Tunes a prior and evaluates all policies.</summary>
    /// <param name="expert">The expert, and the process with the reward of the task.</param>
    /// <param name="prior">pi0.</param>
    /// <param name="intervention">phi(s,a) from 0 to 1, S x A.</param>
    /// <param name="klWeight">omega of (6), at least 0; 0 is the lexicographic limit.</param>
    /// <param name="horizon">H, at least 1.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>Prior, RIFT, RLIF, their limit and the expert, each evaluated.</returns>
    /// <exception cref="ArgumentException">The prior or phi does not fit the process.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FineTuning Of(Expert expert, Policy prior, StateActionTable intervention, double klWeight, int horizon, Execution? execution = null)
    {
        ArgumentNullException.ThrowIfNull(expert);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(intervention);
        MarkovDecisionProcess mdp = expert.Mdp;
        StateActionTable cost = -intervention;
        EvaluatedPolicy uniformTies = Optimum(new SoftProblem(mdp.WithReward(cost), 0));
        return new FineTuning(expert, intervention, klWeight, horizon)
        {
            Demonstrated = Evaluated(expert.Policy, expert.Solution.Certificate.LogPolicyRadius),
            Prior = Evaluated(prior, 0),
            Rift = Optimum(SoftProblem.FineTuning(mdp, prior, cost, klWeight)),
            RlifUniform = uniformTies,
            RlifSuccess = SuccessRange.Of(mdp, uniformTies.Policy, horizon, execution),
            RlifMaximumEntropy = Optimum(SoftProblem.FineTuning(mdp, Policy.Uniform(mdp.Kernel), cost, 0)),
            Lexicographic = Optimum(SoftProblem.FineTuning(mdp, prior, cost, 0)),
        };

        EvaluatedPolicy Optimum(SoftProblem problem)
        {
            SoftSolution solution = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(problem, execution);
            execution?.Cancellation.ThrowIfCancellationRequested();
            return Evaluated(solution.Policy, solution.Certificate.LogPolicyRadius);
        }

        EvaluatedPolicy Evaluated(Policy policy, double logRadius) => EvaluatedPolicy.Of(expert, policy, intervention, horizon, logRadius, execution);
    }
}
