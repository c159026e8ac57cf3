using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A point of a descent: an implicit reward, its soft optimum, and what Psi is there.</summary>
internal sealed class DescentPoint
{
    private DescentPoint(Imitation imitation, SoftSolution solution)
    {
        Imitation = imitation;
        Solution = solution;
        Psi = imitation.Psi(solution.Policy, solution.Certificate.LogPolicyRadius);
    }

    internal Imitation Imitation { get; }

    internal SoftSolution Solution { get; }

    internal double Temperature => Solution.Problem.Temperature;

    /// <summary>Psi of the exact soft optimum.</summary>
    internal CertifiedNumber Psi { get; }

    internal Visitation Visitation => field ??= Visitation.Of(Imitation.Mdp, Solution.Policy);

    internal static DescentPoint At(Imitation imitation, double temperature, StateActionTable reward) =>
        new(imitation, SolvedScenario.Solve(new SoftProblem(imitation.Mdp.WithReward(reward), temperature)));

    /// <summary>The point that is reached by adding to the reward.</summary>
    internal DescentPoint Moved(StateActionTable change) =>
        new(Imitation, SolvedScenario.Solve(Solution.Problem.WithReward(Solution.Problem.Mdp.Reward + change), Solution.Values));
}
