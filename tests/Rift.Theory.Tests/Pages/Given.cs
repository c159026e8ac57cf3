using Rift.Mdp;

namespace Rift.Theory.Tests;

internal static class Given
{
    public const double Alpha = 0.5;

    public static MarkovDecisionProcess Mdp { get; } = new(
        new TransitionKernelBuilder(3, 2)
            .Add(0, 0, 1, 0.8).Add(0, 0, 0, 0.2).Add(0, 1, 2, 0.5).Add(0, 1, 0, 0.5)
            .Add(1, 0, 1, 1).Add(1, 1, 0, 0.7).Add(1, 1, 2, 0.3)
            .Add(2, 0, 0, 1).Add(2, 1, 2, 0.9).Add(2, 1, 1, 0.1).Build(),
        new StateActionTable(3, 2, [0, 0.3, 1, 0.2, 0, -0.5]), initial: [0.6, 0, 0.4], discount: 0.9);

    public static StateActionTable ExpertReward { get; } = new(3, 2, [0.2, -0.4, 1, 0, 0.5, -1]);

    public static Policy Prior { get; } = Policy.FromProbabilities(new StateActionTable(3, 2, [0.5, 0.5, 0.3, 0.7, 0.2, 0.8]));

    public static StateActionTable Phi { get; } = new(3, 2, [0, 1, 0, 0.5, 0, 0.25]);

    public static SoftSolution Candidate { get; } = new SoftProblem(Mdp, Alpha).Solve();

    public static SoftSolution Expert { get; } = new SoftProblem(Mdp.WithReward(ExpertReward), Alpha).Solve();

    public static Imitation Imitation { get; } = new(Mdp, Expert.Policy);
}
