using Rift.Mdp;

namespace Rift.Theory;

/// <summary>
/// Interventions by rule (11) of an expert that is optimal for r*: that where RIFT lowers Psi, it does not lower the return. False; what Psi does promise is
/// <see cref="ReturnShortfall"/>.
/// </summary>
internal sealed class LowerPsiHigherReturn : Statement
{
    public override string Id => "lower-psi-higher-return";

    public override string Title => "if RIFT with the interventions (11) lowers Psi, it does not lower the expected return under r*";

    public override bool Applies(SolvedScenario solved)
    {
        Tuning[] tunings = [.. TuningsOf(solved)];
        return tunings.Length > 0 && tunings.All(x => x.PsiAfter.Value + x.PsiAfter.ErrorBound < x.PsiBefore.Value - x.PsiBefore.ErrorBound);
    }

    public override Identity Check(SolvedScenario solved, SplittableRandom random)
    {
        Scenario scenario = solved.Scenario;
        SoftProblem task = new(scenario.Mdp.WithReward(scenario.ExpertReward), 0);
        CertifiedNumber before = PolicyValue.Of(task, scenario.Prior).Objective;
        return Identity.Worst(TuningsOf(solved).Select(x =>
            Identity.AtMost(before, RoundingOf.ObjectiveNear(PolicyValue.Of(task, x.Tuned.Policy), x.Tuned.Certificate.LogPolicyRadius))));
    }

    /// <summary>RIFT for each threshold and KL weight; none where rounding leaves open what the expert does or what is stopped.</summary>
    private static IEnumerable<Tuning> TuningsOf(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        SoftSolution expert = SolvedScenario.Solve(new SoftProblem(scenario.Mdp.WithReward(scenario.ExpertReward), 0));
        if (expert.Certificate.LogPolicyRadius > 0) yield break;
        StateActionTable gap = QGapRule.Gap(expert, ExpertReading.Mode);
        Imitation imitation = new(scenario.Mdp, expert.Policy);
        foreach (double threshold in scenario.Thresholds)
        {
            if (gap.Entries.ToArray().Any(g => Math.Abs(g - threshold) <= 4 * Math.Max(expert.Certificate.QRadius, expert.TieTolerance))) continue;
            foreach (double omega in scenario.Omegas)
            {
                SoftSolution tuned = SolvedScenario.Solve(SoftProblem.FineTuning(scenario.Mdp, scenario.Prior, -QGapRule.Interventions(gap, threshold), omega));
                yield return new Tuning(tuned, imitation.Psi(scenario.Prior), imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius));
            }
        }
    }

    private sealed record Tuning(SoftSolution Tuned, CertifiedNumber PsiBefore, CertifiedNumber PsiAfter);
}
