using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Lemma A.5, (79): for interventions that depend on the state alone, the gradient's inner product is the difference of state visitations.</summary>
internal sealed class LemmaA5 : Statement
{
    public override string Id => "A.5";

    public override string Equation => "(79)";

    public override string Title => "<phi, grad Psi> = (1/alpha) sum_s varphi(s) (rho^pihat(s) - rho*(s)) for phi(s,a) = varphi(s)";

    /// <remarks>phi is at most 1, so each side errs by the 1-norm bounds of the occupancies or visitations, over alpha.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        StateActionTable phi = StateActionTable.Create(mdp.States, mdp.Actions, (s, _) => solved.Scenario.StateInterventions[s]);
        CertifiedNumber right = VisitationSide(solved);
        double left = solved.CandidateVisitation.PairsErrorBound + solved.Imitation.ExpertVisitation.PairsErrorBound + (2 * Rounding.Unit * ((mdp.States * mdp.Actions) + 4));
        // The rows of both policies sum to one within rounding only; the left side feels it.
        double rows = RoundingOf.RowSumError(solved.Candidate.Policy) + RoundingOf.RowSumError(solved.Expert.Policy);
        return Identity.Of(phi.InnerProduct(solved.Gradient), right.Value, Rounding.SecondOrder * (((left + rows) / solved.Temperature) + right.ErrorBound));
    }

    /// <remarks>Both sides come from the same visitations: what is left is the rounding of sums of size one over alpha.</remarks>
    public override Identity? CheckExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[] varphi = [.. literal.Scenario.StateInterventions.Select(DoubleDouble.FromDouble)];
        DoubleDouble right = Literal.LemmaA5(literal.CandidateProblem, literal.Expert.LogPolicy, literal.Candidate.LogPolicy, varphi);
        return Identity.Extended(literal.InnerProduct(literal.Table((s, _) => varphi[s]), literal.Gradient), right, literal.Rounding(4) / literal.Temperature.High);
    }

    /// <summary>(1/alpha) sum_s varphi(s) (rho^pihat(s) - rho*(s)).</summary>
    internal static CertifiedNumber VisitationSide(SolvedScenario solved)
    {
        CertifiedVector candidate = solved.CandidateVisitation.States, expert = solved.Imitation.ExpertVisitation.States;
        double sum = 0;
        for (int s = 0; s < candidate.Values.Length; s++) sum += solved.Scenario.StateInterventions[s] * (candidate.Values[s] - expert.Values[s]);
        double error = candidate.ErrorBound + expert.ErrorBound + (2 * Rounding.Unit * (candidate.Values.Length + 3));
        return new CertifiedNumber(sum / solved.Temperature, Rounding.SecondOrder * error / solved.Temperature);
    }
}
