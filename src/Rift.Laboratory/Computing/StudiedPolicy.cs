using Rift.Mdp;

namespace Rift.Laboratory;

/// <summary>A policy of a study, and what is asked of it: computed when it is, and kept.</summary>
public sealed class StudiedPolicy
{
    private readonly Study _study;

    internal StudiedPolicy(Study study, Subject subject, Policy policy, double logRadius, SoftSolution? solution)
    {
        _study = study;
        Subject = subject;
        Policy = policy;
        LogRadius = logRadius;
        Solution = solution;
    }

    /// <summary>Whose policy it is.</summary>
    public Subject Subject { get; }

    /// <summary>The policy.</summary>
    public Policy Policy { get; }

    /// <summary>|log pi| is within this of the exact policy, in nats.</summary>
    public double LogRadius { get; }

    /// <summary>The solution that it comes from; null for a policy that is given.</summary>
    public SoftSolution? Solution { get; }

    /// <summary>rho and mu.</summary>
    public Visitation Visitation => field ??= Visitation.Of(Mdp, Policy, Chain);

    /// <summary>The discounted return of the task from each state; for the soft optimum its own V, entropy and prior included.</summary>
    public IReadOnlyList<double> Values => field ??= OwnValues ? Solution!.Values.ToArray() : Earned.Values.Values;

    /// <summary>What each of <see cref="Values"/> may be off by.</summary>
    public double ValuesError => OwnValues ? Solution!.Certificate.HalfWidth : Earned.Values.ErrorBound + (Spread * Steps * LargestReward);

    /// <summary>The discounted return of the task, E sum gamma^t r, without entropy.</summary>
    public CertifiedNumber Return => Carried(Earned.Objective, Spread * Steps * LargestReward);

    /// <summary>Psi against the study's expert, in nats.</summary>
    public CertifiedNumber Psi => Objective.Imitation(_study.ExpertVisitation, _study.Expert.Policy, Policy, LogRadius);

    /// <summary>&lt;phi, mu&gt;: the share of discounted steps that are stopped.</summary>
    public CertifiedNumber InterventionRate => Carried(Visitation.Average(_study.Interventions), Spread);

    /// <summary>The probability that an episode ends in success within the horizon; null where the model does not say what success is.</summary>
    public CertifiedNumber? Success => _success ??= Mdp.Description.Success is { } success ? EpisodeVisits.Of(Mdp, Policy, TimeLimit.FixedHorizon, _study.Horizon, LogRadius).Total(success) : null;

    /// <summary>The probability of at least one emergency stop within the horizon.</summary>
    public CertifiedNumber AnyStop => _anyStop ??= EpisodeEvaluation.StopProbability(Mdp, Policy, _study.Interventions, TimeLimit.FixedHorizon, _study.Horizon, LogRadius);

    private CertifiedNumber? _success, _anyStop;

    /// <summary>Whether V is the policy's own optimal value, which has a certificate of its own.</summary>
    private bool OwnValues => Subject == Subject.Soft;

    private MarkovDecisionProcess Mdp => _study.Mdp;

    private double Steps => 1 / (1 - Mdp.Discount);

    private double LargestReward => Mdp.Reward.MaxAbs();

    /// <summary>How far the occupancy may be off because the policy is, in the 1-norm: each row moves by at most e^e - 1, and the occupancy by that over 1 - gamma.</summary>
    private double Spread => LogRadius == 0 ? 0 : (Math.Exp(LogRadius) - 1) * Steps;

    private DiscountedSolve Chain => field ??= new DiscountedSolve(Mdp, Policy, Mdp.States <= 100 ? LinearMethod.Elimination : LinearMethod.Krylov);

    private PolicyValue Earned => field ??= PolicyValue.Of(new SoftProblem(Mdp, 0), Policy, Chain);

    private static CertifiedNumber Carried(CertifiedNumber number, double drift) =>
        drift == 0 ? number : number with { ErrorBound = Rounding.SecondOrder * (number.ErrorBound + drift) };
}
