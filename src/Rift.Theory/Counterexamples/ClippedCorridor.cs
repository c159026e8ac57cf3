using Rift.Mdp;

namespace Rift.Theory;

/// <summary>CE1: the clipped advantage difference hurts. A corridor in which the prior hesitates a little at each step costs more than the goal behind it is worth.</summary>
/// <remarks>
/// Start: action 0 enters a corridor of 100 states, action 1 ends. In the corridor both actions advance; behind it the goal pays log 9 / gamma^100. With
/// alpha = 1, gamma = 0.999 and the entropy counted against uniform, the expert takes (0.9, 0.1) at the start and does not care in the corridor; the prior
/// does the same at the start and takes (0.53, 0.47) in the corridor. Clipping keeps the penalty of the likelier action and drops the compensation of the other.
/// </remarks>
internal sealed class ClippedCorridor : Counterexample
{
    private const int Length = 100, Start = 0, Goal = Length + 1, End = Length + 2;
    private const double Discount = 0.999, Excess = 0.03;

    public override string Id => "CE1";

    public override string Title => "clipping the advantage difference to [0, 1] raises Psi and lowers the return";

    /// <remarks>The reward of the process is the task's; the expert's has log 2 less at each choice of two, which counts the entropy against uniform.</remarks>
    private protected override Scenario Create()
    {
        TransitionKernelBuilder kernel = new(Length + 3, 2);
        kernel.Add(Start, 0, 1, 1).Add(Start, 1, End, 1).Add(Goal, 0, End, 1).Add(End, 0, End, 1);
        for (int s = 1; s <= Length; s++) kernel.Add(s, 0, s + 1, 1).Add(s, 1, s + 1, 1);
        double[] initial = new double[Length + 3];
        initial[Start] = 1;
        // The goal is entered at step n + 1 = 101 of the walk; what it pays is divided by gamma^101, so that it is worth log 9 at the start.
        StateActionTable task = StateActionTable.Create(Length + 3, 2, (s, a) => s == Goal && a == 0 ? Math.Log(9) / Math.Pow(Discount, Length + 1) : 0);
        MarkovDecisionProcess mdp = new(kernel.Build(), task, initial, Discount);
        Policy prior = Policy.FromProbabilities(StateActionTable.Create(Length + 3, 2, (s, a) =>
            s == Start ? (a == 0 ? 0.9 : 0.1) : s is Goal or End ? 1 - a : a == 0 ? 0.5 + Excess : 0.5 - Excess));
        Scenario scenario = Plain(mdp, prior) with { ExpertReward = StateActionTable.Create(Length + 3, 2, (s, a) => task[s, a] - (s < Goal ? Math.Log(2) : 0)) };
        Policy expert = new SolvedScenario(scenario).Expert.Policy;
        StateActionTable residual = StateActionTable.Create(Length + 3, 2, (s, a) =>
            mdp.IsAvailable(s, a) ? -Math.Clamp(prior.LogProbability(s, a) - expert.LogProbability(s, a), 0, 1) : 0);
        return scenario with { ResidualReward = residual };
    }

    private protected override IEnumerable<PublishedNumber> Compute(SolvedScenario solved)
    {
        Scenario scenario = solved.Scenario;
        SoftSolution tuned = Tuned(scenario, 1);
        yield return new("P(good) of the expert", RoundingOf.Probability(solved.Expert, Start, 0), 0.900m);
        yield return new("P(good) after RIFT", RoundingOf.Probability(tuned, Start, 0), 0.3318m);
        yield return new("return of the prior", Return(scenario, scenario.Mdp.Reward, scenario.Prior), 1.9775m);
        yield return new("return after RIFT", Return(scenario, scenario.Mdp.Reward, tuned), 0.7291m);
        yield return new("Psi of the prior", solved.Imitation.Psi(scenario.Prior), 0.000154m);
        yield return new("Psi after RIFT", solved.Imitation.Psi(tuned.Policy, tuned.Certificate.LogPolicyRadius), 0.000749m);
    }

    /// <remarks>The penalty is the clipped difference of two logarithms, of which the expert's is off by its bound: magnified by 2/(1 - gamma) in the logarithms of what is tuned with it.</remarks>
    private protected override IEnumerable<(DoubleDouble Value, double Error)> ComputeExtended(LiteralScenario literal)
    {
        BoundedSolution expert = literal.Expert;
        DoubleDouble[,] residual = literal.Table((s, a) => literal.IsAvailable(s, a) ? Clipped(expert.LogPolicy[s, a] - literal.LogPrior[s, a]) : 0), task = literal.CandidateProblem.Reward;
        BoundedSolution tuned = literal.FineTune(literal.LogPrior, residual, 1);
        double logError = tuned.LogPolicyError + (2 * literal.Horizon * (expert.LogPolicyError + literal.Rounding(1)));
        yield return literal.Probability(expert.LogPolicy, Start, 0, expert.LogPolicyError);
        yield return literal.Probability(tuned.LogPolicy, Start, 0, logError);
        yield return Return(literal, task, literal.LogPrior, 0);
        yield return Return(literal, task, tuned.LogPolicy, logError);
        yield return Psi(literal, literal.LogPrior, 0);
        yield return Psi(literal, tuned.LogPolicy, logError);
    }

    private static DoubleDouble Clipped(DoubleDouble x) => x > 0 ? 0 : x < -1 ? -1 : x;
}
