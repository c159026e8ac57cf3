using Rift.Mdp;

namespace Rift.Models.Tests;

public class WorldTests
{
    [Test]
    public void A_rainy_taxi_slips_to_the_sides_and_stops_at_walls()
    {
        MarkovDecisionProcess mdp = Taxi.Create(rainy: true);
        int At(int row, int column) => ((row * 5) + column) * 20;
        Assert.Multiple(() =>
        {
            // In the open, all three ways.
            Assert.That(mdp.Kernel.Successors(At(2, 2), 1).Select(next => next.State), Is.EqualTo(new[] { At(1, 2), At(2, 1), At(2, 3) }));
            Assert.That(mdp.Kernel.Successors(At(2, 2), 1).Select(next => next.Probability), Is.EqualTo(new[] { 0.8, 0.1, 0.1 }));
            // East of (0,1) is a wall: the taxi stays, whatever the rain.
            Assert.That(mdp.Kernel.Successors(At(0, 1), 2).Single().State, Is.EqualTo(At(0, 1)));
            // Pick-up and drop-off do not slip.
            Assert.That(mdp.Kernel.Successors(At(2, 2), 4).Single(), Is.EqualTo(new Successor(At(2, 2), 1)));
            Assert.That(mdp.Reward[At(2, 2), 1], Is.EqualTo(-1).Within(1e-15));
        });
    }

    [Test]
    public void A_taxi_starts_in_three_hundred_states()
    {
        MarkovDecisionProcess mdp = Taxi.Create();
        Assert.That(mdp.Initial.ToArray().Count(p => p == 1.0 / 300), Is.EqualTo(300));
    }

    [Test]
    public void A_slippery_cliff_walk_goes_three_ways()
    {
        MarkovDecisionProcess mdp = CliffWalking.Create(slippery: true);
        Assert.That(mdp.Kernel.Successors(36, 0).Select(next => next.State), Is.EqualTo(new[] { 24, 36 }));
        Assert.That(mdp.Reward[36, 0], Is.EqualTo((-1 - 1 - 100) / 3.0).Within(1e-13));
    }

    [Test]
    public void Grid_cells_lie_where_the_map_shows_them()
    {
        MarkovDecisionProcess mdp = new GridWorld { Map = ["S#", "XG"], Slip = 0, CanStay = false }.ToModel();
        GridGeometry grid = mdp.Description.Grid!;
        Assert.Multiple(() =>
        {
            Assert.That(grid.CellOfState, Is.EqualTo(new[] { 0, -1 }));
            Assert.That(mdp.Kernel.Successors(0, 1).Single().State, Is.Zero, "the wall holds");
            Assert.That(mdp.Kernel.Successors(0, 2).Single().State, Is.EqualTo(1), "the pit ends");
            Assert.That(mdp.Reward[0, 2], Is.EqualTo(-1.01));
            Assert.That(mdp.Description.StateLabels, Is.EqualTo(new[] { "(0,0) S", "end" }));
        });
    }

    [TestCase(20, 4, 3)]
    [TestCase(5, 2, 5)]
    [TestCase(1, 1, 1)]
    public void A_Garnet_has_as_many_successors_as_it_should(int states, int actions, int branching)
    {
        MarkovDecisionProcess mdp = Garnet.Create(states, actions, branching, seed: 3);
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++)
                Assert.That(mdp.Kernel.Successors(s, a).Count(), Is.EqualTo(branching));
    }

    [Test]
    public void A_river_pays_at_both_banks()
    {
        MarkovDecisionProcess mdp = RiverSwim.Create();
        Assert.Multiple(() =>
        {
            Assert.That(mdp.Reward[0, 0], Is.EqualTo(5));
            Assert.That(mdp.Reward[5, 1], Is.EqualTo(3000).Within(1e-12));
            Assert.That(mdp.Kernel.Successors(3, 1), Is.EqualTo(new[] { new Successor(2, 0.1), new Successor(3, 0.6), new Successor(4, 0.3) }));
            Assert.That(mdp.Initial.ToArray(), Is.EqualTo(new[] { 0, 0.5, 0.5, 0, 0, 0 }));
        });
    }

    [Test]
    public void A_bandit_is_worth_its_best_arm() =>
        Assert.That(new SoftProblem(Bandit.Create([1, 3, 2], 0.75), 0).Solve().RequireConverged().Objective, Is.EqualTo(12).Within(1e-9));

    [Test]
    public void Bad_arguments_are_refused()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => FrozenLake.Create(["FF"]), Throws.ArgumentException.With.Message.StartsWith("found no S on the map, expected at least one start"));
            Assert.That(() => FrozenLake.Create(["SX"]), Throws.ArgumentException.With.Message.StartsWith("row 0, column 1 of the map: found 'X', expected one of S F H G"));
            Assert.That(() => FrozenLake.Create([]), Throws.ArgumentException.With.Message.StartsWith("found an empty map, expected at least one cell"));
            Assert.That(() => (GridWorld.Pits12 with { Slip = 1.5 }).ToModel(), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Forest.Create(states: 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => Bandit.Create([]), Throws.ArgumentException);
        });
    }
}
