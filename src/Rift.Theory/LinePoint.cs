using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A point of the line eta -> RQL(pi0, -eta phi): the prior, fine-tuned by interventions that count eta times.</summary>
internal sealed class LinePoint
{
    private LinePoint(double step, SoftSolution solution, CertifiedNumber psi, CertifiedNumber rate)
    {
        Step = step;
        Solution = solution;
        Psi = psi;
        Rate = rate;
    }

    /// <summary>eta.</summary>
    internal double Step { get; }

    /// <summary>The solution at this point.</summary>
    internal SoftSolution Solution { get; }

    /// <summary>Psi of the fine-tuned policy, at its exact optimum.</summary>
    internal CertifiedNumber Psi { get; }

    /// <summary>&lt;phi, mu&gt; of the fine-tuned policy, at its exact optimum: its discounted rate of interventions.</summary>
    internal CertifiedNumber Rate { get; }

    /// <summary>Solves for the point.</summary>
    /// <remarks>
    /// The rounding of -eta phi moves Psi by at most 2/alpha and, by fact F3, the rate by at most 1/(alpha (1-gamma)) for each unit. The certificate of the policy enters Psi as
    /// it is, and the rate by the drift of the occupancy.
    /// </remarks>
    internal static LinePoint At(Imitation imitation, Policy prior, StateActionTable intervention, double temperature, double step, LinePoint? near = null)
    {
        MarkovDecisionProcess mdp = imitation.Mdp;
        SoftProblem problem = SoftProblem.ResidualQLearning(mdp, prior, -step * intervention, temperature);
        SoftSolution solution = SolvedScenario.Solve(problem, near is null ? default : near.Solution.Values);
        double radius = solution.Certificate.LogPolicyRadius, rewardRounding = Rounding.Unit * step / temperature;
        CertifiedNumber psi = imitation.Psi(solution.Policy, radius), rate = Visitation.Of(mdp, solution.Policy).Average(intervention);
        double drift = RoundingOf.OccupancyDrift(mdp, radius) + (rewardRounding / (1 - mdp.Discount));
        return new LinePoint(
            step, solution,
            psi with { ErrorBound = Rounding.SecondOrder * (psi.ErrorBound + (2 * rewardRounding)) },
            rate with { ErrorBound = Rounding.SecondOrder * (rate.ErrorBound + drift) });
    }
}
