using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(63): the Neumann series of J converges, because no power of W is larger than one.</summary>
internal sealed class NeumannSeries : CompoundStatement
{
    private const int MostTerms = 4000, TermsExtended = 20;

    public override string Id => "63";

    public override string Equation => "(58), (63)";

    public override string Title => "J x = sum_k gamma^k W^k x, and |W^k x| <= max|x|: the spectral radius of gamma W is at most gamma";

    /// <remarks>
    /// W averages: its rows are distributions over pairs, so y_k = gamma^k W^k x lies between gamma^k min x and gamma^k max x, and the rest of the series after y_k, which is
    /// gamma W J y_k, between gamma/(1 - gamma) times the least and the largest entry of y_k. The middle is added, half the range is the error of cutting, and the series ends when that
    /// is below the rounding, or after 4000 terms. A step errs by the row errors of policy and kernel and one roundoff for each term of its sums; what it errs is magnified
    /// by at most 1/(1 - gamma) by the steps that follow.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy policy = solved.Candidate.Policy;
        StateActionTable probabilities = policy.Probabilities, direction = Directions.Signs(mdp, random), term = direction, sum = direction;
        double reach = mdp.Discount / (1 - mdp.Discount), perStep = (2 * RoundingOf.RowSumError(policy)) + mdp.Kernel.RowSumError + (Rounding.Unit * (mdp.Kernel.LargestRow + mdp.Actions + 6));
        double error = 0, power = 1;
        List<double> sizes = [], powers = [];
        for (int k = 0; k < MostTerms && reach * Range(mdp, term) > Rounding.Unit * sum.MaxAbs(); k++)
        {
            error += (mdp.Discount * perStep * term.MaxAbs() / (1 - mdp.Discount)) + (Rounding.Unit * sum.MaxAbs());
            term = mdp.Discount * mdp.Kernel.Expect(Averages(probabilities, term));
            sum += term;
            power *= mdp.Discount;
            sizes.Add(term.MaxAbs());
            powers.Add(power);
        }

        (double least, double most) = Ends(mdp, term);
        double[] series = [.. RoundingOf.Available(mdp, sum).Select(x => x + (reach * ((least + most) / 2)))];
        double cut = reach * (most - least) / 2, bound = error + cut + solved.Jacobian.ErrorBound(direction) + (4 * Rounding.Unit / (1 - mdp.Discount));
        return
        [
            new Identity(series, RoundingOf.Available(mdp, solved.Jacobian.Apply(direction)), Rounding.SecondOrder * bound),
            new Identity([.. sizes], [.. powers], Rounding.SecondOrder * (error + (Rounding.Unit * MostTerms * mdp.Discount))) with { Relation = Relation.AtMost },
        ];
    }

    /// <remarks>The terms before the cut, and J applied to the first one after it, which is what they leave: each term errs by a rounding, and what it errs is magnified by at most 1/(1 - gamma).</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        return literal.Directions(random).SelectMany(direction =>
        {
            (DoubleDouble[,] image, double error) = literal.Jacobian(direction);
            DoubleDouble[,] sum = new DoubleDouble[literal.States, literal.Actions], term = direction;
            DoubleDouble power = 1;
            List<DoubleDouble> sizes = [], powers = [];
            for (int k = 0; k < TermsExtended; k++)
            {
                (DoubleDouble[,] sumBefore, DoubleDouble[,] before) = (sum, term);
                sum = literal.Table((s, a) => sumBefore[s, a] + before[s, a]);
                term = Literal.Step(literal.CandidateProblem, literal.Candidate.LogPolicy, before);
                power *= literal.Discount;
                sizes.Add(literal.Available(term).Select(DoubleDouble.Abs).Max());
                powers.Add(power);
            }

            (DoubleDouble[,] rest, double errorOfRest) = literal.Jacobian(term);
            double rounding = literal.Rounding(TermsExtended * (literal.Horizon + LiteralScenario.Size(image)));
            return new[]
            {
                Identity.Extended(literal.Available((s, a) => sum[s, a] + rest[s, a]), literal.Available(image), error + errorOfRest + rounding),
                Identity.Extended(sizes, powers, literal.Rounding(TermsExtended)) with { Relation = Relation.AtMost },
            };
        });
    }

    private static double[] Averages(StateActionTable probabilities, StateActionTable table)
    {
        double[] averages = new double[table.States];
        for (int s = 0; s < averages.Length; s++)
            for (int a = 0; a < table.Actions; a++) averages[s] += probabilities[s, a] * table[s, a];
        return averages;
    }

    private static double Range(MarkovDecisionProcess mdp, StateActionTable table)
    {
        (double least, double most) = Ends(mdp, table);
        return most - least;
    }

    private static (double Least, double Most) Ends(MarkovDecisionProcess mdp, StateActionTable table)
    {
        double[] entries = RoundingOf.Available(mdp, table);
        return (entries.Min(), entries.Max());
    }
}
