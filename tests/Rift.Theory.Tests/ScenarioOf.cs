using FsCheck;
using FsCheck.Fluent;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Theory.Tests;

/// <summary>Scenarios for properties, made from the shared plan of a small problem, and a tame one for tests of sharpness.</summary>
internal static class ScenarioOf
{
    /// <summary>A scenario made of what the plan draws, so that it prints and shrinks as the plan does.</summary>
    public static Scenario Plan(SmallProblem plan)
    {
        MarkovDecisionProcess mdp = plan.Mdp;
        return new Scenario
        {
            Id = plan.ToString(),
            Mdp = mdp,
            Temperature = plan.Temperature,
            ExpertReward = mdp.Reward + plan.Table([.. plan.PolicyWeights.Select(w => plan.Temperature * w)]),
            ResidualReward = plan.Table([.. plan.PolicyWeights.Select(w => -Math.Abs(w) / (1 + Math.Abs(w)))]),
            Prior = plan.Prior,
            Policy = plan.Policy,
            StateInterventions = [.. plan.Initial.Select(w => w / (1.0 + plan.Initial.Max()))],
            Potential = [.. Enumerable.Range(0, plan.States).Select(s => plan.PolicyWeights[s * plan.Actions])],
            Omegas = [0.5, 1, 2],
            Thresholds = [0.1, 0.5],
        };
    }

    /// <summary>Four states, three actions, discount 0.9, temperature 0.5, rewards of size one.</summary>
    public static Scenario Tame(long seed = 1)
    {
        SplittableRandom random = new(seed);
        TransitionKernelBuilder kernel = new(4, 3);
        for (int s = 0; s < 4; s++)
        {
            for (int a = 0; a < 3; a++)
            {
                double[] row = random.NextDistribution(4);
                for (int next = 0; next < 4; next++) kernel.Add(s, a, next, row[next]);
            }
        }

        MarkovDecisionProcess mdp = new(kernel.Build(), StateActionTable.Constant(4, 3, 0), random.NextDistribution(4), 0.9);
        return RandomScenario.On("tame", mdp, 0.5, random);
    }

    /// <summary>Three states, two actions; probabilities, rewards and weights are multiples of 1/8 or of a power of two, so that rows sum to one and nothing rounds before something is solved.</summary>
    public static Scenario Exact(double discount = 0.5) => new()
    {
        Id = "exact",
        Mdp = new MarkovDecisionProcess(Kernel(6, 1), new StateActionTable(3, 2, [1, 0.75, -0.5, -0.25, 1.5, 1.25]), [0.5, 0.25, 0.25], discount),
        Temperature = 0.25,
        ExpertReward = new StateActionTable(3, 2, [0.75, 1, -0.5, -0.5, 1, 1.25]),
        ResidualReward = new StateActionTable(3, 2, [1, 1.5, 0.75, 0.5, 1.25, 1]),
        Prior = Policy.FromProbabilities(new StateActionTable(3, 2, [0.25, 0.75, 0.5, 0.5, 0.625, 0.375])),
        Policy = Policy.FromProbabilities(new StateActionTable(3, 2, [0.5, 0.5, 0.75, 0.25, 0.25, 0.75])),
        StateInterventions = [0.25, 0.5, 0],
        Potential = [1, -0.5, 0.25],
        Omegas = [0.5],
        Thresholds = [0.25],
    };

    /// <summary>The same without the last action of the last state, in other units, with a longer horizon, and with rows that exceed one by half of what they may.</summary>
    public static Scenario Loose()
    {
        const double Half = 5e-13;
        Policy Loosened(double[] probabilities) => Policy.FromLogProbabilities(new StateActionTable(3, 2, [.. probabilities.Select(p => Math.Log(p) + Half)]));
        return Exact() with
        {
            Id = "loose",
            Mdp = new MarkovDecisionProcess(Kernel(5, 1 + Half), new StateActionTable(3, 2, [0.5, 1.75, -0.75, -0.25, 1.25, 0]), [0.25, 0.25, 0.5], 0.75),
            Temperature = 0.75,
            ExpertReward = new StateActionTable(3, 2, [1.5, 1, -0.25, -0.5, 1, 0]),
            ResidualReward = new StateActionTable(3, 2, [-1, -0.5, -0.75, 0, -0.25, 0]),
            Prior = Loosened([0.3, 0.7, 0.6, 0.4, 1, 0]),
            Policy = Loosened([0.1, 0.9, 0.8, 0.2, 1, 0]),
            Omegas = [0.5, 3],
            Thresholds = [0.25, 0.75],
        };
    }

    /// <summary>What a statement says of a scenario in double, part by part, with draws of a stream with seed 1.</summary>
    public static Identity[] Parts(Statement statement, SolvedScenario solved)
    {
        SplittableRandom random = new(1);
        return statement is CompoundStatement compound ? [.. compound.Parts(solved, random)] : [statement.Check(solved, random)];
    }

    /// <summary>The same in double-double.</summary>
    public static Identity[] Parts(Statement statement, LiteralScenario literal)
    {
        SplittableRandom random = new(1);
        return statement is CompoundStatement compound ? [.. compound.PartsExtended(literal, random)] : [statement.CheckExtended(literal, random)!];
    }

    /// <summary>Checks a property of plans with shrinking; a failure prints the smallest plan and the seed that replays it.</summary>
    public static void ForAll(int cases, Func<SmallProblem, Property> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(MdpArbitraries.SmallProblems(), property));

    /// <summary>The first pairs of three states and two actions.</summary>
    private static SparseKernel Kernel(int pairs, double rowSum)
    {
        TransitionKernelBuilder kernel = new(3, 2);
        double[][] rows = [[0.5, 0.25, 0.25], [0, 0.5, 0.5], [0.25, 0.75, 0], [0.125, 0.125, 0.75], [0.5, 0, 0.5], [0.25, 0.5, 0.25]];
        for (int pair = 0; pair < pairs; pair++)
            for (int next = 0; next < 3; next++)
                if (rows[pair][next] > 0) kernel.Add(pair / 2, pair % 2, next, rowSum * rows[pair][next]);
        return kernel.Build();
    }
}
