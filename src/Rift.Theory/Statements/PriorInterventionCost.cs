using Rift.Mdp;

namespace Rift.Theory;

/// <summary>(7): the prior's own cost of interventions does not depend on the KL weight.</summary>
internal sealed class PriorInterventionCost : CompoundStatement
{
    public override string Id => "7";

    public override string Equation => "(6), (7)";

    public override string Title => "J_INT(pi0) is the discounted number of interventions, whatever the KL weight";

    /// <remarks>Each evaluation carries its bound; the divergence of the prior from itself is an exact zero.</remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        StateActionTable gap = QGapRule.Gap(solved.Expert, ExpertReading.Mode);
        return scenario.Thresholds.SelectMany(threshold =>
        {
            StateActionTable phi = QGapRule.Interventions(gap, threshold);
            CertifiedNumber plain = PolicyValue.Of(new SoftProblem(scenario.Mdp.WithReward(-phi), 0), scenario.Prior).Objective;
            return scenario.Omegas.Select(omega =>
            {
                CertifiedNumber cost = Objective.Intervention(scenario.Mdp, scenario.Prior, scenario.Prior, phi, omega);
                return Identity.Of(cost.Value, plain.Value, cost.ErrorBound + plain.ErrorBound);
            });
        });
    }

    /// <remarks>Left by evaluation with the divergence, right by the occupancy: each with its bound.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] gap = Literal.GapToMode(literal.ExpertProblem, literal.Expert.Q), occupancy = Literal.Occupancy(literal.CandidateProblem, literal.LogPrior);
        return literal.Scenario.Thresholds.SelectMany(threshold =>
        {
            DoubleDouble[,] phi = Literal.Interventions(gap, threshold);
            DoubleDouble stops = literal.InnerProduct(phi, occupancy) / (1 - literal.Discount);
            return literal.Scenario.Omegas.Select(omega =>
            {
                (DoubleDouble cost, double error) = literal.Objective(Literal.FineTuning(literal.CandidateProblem, literal.LogPrior, literal.Table((s, a) => -phi[s, a]), omega), literal.LogPrior);
                return Identity.Extended(cost, -stops, error + (literal.Horizon * (literal.VisitationError + literal.Rounding(2))));
            });
        });
    }
}
