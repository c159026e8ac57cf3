using System.Globalization;
using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The numbers of a small scenario, open to change: what the search moves about in.</summary>
/// <remarks>Every action is available in every state. One KL weight, one threshold.</remarks>
internal sealed class ScenarioDraft
{
    internal ScenarioDraft(int states, int actions)
    {
        States = states;
        Actions = actions;
        Transitions = Rows(states * actions, states);
        Prior = Rows(states, actions);
        Policy = Rows(states, actions);
        Initial = new double[states];
        Reward = new double[states * actions];
        ExpertReward = new double[states * actions];
        ResidualReward = new double[states * actions];
        StateInterventions = new double[states];
        Potential = new double[states];
    }

    internal int States { get; }

    internal int Actions { get; }

    /// <summary>T(.|s,a) for each pair s * A + a.</summary>
    internal double[][] Transitions { get; init; }

    internal double[] Initial { get; init; }

    internal double[][] Prior { get; init; }

    internal double[][] Policy { get; init; }

    internal double[] Reward { get; init; }

    internal double[] ExpertReward { get; init; }

    internal double[] ResidualReward { get; init; }

    internal double[] StateInterventions { get; init; }

    internal double[] Potential { get; init; }

    /// <summary>gamma, alpha, omega and B, in this order.</summary>
    internal double[] Parameters { get; init; } = [0.9, 1, 1, 0.1];

    internal double Discount { get => Parameters[0]; set => Parameters[0] = value; }

    internal double Temperature { get => Parameters[1]; set => Parameters[1] = value; }

    internal double KlWeight { get => Parameters[2]; set => Parameters[2] = value; }

    internal double Threshold { get => Parameters[3]; set => Parameters[3] = value; }

    /// <summary>The arrays whose entries are numbers of their own.</summary>
    internal double[][] Numbers => [Parameters, Reward, ExpertReward, ResidualReward, StateInterventions, Potential];

    /// <summary>The distributions that may have zeros: successors and starts.</summary>
    internal IEnumerable<double[]> Supports => [.. Transitions, Initial];

    /// <summary>The distributions that are positive throughout: the rows of policies.</summary>
    internal IEnumerable<double[]> Interiors => [.. Prior, .. Policy];

    internal ScenarioDraft Copy() => new(States, Actions)
    {
        Transitions = Array.ConvertAll(Transitions, Copy),
        Initial = Copy(Initial),
        Prior = Array.ConvertAll(Prior, Copy),
        Policy = Array.ConvertAll(Policy, Copy),
        Reward = Copy(Reward),
        ExpertReward = Copy(ExpertReward),
        ResidualReward = Copy(ResidualReward),
        StateInterventions = Copy(StateInterventions),
        Potential = Copy(Potential),
        Parameters = Copy(Parameters),
    };

    /// <summary>Whether every number is in its range.</summary>
    internal bool IsValid =>
        Discount is >= 0 and < 1 && Temperature > 0 && KlWeight > 0 && Threshold >= 0
        && ResidualReward.All(x => x is >= -1 and <= 0) && StateInterventions.All(x => x is >= 0 and <= 1)
        && Interiors.All(row => row.All(p => p > 0)) && Supports.All(row => row.All(p => p >= 0));

    /// <summary>The scenario of these numbers.</summary>
    internal Scenario ToScenario(string id)
    {
        TransitionKernelBuilder kernel = new(States, Actions);
        for (int pair = 0; pair < Transitions.Length; pair++)
            for (int next = 0; next < States; next++)
                kernel.Add(pair / Actions, pair % Actions, next, Transitions[pair][next]);
        StateActionTable Table(double[] entries) => new(States, Actions, entries);
        Policy PolicyOf(double[][] rows) => Mdp.Policy.FromProbabilities(StateActionTable.Create(States, Actions, (s, a) => rows[s][a]));
        return new Scenario
        {
            Id = id,
            Mdp = new MarkovDecisionProcess(kernel.Build(), Table(Reward), Initial, Discount),
            Temperature = Temperature,
            ExpertReward = Table(ExpertReward),
            ResidualReward = Table(ResidualReward),
            Prior = PolicyOf(Prior),
            Policy = PolicyOf(Policy),
            StateInterventions = Copy(StateInterventions),
            Potential = Copy(Potential),
            Omegas = [KlWeight],
            Thresholds = [Threshold],
        };
    }

    /// <summary>How much there is to read: states first, then actions, then successors, then characters of numbers.</summary>
    internal (int States, int Actions, int Successors, int Characters) Size => (
        States, Actions, Supports.Sum(row => row.Count(p => p > 0)),
        Supports.Concat(Interiors).Concat(Numbers).Sum(row => row.Sum(Characters)));

    /// <summary>Characters that a number takes: 0 for 0, 1 for 1 and -1, 2 for 0.5.</summary>
    private static int Characters(double x) => x == 0 ? 0 : Math.Abs(x).ToString("R", CultureInfo.InvariantCulture).TrimStart('0').Length;

    private static double[] Copy(double[] numbers) => [.. numbers];

    private static double[][] Rows(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new double[length])];
}
