using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Scenarios over given dynamics, with random rewards and policies: what the ledger checks its statements on.</summary>
public static class RandomScenario
{
    /// <summary>Draws a scenario over the dynamics of a process.</summary>
    /// <param name="id">What to call it.</param>
    /// <param name="mdp">The process; its reward is the candidate's, or is drawn where it is zero throughout.</param>
    /// <param name="temperature">alpha, positive.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>The scenario, valid.</returns>
    /// <remarks>
    /// The expert's reward is the candidate's plus noise of the size of the temperature, so that the two policies differ by about one nat; residual rewards lie in [-1, 0], as
    /// those of interventions do. Terminal states keep the reward 0.
    /// </remarks>
    public static Scenario On(string id, MarkovDecisionProcess mdp, double temperature, SplittableRandom random)
    {
        ArgumentNullException.ThrowIfNull(mdp);
        ArgumentNullException.ThrowIfNull(random);
        bool[] terminal = [.. Enumerable.Range(0, mdp.States).Select(mdp.IsTerminal)];
        StateActionTable Draw(Func<double> entry) => StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => terminal[s] || !mdp.IsAvailable(s, a) ? 0 : entry());
        Policy DrawPolicy() => Policy.Softmax(StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsAvailable(s, a) ? Math.Log(random.NextExponential()) : double.NegativeInfinity));
        double[] DrawValues(double low, double high) => [.. Enumerable.Range(0, mdp.States).Select(_ => random.NextDouble(low, high))];
        StateActionTable reward = mdp.Reward.MaxAbs() > 0 ? mdp.Reward : Draw(() => random.NextDouble(-1, 1));
        return new Scenario
        {
            Id = id,
            Mdp = mdp.WithReward(reward),
            Temperature = temperature,
            ExpertReward = reward + Draw(() => temperature * random.NextDouble(-1, 1)),
            ResidualReward = Draw(() => -random.NextDouble()),
            Prior = DrawPolicy(),
            Policy = DrawPolicy(),
            StateInterventions = DrawValues(0, 1),
            Potential = DrawValues(-2, 2),
            Omegas = [0.5, 1, 2],
            Thresholds = [0.1, 0.5],
        };
    }
}
