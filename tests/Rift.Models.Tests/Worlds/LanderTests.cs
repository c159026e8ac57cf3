using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class LanderTests
{
    private static readonly Lander _coarse = new() { Columns = 11, SidewaysSpeed = 5, Rows = 7, FallingSpeed = 7, RisingSpeed = 3 };

    [Test]
    public void A_step_is_what_the_definition_says()
    {
        // The definition once more, in floating point: V is interpolated at (x', y'), and comparisons have a margin of 1e-4.
        MarkovDecisionProcess mdp = _coarse.ToModel();
        SplittableRandom random = new(3);
        double[] values = [.. Enumerable.Range(0, mdp.States).Select(_ => random.NextDouble(-1, 1))];
        StateActionTable expected = mdp.Kernel.Expect(values), success = mdp.Description.Success!;
        int sideways = 11, upwards = 11, columns = 11, rows = 7;
        for (int vx = -5; vx <= 5; vx++)
            for (int i = 0; i < columns; i++)
                for (int vy = -7; vy <= 3; vy++)
                    for (int j = 0; j < rows; j++)
                        for (int a = 0; a < 6; a++)
                        {
                            int state = State(vx, i, vy, j);
                            double mean = 0, well = 0, badly = 0;
                            foreach ((int gust, double p) in new[] { (-2, 0.1), (0, 0.8), (2, 0.1) })
                            {
                                int nextVx = Math.Clamp(vx + (a / 2) - 1 + gust, -5, 5), nextVy = Math.Clamp(vy + (a % 2 == 1 ? 1 : -1), -7, 3);
                                double x = -1 + (0.2 * i) + (0.01 * nextVx), y = ((j + 1) / 7.0) + (0.01 * nextVy);
                                if (Math.Abs(x) > 1 + 1e-9)
                                {
                                    badly += p;
                                    continue;
                                }

                                if (y > 1 + 1e-9) (y, nextVy) = (1, 0);
                                bool soft = Math.Abs(x) <= 0.2 + 1e-4 && Math.Abs(nextVx) <= 3 && nextVy >= -5;
                                double ground = y <= 0 ? 1 : y < 1 / 7.0 ? 1 - (7 * y) : 0;
                                if (soft) well += p * ground;
                                else badly += p * ground;
                                mean += p * ((ground * values[^1]) + At(x, y, nextVx, nextVy, ground));
                            }

                            Assert.That(expected[state, a], Is.EqualTo(mean + (Beyond(vx, i, a) * values[^1])).Within(1e-13), mdp.Description.StateLabels![state]);
                            Assert.That(success[state, a], Is.EqualTo(well).Within(1e-13));
                            Assert.That(mdp.Reward[state, a], Is.EqualTo(well - badly - 0.001 - (a % 2 == 1 ? 0.002 : 0) - (a / 2 == 1 ? 0 : 0.001)).Within(1e-13));
                        }

        int State(int vx, int i, int vy, int j) => (((((vx + 5) * columns) + i) * upwards) + vy + 7) * rows + j;

        double Beyond(int vx, int i, int a) => new[] { (-2, 0.1), (0, 0.8), (2, 0.1) }.Sum(gust =>
            Math.Abs(-1 + (0.2 * i) + (0.01 * Math.Clamp(vx + (a / 2) - 1 + gust.Item1, -5, 5))) > 1 + 1e-9 ? gust.Item2 : 0);

        double At(double x, double y, int vx, int vy, double ground)
        {
            if (ground == 1) return 0;
            double column = (x + 1) / 0.2, row = (7 * y) - 1, sum = 0;
            for (int i = 0; i < sideways; i++)
                for (int j = 0; j < rows; j++)
                {
                    // Below the lowest point, its weight is what the ground leaves over.
                    double weightX = Math.Max(0, 1 - Math.Abs(column - i)), weightY = ground > 0 ? (j == 0 ? 1 - ground : 0) : Math.Max(0, 1 - Math.Abs(row - j));
                    sum += weightX * weightY * values[State(vx, i, vy, j)];
                }

            return sum;
        }
    }

    [Test]
    public void Its_kernel_keeps_the_contract() =>
        KernelContract.Assert(new Lander { Columns = 3, SidewaysSpeed = 2, Rows = 2, FallingSpeed = 1, RisingSpeed = 1 }.ToModel().Kernel);

    [Test]
    public void The_small_one_is_the_world_lander()
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create("lander");
        KroneckerKernel kernel = (KroneckerKernel)mdp.Kernel;
        int[] starts = [.. Enumerable.Range(0, mdp.States).Where(s => mdp.Initial[s] > 0)];
        Assert.Multiple(() =>
        {
            Assert.That(kernel.LiveStates, Is.EqualTo(108_927));
            Assert.That(mdp.States, Is.EqualTo(108_928));
            Assert.That(mdp.IsTerminal(108_927));
            Assert.That(mdp.Description.EvaluationHorizon, Is.EqualTo(150));
            Assert.That(mdp.Description.StateLabels![0], Is.EqualTo("x -1.000 vx -0.06 y 0.048 vy -0.12"));
            Assert.That(mdp.Description.StateLabels[^1], Is.EqualTo("end"));
            Assert.That(mdp.Description.StateLabels, Has.Count.EqualTo(108_928));
            Assert.That(mdp.Description.StateLabels.ToHashSet(), Has.Count.EqualTo(108_928));
            Assert.That(starts, Has.Length.EqualTo(3 * 13));
            Assert.That(starts.Select(s => mdp.Description.StateLabels[s]), Is.All.Contains(" y 1.000 vy 0.00"));
            Assert.That(mdp.Description.Aggregation!.Distinct().Count(), Is.EqualTo((11 * 7 * 11 * 9) + 1));
            Assert.That(mdp.Description.ActionLabels, Has.Count.EqualTo(6));
        });
    }

    [Test]
    public void The_large_one_has_a_million_states()
    {
        Lander large = Lander.Large;
        Assert.That(large.Columns * ((2 * large.SidewaysSpeed) + 1) * large.Rows * (large.FallingSpeed + large.RisingSpeed + 1), Is.EqualTo(1_007_370));
    }

    [Test]
    public void The_best_policy_lands_and_a_random_one_crashes()
    {
        // Success .989 and return .934 of the expert, .020 of the uniform policy: an independent computation, to the digits given.
        MarkovDecisionProcess mdp = Lander.Small.ToModel();
        SoftSolution expert = new SoftProblem(mdp, 0).Solve(new ValueIteration { Tolerance = 1e-9 });
        EpisodeVisits best = EpisodeVisits.Of(mdp, expert.Policy, TimeLimit.FixedHorizon, 150), uniform = EpisodeVisits.Of(mdp, Policy.Uniform(mdp.Kernel), TimeLimit.FixedHorizon, 150);
        Assert.Multiple(() =>
        {
            Assert.That(best.Total(mdp.Description.Success!).Value, Is.EqualTo(0.989).Within(0.0005));
            Assert.That(best.Total(mdp.Reward).Value, Is.EqualTo(0.934).Within(0.0005));
            Assert.That(uniform.Total(mdp.Description.Success!).Value, Is.EqualTo(0.020).Within(0.0005));
            Assert.That(expert.Certificate.LogPolicyRadius, Is.Zero, "the best actions are proved");
        });
    }

    [Test]
    public void A_grid_that_is_too_small_is_refused()
    {
        Assert.That(() => (Lander.Small with { Columns = 1 }).ToModel(), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => (Lander.Small with { SidewaysSpeed = 1 }).ToModel(), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => (Lander.Small with { Rows = 0 }).ToModel(), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
