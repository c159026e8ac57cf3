using Rift.Mdp;

namespace Rift.Models.Tests;

/// <summary>Worlds against numbers that others have published.</summary>
public class PublishedValueTests
{
    [Test]
    public void Frozen_lake_is_worth_what_everybody_finds()
    {
        // Policy iteration on FrozenLake-v1, 4 x 4, slippery, discount 0.99: the table that many courses and test suites print.
        double[] published =
        [
            0.54202593, 0.49880319, 0.47069569, 0.4568517,
            0.55845096, 0, 0.35834807, 0,
            0.59179874, 0.64307982, 0.61520756, 0,
            0, 0.74172044, 0.86283743, 0,
        ];
        Assert.That(Optimum(FrozenLake.Create(FrozenLake.Map4x4)).Values[..16].ToArray(), Is.EqualTo(published).Within(1e-8));
    }

    [Test]
    public void Cliff_walking_takes_thirteen_steps()
    {
        // Sutton and Barto (2018), Example 6.6: the optimal path has 13 steps of -1; discounted by 0.99.
        Assert.That(Optimum(CliffWalking.Create()).Objective, Is.EqualTo(-(1 - Math.Pow(0.99, 13)) / 0.01).Within(1e-9));
    }

    [Test]
    public void Taxi_is_worth_what_the_golden_experiment_found()
    {
        // Return of the best driver, undiscounted: 7.93 in the mean over the 300 starts. At discount 1 - 1e-6 the difference is below 0.001.
        Assert.That(Optimum(Taxi.Create(discount: 1 - 1e-6)).Objective, Is.EqualTo(7.93).Within(0.006));
    }

    [Test]
    public void The_grid_of_Sutton_and_Barto_has_their_values()
    {
        // Reinforcement Learning, 2nd edition 2018, Figure 3.5: v* to one decimal.
        double[] published =
        [
            22.0, 24.4, 22.0, 19.4, 17.5,
            19.8, 22.0, 19.8, 17.8, 16.0,
            17.8, 19.8, 17.8, 16.0, 14.4,
            16.0, 17.8, 16.0, 14.4, 13.0,
            14.4, 16.0, 14.4, 13.0, 11.7,
        ];
        Assert.That(Optimum(SuttonBartoGrid.Create()).Values.ToArray(), Is.EqualTo(published).Within(0.05));
    }

    [Test]
    public void The_uniform_policy_on_the_grid_of_Sutton_and_Barto_has_their_values()
    {
        // Figure 3.2 of the same book, to one decimal.
        double[] published =
        [
            3.3, 8.8, 4.4, 5.3, 1.5,
            1.5, 3.0, 2.3, 1.9, 0.5,
            0.1, 0.7, 0.7, 0.4, -0.4,
            -1.0, -0.4, -0.4, -0.6, -1.2,
            -1.9, -1.3, -1.2, -1.4, -2.0,
        ];
        MarkovDecisionProcess mdp = SuttonBartoGrid.Create();
        double[] values = new double[mdp.States];
        for (int sweep = 0; sweep < 400; sweep++) // 0.9^400 is 5e-19
        {
            StateActionTable q = mdp.Reward + (mdp.Discount * mdp.Kernel.Expect(values));
            values = [.. Enumerable.Range(0, mdp.States).Select(s => q.Row(s).ToArray().Average())];
        }

        Assert.That(values, Is.EqualTo(published).Within(0.05));
    }

    [Test]
    public void The_forest_has_the_values_of_its_documentation()
    {
        // pymdptoolbox (sawcordwell/pymdptoolbox), documentation of mdp.PolicyIteration: forest() at discount 0.9.
        SoftSolution solution = Optimum(Forest.Create());
        Assert.That(solution.Values.ToArray(), Is.EqualTo(new[] { 26.244000000000014, 29.484000000000016, 33.484000000000016 }).Within(1e-9));
        Assert.That(Enumerable.Range(0, 3).Select(age => solution.Policy.Probability(age, 0)), Is.All.EqualTo(1));
    }

    [Test]
    public void The_forest_has_the_tables_of_its_documentation()
    {
        // pymdptoolbox, documentation of example.forest().
        MarkovDecisionProcess mdp = Forest.Create();
        Assert.Multiple(() =>
        {
            Assert.That(mdp.Reward.Entries.ToArray(), Is.EqualTo(new double[] { 0, 0, 0, 1, 4, 2 }));
            Assert.That(mdp.Kernel.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 0.1), new Successor(1, 0.9) }));
            Assert.That(mdp.Kernel.Successors(2, 0), Is.EqualTo(new[] { new Successor(0, 0.1), new Successor(2, 0.9) }));
            Assert.That(mdp.Kernel.Successors(2, 1), Is.EqualTo(new[] { new Successor(0, 1) }));
        });
    }

    [Test]
    public void The_chain_pays_its_optimum()
    {
        // Dearden, Friedman and Russell (1998), Strens (2000): the optimal policy, always forward, is worth 3677 in a phase of 1000 steps: its long-run average.
        MarkovDecisionProcess mdp = Chain.Create();
        double[] values = new double[mdp.States], before = values;
        for (int step = 0; step < 1000; step++)
        {
            StateActionTable q = mdp.Reward + mdp.Kernel.Expect(values);
            (before, values) = (values, [.. Enumerable.Range(0, mdp.States).Select(s => q[s, 0])]);
        }

        Assert.That(1000 * (values[0] - before[0]), Is.EqualTo(3677).Within(0.5));
    }

    private static SoftSolution Optimum(MarkovDecisionProcess mdp) => new SoftProblem(mdp, 0).Solve().RequireConverged();
}
