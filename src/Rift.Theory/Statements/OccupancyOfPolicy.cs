using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Section 3.3: policies and occupancies are in bijection on visited states, pi = mu / rho.</summary>
internal sealed class OccupancyOfPolicy : Statement
{
    // Below this an occupancy underflows before its ratio can be taken.
    private const double SmallestVisitation = 1e-280;

    public override string Id => "S3.3";

    public override string? Equation => null;

    public override string Title => "the bijection pi -> mu -> pi where rho > 0";

    /// <remarks>The error of rho cancels in the ratio: what is left is one roundoff for each product, sum and logarithm, relative to probabilities of at most one.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Scenario.Policy;
        Visitation visitation = Visitation.Of(mdp, policy);
        Policy back = Visitation.PolicyOf(visitation.Pairs, mdp.Kernel);
        List<double> left = [], right = [];
        for (int s = 0; s < mdp.States; s++)
        {
            if (visitation.States.Values[s] < SmallestVisitation) continue;
            left.AddRange(back.Probabilities.Row(s));
            right.AddRange(policy.Probabilities.Row(s));
        }

        // log mu is below log of the smallest visitation in size, and is rounded twice on the way through the exponential.
        double log = RoundingOf.LargestLog(mdp, policy) - Math.Log(SmallestVisitation);
        double bound = Rounding.Unit * ((2 * mdp.Actions) + 8 + (4 * log));
        return new Identity([.. left], [.. right], Rounding.SecondOrder * (bound + RoundingOf.RowSumError(policy)));
    }

    /// <remarks>rho cancels in the ratio; the sum over the actions that it is taken back from, and the exponential, round.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] occupancy = Literal.Occupancy(literal.CandidateProblem, literal.LogPolicy);
        DoubleDouble[] visited = Dense.Vector(literal.States, s => Dense.Sum(literal.Actions, a => occupancy[s, a]));
        int[] states = [.. Enumerable.Range(0, literal.States).Where(s => visited[s] > SmallestVisitation)];
        IEnumerable<DoubleDouble> Entries(Func<int, int, DoubleDouble> entry) => states.SelectMany(s => Enumerable.Range(0, literal.Actions).Select(a => entry(s, a)));
        return Identity.Extended(Entries((s, a) => occupancy[s, a] / visited[s]), Entries((s, a) => DoubleDouble.Exp(literal.LogPolicy[s, a])), literal.Rounding(2));
    }
}
