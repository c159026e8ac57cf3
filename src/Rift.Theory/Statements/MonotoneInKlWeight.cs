using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Fact F5: if the supervisor never stops what the expert does, Psi never falls with the KL weight: fine-tuning harder is never worse.</summary>
internal sealed class MonotoneInKlWeight : CompoundStatement
{
    private static readonly double[] _weights = [0.03, 0.2, 1, 5];

    public override string Id => "F5";

    public override string? Equation => null;

    public override string Title => "if <phi, mu*> = 0, then Psi(RQL(pi0, -phi)) never falls as the KL weight omega grows, for any prior";

    /// <remarks>
    /// The expert is the most likely action of pi*, and (11) read with that action never stops it; nor does a random supervisor that spares it. Psi at a smaller weight
    /// is compared with Psi at the next larger one, the prior itself being the last, up to the bounds of both. With the residual -phi the weight is the temperature, so -phi counts once.
    /// </remarks>
    internal override IEnumerable<Identity> Parts(SolvedScenario solved, SplittableRandom random)
    {
        MarkovDecisionProcess mdp = solved.Mdp;
        Policy prior = solved.Scenario.Prior, expert = solved.Expert.Policy.Mode();
        Imitation imitation = new(mdp, expert);
        StateActionTable gap = QGapRule.Gap(solved.Expert, ExpertReading.Mode);
        StateActionTable spared = expert.LogProbabilities.Map(logP => logP == double.NegativeInfinity ? 1 : 0);
        IEnumerable<StateActionTable> supervisors =
            [Supervisors.SelfConsistent(mdp, expert, random), QGapRule.Interventions(gap, solved.Scenario.Thresholds[0]).Zip(spared, (phi, free) => phi * free)];
        return supervisors.SelectMany(phi =>
        {
            List<CertifiedNumber> losses = [];
            LinePoint? near = null;
            foreach (double weight in _weights) losses.Add((near = LinePoint.At(imitation, prior, phi, weight, 1, near)).Psi);
            losses.Add(imitation.Psi(prior));
            return losses.Zip(losses.Skip(1), (low, high) => Identity.AtMost(low, high));
        });
    }

    /// <remarks>As in double: every Psi carries its bound.</remarks>
    internal override IEnumerable<Identity> PartsExtended(LiteralScenario literal, SplittableRandom random)
    {
        BoundedSolution expert = literal.Expert;
        DoubleDouble[,] mode = Literal.HardPolicy(expert.Problem, expert.Q), spared = literal.Table((s, a) => mode[s, a] < 0 ? 1 : 0);
        DoubleDouble[,] drawn = LiteralScenario.Table(Supervisors.Random(literal.Scenario.Mdp, random)), byRule = Literal.Interventions(Literal.GapToMode(expert.Problem, expert.Q), literal.Scenario.Thresholds[0]);
        return new[] { drawn, byRule }.SelectMany(table =>
        {
            DoubleDouble[,] penalty = literal.Table((s, a) => -table[s, a] * spared[s, a]);
            (DoubleDouble Value, double Error)[] losses =
            [
                .. _weights.Select(weight => literal.FineTune(literal.LogPrior, penalty, weight)).Select(tuned => literal.Psi(mode, tuned.LogPolicy, tuned.LogPolicyError)),
                literal.Psi(mode, literal.LogPrior, 0),
            ];
            return losses.Zip(losses.Skip(1), (low, high) => Identity.Extended(low.Value, high.Value, low.Error + high.Error) with { Relation = Relation.AtMost });
        });
    }
}
