using Rift.Mdp;

namespace Rift.Learning;

/// <summary>A way to tune a prior on interventions by residual Q-learning: the objective (6), and what implementations make of it.</summary>
/// <remarks>
/// <para>Solved is the soft problem with residual -phi (or 0) at temperature alpha and log base measure <c>l(s,a) = c log pi0(a|s) + C</c>. With c = 1 and C = 0 it is (6) with the KL weight alpha
/// (Theorem 4.1), and that is what the defaults are. Any other c is residual Q-learning (5) with a scale of the prior that is not its temperature; C is a constant surplus of each step, as a
/// density that is not normalised gives it.</para>
/// <para>With <see cref="StopsTerminate"/> an e-stop ends the episode at value 0 instead of truncating it: section 6.5 warns of that.</para>
/// </remarks>
public sealed record Tuning
{
    /// <summary>alpha, the weight of the entropy; the KL weight where <see cref="PriorScale"/> is 1. At least 0, in interventions per nat.</summary>
    public required double Temperature { get; init; }

    /// <summary>c, the factor of log pi0: omega of (5) over the temperature. At least 0.</summary>
    public double PriorScale { get; init => field = double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "expected a finite number, 0 or more"); } = 1;

    /// <summary>C in nats, received in each step beside log pi0.</summary>
    public double Offset { get; init => field = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "expected a finite number"); }

    /// <summary>Whether C goes on to be received in the ends of the model, for ever: an end is then neither better nor worse than going on. Otherwise an end has the value 0.</summary>
    public bool EndsEarnOffset { get; init; } = true;

    /// <summary>Whether an e-stop ends the episode at value 0; otherwise it truncates.</summary>
    public bool StopsTerminate { get; init; }

    /// <summary>Whether the residual reward is -phi; otherwise it is 0.</summary>
    public bool PaysForStops { get; init; } = true;

    /// <summary>The problem to solve.</summary>
    /// <param name="mdp">The process; its reward is not used.</param>
    /// <param name="prior">pi0.</param>
    /// <param name="intervention">phi, S x A.</param>
    /// <returns>A problem on the process itself, or with <see cref="StopsTerminate"/> on the one of S + 1 states that <see cref="Termination"/> makes.</returns>
    /// <exception cref="ArgumentException">The prior or phi does not fit the process, or an option is out of range.</exception>
    public SoftProblem Problem(MarkovDecisionProcess mdp, Policy prior, StateActionTable intervention)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(prior);
        ArgumentNullException.ThrowIfNull(intervention);
        StateActionTable residual = PaysForStops ? -intervention : StateActionTable.Constant(mdp.States, mdp.Actions, 0);
        if (!StopsTerminate && Offset == 0) return SoftProblem.ResidualQLearning(mdp, prior, residual, Temperature, PriorScale);
        prior.RequireFits(mdp.Kernel);
        bool[] end = [.. Enumerable.Range(0, mdp.States).Select(mdp.IsTerminal)];
        StateActionTable logBase = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) =>
            !mdp.IsAvailable(s, a) ? double.NegativeInfinity : (PriorScale == 0 ? 0 : PriorScale * prior.LogProbability(s, a)) + (end[s] && !EndsEarnOffset ? 0 : Offset));
        return StopsTerminate
            ? new SoftProblem(Termination.Of(mdp, intervention).WithReward(Termination.Extended(residual, 0)), Temperature, Termination.Extended(logBase, double.NegativeInfinity)) { Ties = TieRule.Lexicographic }
            : new SoftProblem(mdp.WithReward(residual), Temperature, logBase) { Ties = TieRule.Lexicographic };
    }

    /// <summary>The tuned policy of the process, from a solution of <see cref="Problem"/>: without the row of a state that was added.</summary>
    /// <param name="solution">A solution of the tuned problem.</param>
    /// <param name="mdp">The process.</param>
    public static Policy PolicyOf(SoftSolution solution, MarkovDecisionProcess mdp)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ArgumentNullException.ThrowIfNull(mdp);
        StateActionTable logs = solution.Policy.LogProbabilities;
        return logs.States == mdp.States ? solution.Policy : Policy.FromLogProbabilities(StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => logs[s, a]));
    }
}
