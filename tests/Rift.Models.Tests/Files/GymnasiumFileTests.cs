using System.Text.Json.Nodes;
using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class GymnasiumFileTests
{
    private static readonly TestCaseData[] _exported =
    [
        new TestCaseData("gymnasium_frozenlake_8x8.json", FrozenLake.Create(FrozenLake.Map8x8), 65) { TestName = "{m}(FrozenLake)" },
        new TestCaseData("gymnasium_cliffwalking.json", CliffWalking.Create(), 49) { TestName = "{m}(CliffWalking)" },
        new TestCaseData("gymnasium_taxi.json", Taxi.Create(), 501) { TestName = "{m}(Taxi)" },
    ];

    [TestCaseSource(nameof(_exported))]
    public void A_world_is_its_exported_table_bit_for_bit(string sample, MarkovDecisionProcess world, int states)
    {
        ImportedModel imported = ModelFile.Read(Repository.Sample(sample));
        Assert.Multiple(() =>
        {
            Assert.That(ModelDifference.Between(world, imported.Model), Is.Null);
            Assert.That(world.States, Is.EqualTo(states));
            Assert.That(imported.Report.AddedTerminal, Is.EqualTo(states - 1));
            Assert.That(imported.Report.Lines, Has.Some.Contains(FormattableString.Invariant($"where every terminated transition leads: {states - 1}")));
        });
    }

    [TestCaseSource(nameof(_exported))]
    public void The_flat_list_and_nested_arrays_say_the_same(string sample, MarkovDecisionProcess world, int states)
    {
        JsonObject flat = JsonNode.Parse(File.ReadAllText(Repository.Sample(sample)))!.AsObject(), arrays = flat.DeepClone().AsObject();
        JsonArray lines = [], table = [];
        foreach ((string s, JsonNode? actions) in flat["P"]!.AsObject())
        {
            JsonArray rows = [];
            foreach ((string a, JsonNode? row) in actions!.AsObject())
            {
                rows.Add(row!.DeepClone());
                foreach (JsonNode? o in row.AsArray()) lines.Add(new JsonArray(int.Parse(s), int.Parse(a), o![0]!.DeepClone(), o[1]!.DeepClone(), o[2]!.DeepClone(), o[3]!.DeepClone()));
            }

            table.Add(rows);
        }

        flat.Remove("P");
        flat.Remove("format");
        flat["env_P"] = lines;
        arrays["P"] = table;
        using ScratchFile flatFile = new(flat.ToJsonString()), arrayFile = new(arrays.ToJsonString());
        Assert.Multiple(() =>
        {
            Assert.That(ModelDifference.Between(ModelFile.Read(flatFile.Path).Model, world), Is.Null);
            Assert.That(ModelDifference.Between(ModelFile.Read(arrayFile.Path).Model, world), Is.Null);
            Assert.That(world.States, Is.EqualTo(states));
        });
    }

    [Test]
    public void Repeated_successors_are_summed_and_rewards_folded_by_expectation()
    {
        using ScratchFile file = new("""{"P": {"0": {"0": [[0.25, 0, 4, false], [0.25, 0, 0, false], [0.5, 0, 2, true]]}}, "discount": 0.5, "initial": [1]}""");
        ImportedModel imported = ModelFile.Read(file.Path);
        Assert.Multiple(() =>
        {
            Assert.That(imported.Model.States, Is.EqualTo(2));
            Assert.That(imported.Model.Kernel.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 0.5), new Successor(1, 0.5) }));
            Assert.That(imported.Model.Reward[0, 0], Is.EqualTo(2));
            Assert.That(imported.Report.DuplicatesSummed, Is.EqualTo(1));
            Assert.That(imported.Report.Lines, Is.EqualTo(new[] { "repeated successors summed: 1", "terminal state added, where every terminated transition leads: 1" }));
        });
    }

    [Test]
    public void What_the_file_leaves_open_is_assumed_and_said()
    {
        using ScratchFile file = new("""{"env_P": [[0, 0, 1, 1, 3, false], [1, 0, 1, 1, 0, false]]}""");
        ImportedModel imported = ModelFile.Read(file.Path);
        Assert.Multiple(() =>
        {
            Assert.That(imported.Model.Discount, Is.EqualTo(0.99));
            Assert.That(imported.Model.Initial.ToArray(), Is.EqualTo(new[] { 0.5, 0.5 }));
            Assert.That(imported.Report.AddedTerminal, Is.Null);
            Assert.That(imported.Report.Lines, Is.EqualTo(new[] { "the file names no discount: 0.99 is assumed", "the file names no initial distribution: uniform over the listed states is assumed" }));
        });
    }

    [Test]
    public void A_state_without_transitions_is_terminal()
    {
        using ScratchFile file = new("""{"P": {"0": {"0": [[1, 1, 3, false]]}, "1": {}}}""");
        ImportedModel imported = ModelFile.Read(file.Path);
        Assert.Multiple(() =>
        {
            Assert.That(imported.Model.IsTerminal(1), Is.True);
            Assert.That(imported.Report.MadeTerminal, Is.EqualTo(new[] { 1 }));
        });
    }

    [Property(Arbitrary = [typeof(ModelArbitraries)])]
    public bool Reading_what_was_written_gives_the_same_bits(RandomModel random)
    {
        // Every state has all actions, or is terminal: that is what the table can say.
        MarkovDecisionProcess mdp = (random with { Gaps = 0 }).Mdp;
        using ScratchFile file = new();
        ModelFile.Write(mdp, file.Path, ModelFormat.Gymnasium);
        return ModelDifference.Between(mdp, ModelFile.Read(file.Path).Model) is null;
    }

    [TestCase("frozenlake:4x4")]
    [TestCase("cliffwalking,slippery=true")]
    [TestCase("taxi:rainy")]
    [TestCase("pits12")]
    [TestCase("riverswim")]
    public void A_world_survives_the_journey(string name)
    {
        MarkovDecisionProcess world = WorldCatalog.Create(name);
        using ScratchFile file = new();
        ModelFile.Write(world, file.Path, ModelFormat.Gymnasium);
        Assert.That(ModelDifference.Between(world, ModelFile.Read(file.Path).Model), Is.Null);
    }

    [Test]
    public void An_end_that_is_only_entered_by_itself_is_listed()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 2).Add(0, 0, 0, 1).Add(0, 1, 0, 1).Add(1, 0, 1, 1).Build(), StateActionTable.Constant(2, 2, 0), [1, 0], 0.5);
        using ScratchFile file = new();
        ModelFile.Write(mdp, file.Path, ModelFormat.Gymnasium);
        Assert.That(ModelDifference.Between(mdp, ModelFile.Read(file.Path).Model), Is.Null);
    }

    [Test]
    public void A_model_with_unavailable_actions_cannot_be_said()
    {
        MarkovDecisionProcess mdp = new(new TransitionKernelBuilder(2, 2).Add(0, 1, 1, 1).Add(1, 0, 0, 1).Build(), StateActionTable.Constant(2, 2, 1), [1, 0], 0.5);
        using ScratchFile file = new();
        Assert.That(() => ModelFile.Write(mdp, file.Path, ModelFormat.Gymnasium), Throws.ArgumentException.With.Message.StartsWith(
            "state 0, action 0 is not available, expected every action in every state but terminal ones: gymnasium-P cannot say it"));
        Assert.That(file.Neighbours, Is.Empty);
    }
}
