using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Theorem A.1: J_ME(pi* | rhat) = E_d Vhat - alpha/(1 - gamma) Psi, for any comparison policy pi*.</summary>
internal sealed class TheoremA1 : Statement
{
    public override string Id => "A.1";

    public override string? Equation => null;

    public override string Title => "J_ME(pi*|rhat) = E_d Vhat - alpha/(1-gamma) Psi(pihat)";

    /// <remarks>The sum of the three certificates.</remarks>
    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        CertifiedNumber achieved = Objective.MaximumEntropy(solved.Mdp, solved.Expert.Policy, solved.Temperature), divergence = DivergenceTerm(solved);
        double best = solved.Candidate.Objective;
        double bound = achieved.ErrorBound + divergence.ErrorBound + solved.Candidate.Certificate.HalfWidth
            + (Rounding.Unit * (((solved.Mdp.States + 1) * Math.Abs(best)) + Math.Abs(divergence.Value)));
        return Identity.Of(achieved.Value, best - divergence.Value, Rounding.SecondOrder * bound);
    }

    /// <summary>alpha/(1 - gamma) Psi(pihat).</summary>
    internal static CertifiedNumber DivergenceTerm(SolvedScenario solved)
    {
        double factor = solved.Temperature / (1 - solved.Mdp.Discount);
        return new CertifiedNumber(factor * solved.Psi.Value, factor * (solved.Psi.ErrorBound + (4 * Rounding.Unit * Math.Abs(solved.Psi.Value))));
    }
}
