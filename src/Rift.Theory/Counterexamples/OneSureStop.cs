using Rift.Mdp;

namespace Rift.Theory;

/// <summary>CE4: Psi and the discounted rate of e-stops fall as RIFT follows the interventions, and the probability of any e-stop rises ninefold: one sure stop is cheaper than a small chance of many.</summary>
/// <remarks>
/// Start: action 0 leads to hell with probability 0.1, where every step is stopped, else to safety; action 1 is stopped, once, and then safe; action 2, the
/// expert's, is never stopped. Prior (0.9899, 0.01, 0.0001), gamma = 0.99.
/// </remarks>
internal sealed class OneSureStop : Counterexample
{
    private const int Start = 0, Hell = 1, Safe = 2, Steps = 3;

    // The weights were printed as 3.3 and .33, and Psi at weight 10 as .0824, a unit of the last digit too large: it is 0.082348.
    private static readonly (double KlWeight, decimal AnyStop, decimal Rate, decimal Psi)[] _table =
    [
        (10, 0.122m, 0.0968m, 0.0823m), (10 / 3.0, 0.214m, 0.0875m, 0.0637m), (1, 0.962m, 0.0109m, 0.0365m), (1 / 3.0, 0.833m, 0.0083m, 0.0179m), (0.1, 0.0045m, 0.00005m, 0.00005m),
    ];

    public override string Id => "CE4";

    public override string Title => "the probability of any e-stop rises while Psi and the discounted rate of e-stops fall";

    private protected override Scenario Create()
    {
        TransitionKernelBuilder kernel = new(3, 3);
        kernel.Add(Start, 0, Hell, 0.1).Add(Start, 0, Safe, 0.9).Add(Start, 1, Safe, 1).Add(Start, 2, Safe, 1).Add(Hell, 0, Hell, 1).Add(Safe, 0, Safe, 1);
        MarkovDecisionProcess mdp = new(kernel.Build(), new StateActionTable(3, 3, [0, 0, 1, 0, 0, 0, 0, 0, 0]), [1, 0, 0], 0.99);
        return Plain(mdp, Policy.FromProbabilities(new StateActionTable(3, 3, [0.9899, 0.01, 0.0001, 1, 0, 0, 1, 0, 0]))) with
        {
            ResidualReward = new StateActionTable(3, 3, [0, -1, 0, -1, 0, 0, 0, 0, 0]),
            Omegas = [.. _table.Select(row => row.KlWeight)],
        };
    }

    /// <remarks>All is decided after two steps: the probability of a stop within three is that of any.</remarks>
    private protected override IEnumerable<PublishedNumber> Compute(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        StateActionTable phi = -scenario.ResidualReward;
        Imitation imitation = new(scenario.Mdp, GreedyExpert(scenario).Policy);
        yield return new("any e-stop, prior", EpisodeEvaluation.StopProbability(scenario.Mdp, scenario.Prior, phi, TimeLimit.FixedHorizon, Steps), 0.109m);
        yield return new("stop rate of the prior", StopRate(scenario, scenario.Prior), 0.0981m);
        yield return new("Psi of the prior", imitation.Psi(scenario.Prior), 0.0921m);
        foreach ((double klWeight, decimal anyStop, decimal rate, decimal psi) in _table)
        {
            SoftSolution tuned = Tuned(scenario, klWeight);
            string at = FormattableString.Invariant($"at KL weight {klWeight:G3}");
            yield return new($"any e-stop {at}", EpisodeEvaluation.StopProbability(scenario.Mdp, tuned.Policy, phi, TimeLimit.FixedHorizon, Steps, tuned.Certificate.LogPolicyRadius), anyStop);
            yield return new($"stop rate {at}", StopRate(scenario, tuned.Policy, tuned.Certificate.LogPolicyRadius), rate);
            yield return new($"Psi {at}", imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius), psi);
        }
    }

    /// <remarks>The probability of a stop is that of being in the end of the process that an e-stop ends, after three steps.</remarks>
    private protected override IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal)
    {
        DoubleDouble[,] expert = GreedyExpert(literal).LogPolicy, phi = literal.Table((s, a) => -literal.ResidualReward[s, a]);
        LiteralProblem<DoubleDouble> ending = Literal.Terminating(literal.CandidateProblem, phi);
        (DoubleDouble, double) AnyStop(DoubleDouble[,] logPolicy, double logError) => (
            Literal.PerStep(ending, Literal.WithLastState(logPolicy, double.NegativeInfinity), Steps + 1)[Steps][literal.States],
            Steps * (LiteralScenario.RowDrift(logError) + LiteralScenario.Rounding(ending, 2)));
        yield return AnyStop(literal.LogPrior, 0);
        yield return literal.Rate(phi, literal.LogPrior, 0);
        yield return literal.Psi(expert, literal.LogPrior, 0);
        foreach ((double klWeight, _, _, _) in _table)
        {
            BoundedSolution tuned = literal.FineTune(literal.LogPrior, literal.ResidualReward, klWeight);
            yield return AnyStop(tuned.LogPolicy, tuned.LogPolicyError);
            yield return literal.Rate(phi, tuned.LogPolicy, tuned.LogPolicyError);
            yield return literal.Psi(expert, tuned.LogPolicy, tuned.LogPolicyError);
        }
    }
}
