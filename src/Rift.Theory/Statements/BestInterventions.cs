using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Sections 5.2 and 5.3, in our words: of all interventions the ones that stop where the candidate goes too often lower Psi fastest, at the rate of the total variation over alpha.</summary>
internal sealed class BestInterventions : CompoundStatement
{
    public override string Id => "S5.3";

    public override string? Equation => null;

    public override string Title => "for phi in [0,1], <phi, mu^pihat - mu*> <= TV(mu^pihat, mu*), attained by phi = 1 where mu^pihat > mu*; over states alone likewise with rho";

    /// <remarks>
    /// Half of the 1-norm is the sum of the positive parts because both occupancies have the same mass. The computed ones have it up to their bounds in the 1-norm, which are larger for pairs than for states, and each sum adds a roundoff
    /// for each term.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Visitation candidate = solved.CandidateVisitation, expert = solved.Imitation.ExpertVisitation;
        double[] pairs = (candidate.Pairs - expert.Pairs).Entries.ToArray(), states = [.. candidate.States.Values.Zip(expert.States.Values, (x, y) => x - y)];
        double error = candidate.PairsErrorBound + expert.PairsErrorBound + (4 * Rounding.Unit * (pairs.Length + 4));
        double[] phi = Supervisors.Random(mdp, random).Entries.ToArray(), varphi = [.. solved.Scenario.StateInterventions];
        return new[] { (pairs, phi), (states, varphi) }.SelectMany(x => Compare(x.Item1, x.Item2, Rounding.SecondOrder * error));
    }

    /// <remarks>Each occupancy carries its bound in the 1-norm and has a mass of one up to rounding.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[] pairs = [.. literal.Available((s, a) => literal.CandidateOccupancy[s, a] - literal.ExpertOccupancy[s, a])];
        DoubleDouble[] phi = [.. literal.Available(LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)))];
        DoubleDouble[] states = [.. Literal.StateVisitation(literal.CandidateProblem, literal.Candidate.LogPolicy).Zip(literal.ExpertVisitation, (x, y) => x - y)];
        DoubleDouble[] varphi = [.. literal.Scenario.StateInterventions.Select(DoubleDouble.FromDouble)];
        double error = 2 * (literal.VisitationError + literal.Rounding(1) + (LiteralScenario.Unit * pairs.Length));
        IEnumerable<Identity> Compare(DoubleDouble[] difference, DoubleDouble[] stops)
        {
            DoubleDouble variation = 0.5 * Dense.Sum(difference.Length, i => DoubleDouble.Abs(difference[i])), attained = Dense.Sum(difference.Length, i => difference[i] > 0 ? difference[i] : 0);
            yield return Identity.Extended(attained, variation, error);
            yield return Identity.Extended(Dense.Sum(difference.Length, i => stops[i] * difference[i]), variation, error) with { Relation = Relation.AtMost };
        }

        return Compare(pairs, phi).Concat(Compare(states, varphi));
    }

    private static IEnumerable<Identity> Compare(double[] difference, double[] phi, double error)
    {
        double variation = difference.Sum(Math.Abs) / 2, attained = difference.Where(x => x > 0).Sum();
        yield return Identity.Of(attained, variation, error);
        yield return Identity.Of(phi.Zip(difference, (p, x) => p * x).Sum(), variation, error) with { Relation = Relation.AtMost };
    }
}
