using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Lemma A.4 as we read it: the occupancy is the row of the Neumann series that belongs to the start, mu = (1-gamma) (d pi) J.</summary>
internal sealed class LemmaA4 : CompoundStatement
{
    public override string Id => "A.4";

    public override string Equation => "(73) to (75)";

    public override string Title => "mu = (1-gamma) sum_k gamma^k (d pi) W^k = (1-gamma) (d pi) J, the term of k = 0 included";

    /// <remarks>
    /// Term by term: the sum is cut after n terms, and what is left has a mass of gamma^n. A step errs in the 1-norm by the row errors of policy and kernel and one roundoff for each
    /// term of its sums, and the k-th term by k times that, so the sum by at most that over 1 - gamma. By J: J x carries its bound, and d pi is a distribution up to the row errors.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Candidate.Policy;
        Visitation visitation = solved.CandidateVisitation;
        StateActionTable probabilities = policy.Probabilities, direction = Directions.Signs(mdp, random), image = solved.Jacobian.Apply(direction);
        StateActionTable start = Spread(mdp.Initial.ToArray(), probabilities), term = start, sum = start;
        double rows = (2 * RoundingOf.RowSumError(policy)) + mdp.Kernel.RowSumError, perStep = rows + (Rounding.Unit * (mdp.Kernel.LargestColumn + 6));
        int terms = DiscountedReturn.StepsUntil(mdp.Discount, Rounding.Unit);
        double left = 1;
        for (int k = 1; k < terms; k++)
        {
            term = Spread(Array.ConvertAll(mdp.Kernel.Push(term), x => mdp.Discount * x), probabilities);
            sum += term;
            left *= mdp.Discount;
        }

        double series = (left * mdp.Discount) + (perStep / (1 - mdp.Discount)) + (Rounding.Unit * (terms + 4));
        double row = (1 - mdp.Discount) * (solved.Jacobian.ErrorBound(direction) + (image.MaxAbs() * (rows + (Rounding.Unit * (image.Entries.Length + 8)))));
        CertifiedNumber average = visitation.Average(direction);
        return
        [
            new Identity(visitation.Pairs.Entries.ToArray(), ((1 - mdp.Discount) * sum).Entries.ToArray(), Rounding.SecondOrder * (visitation.PairsErrorBound + series)),
            Identity.Of(average.Value, (1 - mdp.Discount) * start.InnerProduct(image), Rounding.SecondOrder * (average.ErrorBound + row)),
        ];
    }

    /// <remarks>J x and the occupancy carry their bounds; the weights (1-gamma) d pi have a mass of 1 - gamma.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        return literal.Directions(random).Select(direction =>
        {
            (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
            DoubleDouble[,] start = literal.Table((s, a) => (1 - literal.Discount) * literal.CandidateProblem.Initial[s] * DoubleDouble.Exp(literal.Candidate.LogPolicy[s, a]));
            double bound = literal.VisitationError + literal.Rounding(2) + ((error + literal.Rounding(2 * LiteralScenario.Size(image))) / literal.Horizon);
            return Identity.Extended(literal.InnerProduct(direction, literal.CandidateOccupancy), literal.InnerProduct(start, image), bound);
        });
    }

    private static StateActionTable Spread(double[] states, StateActionTable probabilities) =>
        StateActionTable.Create(probabilities.States, probabilities.Actions, (s, a) => states[s] * probabilities[s, a]);
}
