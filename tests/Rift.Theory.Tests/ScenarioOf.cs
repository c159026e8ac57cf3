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

    /// <summary>Checks a property of plans with shrinking; a failure prints the smallest plan and the seed that replays it.</summary>
    public static void ForAll(int cases, Func<SmallProblem, Property> property) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(MdpArbitraries.SmallProblems(), property));
}
