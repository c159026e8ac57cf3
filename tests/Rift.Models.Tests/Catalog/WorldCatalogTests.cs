using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class WorldCatalogTests
{
    [TestCase("frozenlake:4x4", 17, 4, 100)]
    [TestCase("frozenlake:8x8", 65, 4, 200)]
    [TestCase("frozenlake:8x8,slippery=false", 65, 4, 200)]
    [TestCase("frozenlake:SF/HG", 5, 4, 100)]
    [TestCase("cliffwalking", 49, 4, 100)]
    [TestCase("cliffwalking,slippery=true", 49, 4, 100)]
    [TestCase("taxi", 501, 6, 60)]
    [TestCase("taxi:rainy", 501, 6, 60)]
    [TestCase("pits12", 127, 5, 100)]
    [TestCase("fourrooms", 97, 5, 100)]
    [TestCase("windycliff", 38, 5, 60)]
    [TestCase("lander", 108_928, 6, 150)]
    [TestCase("gridworld:S.X/#.G,slip=0.2,stay=false", 4, 4, 100)]
    [TestCase("garnet:7,3,2,42", 7, 3, null)]
    [TestCase("chain:9", 9, 2, 100)]
    [TestCase("riverswim", 6, 2, 100)]
    [TestCase("bandit:3,1", 1, 3, null)]
    [TestCase("forest:5,6,3,0.2", 5, 2, 100)]
    [TestCase("suttonbarto", 25, 4, 100)]
    public void A_name_makes_a_model_of_that_name(string name, int states, int actions, int? horizon)
    {
        MarkovDecisionProcess mdp = WorldCatalog.Create(name);
        Assert.Multiple(() =>
        {
            Assert.That((mdp.States, mdp.Actions), Is.EqualTo((states, actions)));
            Assert.That(mdp.Description.Name, Is.EqualTo(name));
            Assert.That(mdp.Description.EvaluationHorizon, Is.EqualTo(horizon));
        });
    }

    [Test]
    public void Values_without_names_are_those_of_the_first_options()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ModelDifference.Between(WorldCatalog.Create("garnet:9,4,3,7"), WorldCatalog.Create("garnet,seed=7,branching=3,states=9,actions=4")), Is.Null);
            Assert.That(ModelDifference.Between(WorldCatalog.Create("garnet:9,4,3,7"), WorldCatalog.Create("garnet:9,4,3,8")), Is.Not.Null);
            Assert.That(ModelDifference.Between(WorldCatalog.Create("pits12,discount=0.5"), GridWorld.Pits12.ToModel().WithDiscount(0.5)), Is.Null);
        });
    }

    [Test]
    public void Every_entry_can_be_made_as_its_usage_says()
    {
        Assert.Multiple(() =>
        {
            foreach (WorldEntry entry in WorldCatalog.Entries.Where(entry => entry.Name != "lander"))
                Assert.That(ModelDifference.Between(WorldCatalog.Create(entry.Usage), WorldCatalog.Create(entry.Name)), Is.Null, entry.Usage);
            Assert.That(WorldCatalog.Create("lander,size=small,discount=0.99").Kernel.Transitions, Is.EqualTo(Lander.Small.ToModel().Kernel.Transitions));
            Assert.That(WorldCatalog.Entries.Select(entry => entry.Name), Is.Unique);
            Assert.That(WorldCatalog.Entries[0].Usage, Is.EqualTo("frozenlake,map=4x4,slippery=true,discount=0.99"));
        });
    }

    [TestCase("frozenlak", "frozenlak: found no world \"frozenlak\", expected one such as frozenlake")]
    [TestCase("", ": found no world \"\", expected one such as frozenlake, cliffwalking, taxi, pits12, fourrooms, windycliff, lander, gridworld, garnet, chain, riverswim, bandit, forest, suttonbarto")]
    [TestCase("frozenlake:5x5", "frozenlake:5x5: map: found \"5x5\", expected 4x4, 8x8, or rows made of S F H G and joined by /")]
    [TestCase("frozenlake:SF/G", "frozenlake:SF/G: map: row 1 of the map: found 1 cells, expected 2")]
    [TestCase("frozenlake:4x4,slipery=no", "frozenlake:4x4,slipery=no: found no option \"slipery\", expected one such as slippery, map, discount")]
    [TestCase("frozenlake:4x4,slippery=no", "frozenlake:4x4,slippery=no: slippery: found \"no\", expected true or false")]
    [TestCase("frozenlake:4x4,map=8x8", "frozenlake:4x4,map=8x8: found the option map a second time, expected it once")]
    [TestCase("frozenlake,slippery=true,8x8", "frozenlake,slippery=true,8x8: found \"8x8\", expected option=value behind another of that form")]
    [TestCase("taxi:dry,0.9,1", "taxi:dry,0.9,1: found \"1\", expected no more than 2 options")]
    [TestCase("taxi:wet", "taxi:wet: weather: found \"wet\", expected dry or rainy")]
    [TestCase("pits12,discount=1", "pits12,discount=1: discount: found \"1\", expected a number of at least 0 and below 1")]
    [TestCase("pits12,slip=NaN", "pits12,slip=NaN: slip: found \"NaN\", expected a probability from 0 to 1")]
    [TestCase("garnet:0,1,1,1", "garnet:0,1,1,1: states: found \"0\", expected an integer of at least 1")]
    [TestCase("garnet:5,2,6,1", "garnet:5,2,6,1: branching: found 6, expected 1 to 5, the number of states")]
    [TestCase("garnet:2000000000,2000000000,1,1", "garnet:2000000000,2000000000,1,1: states: found 2000000000, expected at most 2147483591 state-action pairs")]
    public void A_name_that_is_not_understood_is_refused(string name, string message) =>
        Assert.That(() => WorldCatalog.Create(name), Throws.TypeOf<WorldNameException>().With.Message.EqualTo(message));
}
