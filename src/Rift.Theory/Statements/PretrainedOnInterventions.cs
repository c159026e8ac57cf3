using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F10: a prior that was itself trained on interventions gains nothing but a lower temperature (the tabular Figure 6).</summary>
internal sealed class PretrainedOnInterventions : CompoundStatement
{
    public override string Id => "F10";

    public override string? Equation => null;

    public override string Title => "if pi0 is soft-optimal for -phi at temperature a (KL to uniform), then RQL(pi0, -phi) at omega is soft-optimal for -phi at omega a/(omega + a)";

    /// <remarks>
    /// As for composition: the error of the prior is that of its reward over a, and reaches the last log pi magnified by 2/(1-gamma). The temperature omega a/(omega + a) is rounded three times, which
    /// acts on phi over that temperature.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy uniform = Policy.Uniform(mdp.Kernel);
        StateActionTable residual = -Supervisors.Random(mdp, random);
        double pretrainedAt = solved.Temperature;
        SoftSolution pretrained = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, uniform, residual, pretrainedAt));
        return solved.Scenario.Omegas.Select(omega =>
        {
            double lower = omega * pretrainedAt / (omega + pretrainedAt);
            SoftSolution tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, pretrained.Policy, residual, omega));
            SoftSolution direct = SolvedScenario.Solve(SoftProblem.ResidualQLearning(mdp, uniform, residual, lower));
            double error = pretrained.Certificate.LogPolicyRadius + (3 * Rounding.Unit * residual.MaxAbs() / lower);
            return new Identity(
                RoundingOf.Available(mdp, tuned.Policy.LogProbabilities), RoundingOf.Available(mdp, direct.Policy.LogProbabilities),
                Rounding.SecondOrder * (tuned.Certificate.LogPolicyRadius + direct.Certificate.LogPolicyRadius + (2 * error / (1 - mdp.Discount))));
        });
    }

    /// <remarks>As for composition: the error of the prior's logarithms, and the rounding of the temperature, magnified by 2/(1 - gamma).</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        DoubleDouble[,] uniform = literal.LogUniform, residual = LiteralScenario.Table(-Supervisors.Random(literal.Scenario.Mdp, random));
        BoundedSolution pretrained = literal.FineTune(uniform, residual, literal.Temperature);
        return literal.Scenario.Omegas.Select(omega =>
        {
            BoundedSolution tuned = literal.FineTune(pretrained.LogPolicy, residual, omega), direct = literal.FineTune(uniform, residual, omega * literal.Temperature / (omega + literal.Temperature));
            double error = pretrained.LogPolicyError + literal.Rounding(2 * direct.Size / direct.Problem.Temperature.High);
            return Identity.Extended(literal.Available(tuned.LogPolicy), literal.Available(direct.LogPolicy), tuned.LogPolicyError + direct.LogPolicyError + (2 * literal.Horizon * error));
        });
    }
}
