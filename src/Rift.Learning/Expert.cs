using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The expert of the experiments: the hard optimum of the task's reward, who supervises, demonstrates and is imitated.</summary>
/// <remarks>Computed once, immutable. Where several actions are best, <see cref="Policy"/> takes each with equal probability; a demonstration needs one of them, drawn by <see cref="Deterministic"/>.</remarks>
public sealed class Expert
{
    private Expert(SoftSolution solution, int threads)
    {
        Solution = solution;
        Visitation = Visitation.Of(solution.Problem.Mdp, solution.Policy, threads: threads);
    }

    /// <summary>V*, Q* and the policy, with their certificate.</summary>
    public SoftSolution Solution { get; }

    /// <summary>The process with the reward of the task.</summary>
    public MarkovDecisionProcess Mdp => Solution.Problem.Mdp;

    /// <summary>pi*: uniform over the best actions of each state.</summary>
    public Policy Policy => Solution.Policy;

    /// <summary>rho* and mu*.</summary>
    public Visitation Visitation { get; }

    /// <summary>Solves for the expert, to the rounding floor.</summary>
    /// <param name="mdp">The process with the reward of the task.</param>
    /// <param name="execution">Threads, cancellation, progress; null for one thread and none.</param>
    /// <returns>The expert: the hard optimum, with its visitation.</returns>
    /// <exception cref="NotConvergedException">The rounding floor was not reached.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Expert Of(MarkovDecisionProcess mdp, Execution? execution = null)
    {
        SoftSolution solution = new Auto { Tolerance = Tolerance.RoundingFloor }.Solve(new SoftProblem(mdp, 0), execution);
        execution?.Cancellation.ThrowIfCancellationRequested();
        return new Expert(solution.RequireConverged(), execution?.Threads ?? 1);
    }

    /// <summary>One best action for each state, ties drawn at random.</summary>
    /// <param name="random">The stream that ties are drawn from.</param>
    public Policy Deterministic(SplittableRandom random) => Policy.Mode(random);
}
