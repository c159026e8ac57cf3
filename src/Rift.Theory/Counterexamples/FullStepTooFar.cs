using Rift.Mdp;

namespace Rift.Theory;

/// <summary>CE3: the inner product is positive and the full step raises Psi, for an expert that is stopped itself.</summary>
/// <remarks>A bandit, gamma = 0: expert (0.6, 0.3, 0.1), prior (0.5, 0.4, 0.1), and action 1, which the expert takes too, is always stopped.</remarks>
internal sealed class FullStepTooFar : Counterexample
{
    private static readonly (double KlWeight, decimal Psi)[] _table = [(3, 0.0027m), (1, 0.0316m), (0.3, 0.536m), (0.1, 2.51m)];

    public override string Id => "CE3";

    public override string Title => "a positive inner product <phi, mu^pi0 - mu*>, and a full step that raises Psi";

    private protected override Scenario Create()
    {
        TransitionKernelBuilder kernel = new(1, 3);
        for (int a = 0; a < 3; a++) kernel.Add(0, a, 0, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), new StateActionTable(1, 3, [Math.Log(0.6), Math.Log(0.3), Math.Log(0.1)]), [1], 0);
        return Plain(mdp, Policy.FromProbabilities(new StateActionTable(1, 3, [0.5, 0.4, 0.1]))) with
        {
            ResidualReward = new StateActionTable(1, 3, [0, -1, 0]),
            Omegas = [.. _table.Select(row => row.KlWeight)],
        };
    }

    private protected override IEnumerable<PublishedNumber> Compute(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        Visitation prior = Visitation.Of(scenario.Mdp, scenario.Prior);
        yield return new("Delta", StepCertificate.Of(solved.Imitation, prior, -scenario.ResidualReward, solved.Temperature).Advantage, 0.1m);
        yield return new("Psi of the prior", solved.Imitation.Psi(scenario.Prior), 0.0231m);
        foreach ((double klWeight, decimal printed) in _table)
        {
            SoftSolution tuned = Tuned(scenario, klWeight);
            yield return new(FormattableString.Invariant($"Psi at KL weight {klWeight}"), solved.Imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius), printed);
        }
    }

    private protected override IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal)
    {
        DoubleDouble[,] phi = literal.Table((s, a) => -literal.ResidualReward[s, a]);
        (DoubleDouble stopped, double stoppedError) = literal.Rate(phi, literal.LogPrior, 0);
        (DoubleDouble spared, double sparedError) = literal.Rate(phi, literal.Expert.LogPolicy, literal.Expert.LogPolicyError);
        yield return (stopped - spared, stoppedError + sparedError + literal.Rounding(1));
        yield return Psi(literal, literal.LogPrior, 0);
        foreach ((double klWeight, _) in _table)
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, klWeight);
            yield return Psi(literal, tuned.LogPolicy, tuned.LogPolicyError);
        }
    }
}
