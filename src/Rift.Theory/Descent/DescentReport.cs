using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Where a descent of Psi ended, and its way there.</summary>
/// <param name="Solution">The soft optimum of the implicit reward reached.</param>
/// <param name="History">Psi at the start and after each step, certified; each is proved to be below the one before.</param>
/// <param name="Outcome">Whether the tolerance was reached; if not, the steps or the digits ran out.</param>
public sealed record DescentReport(SoftSolution Solution, IReadOnlyList<CertifiedNumber> History, Outcome Outcome)
{
    /// <summary>The implicit reward reached, S x A.</summary>
    public StateActionTable Reward => Solution.Problem.Mdp.Reward;

    /// <summary>Psi there, in nats.</summary>
    public CertifiedNumber Psi => History[^1];
}
