using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The candidate's problem at twice its temperature: what statements about the temperature compare with.</summary>
internal static class TwiceAsHot
{
    internal static SoftSolution Of(SolvedScenario solved) => SolvedScenario.Solve(new SoftProblem(solved.Mdp, 2 * solved.Temperature), solved.Candidate.Values);
}
