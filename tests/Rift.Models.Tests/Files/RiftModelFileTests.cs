using Rift.Mdp;
using Rift.Testing;

namespace Rift.Models.Tests;

public class RiftModelFileTests
{
    [Property(Arbitrary = [typeof(ModelArbitraries)])]
    public bool Reading_what_was_written_gives_the_same_bits_and_names(RandomModel random)
    {
        using ScratchFile file = new();
        ModelFile.Write(random.Mdp, file.Path);
        ImportedModel imported = ModelFile.Read(file.Path);
        return ModelDifference.Between(random.Mdp, imported.Model) is null
            && ModelDifference.Between(random.Mdp.Description, imported.Model.Description) is null
            && imported.Report is { DuplicatesSummed: 0, MadeTerminal.Count: 0, AddedTerminal: null };
    }

    [Test]
    public void Every_world_survives_the_journey_with_its_names()
    {
        MarkovDecisionProcess coarse = new Lander { Columns = 3, SidewaysSpeed = 2, Rows = 2, FallingSpeed = 2, RisingSpeed = 1 }.ToModel();
        foreach (MarkovDecisionProcess world in WorldCatalog.Entries.Where(entry => entry.Name != "lander").Select(entry => WorldCatalog.Create(entry.Name)).Append(coarse))
        {
            using ScratchFile file = new();
            ModelFile.Write(world, file.Path);
            MarkovDecisionProcess read = ModelFile.Read(file.Path).Model;
            Assert.That(ModelDifference.Between(world, read) ?? ModelDifference.Between(world.Description, read.Description), Is.Null, world.ToString());
        }
    }

    [Test]
    public void Awkward_doubles_keep_their_bits()
    {
        double[] rewards = [double.Epsilon, -double.MaxValue, -0.0, 0.1 + 0.2, 1e-308, 123456789.123456789];
        TransitionKernelBuilder kernel = new(1, rewards.Length);
        for (int a = 0; a < rewards.Length; a++) kernel.Add(0, a, 0, 1 - 1e-13);
        MarkovDecisionProcess mdp = new(kernel.Build(), new StateActionTable(1, rewards.Length, rewards), [1], 1 - 1e-9);
        using ScratchFile file = new();
        ModelFile.Write(mdp, file.Path);
        Assert.That(ModelDifference.Between(mdp, ModelFile.Read(file.Path).Model), Is.Null);
    }

    [Test]
    public void An_absent_pair_is_unavailable_and_a_state_without_pairs_is_terminal()
    {
        using ScratchFile file = new("""
            {"format": "rift-model-1", "states": 2, "actions": 2, "discount": 0.9, "initial": {"0": 1}, "x-anything": [{"a": 1}],
             "pairs": [{"s": 0, "a": 1, "r": -1.0, "next": [[1, 0.5], [0, 0.25], [1, 0.25]]}]}
            """);
        ImportedModel imported = ModelFile.Read(file.Path);
        MarkovDecisionProcess mdp = imported.Model;
        Assert.Multiple(() =>
        {
            Assert.That(mdp.IsAvailable(0, 0), Is.False);
            Assert.That(mdp.Kernel.Successors(0, 1), Is.EqualTo(new[] { new Successor(0, 0.25), new Successor(1, 0.75) }));
            Assert.That(mdp.Kernel.Successors(1, 0), Is.EqualTo(new[] { new Successor(1, 1) }));
            Assert.That(mdp.IsTerminal(1), Is.True);
            Assert.That(imported.Report.Lines, Is.EqualTo(new[] { "repeated successors summed: 1", "states without actions made terminal (one action, reward 0): 1" }));
        });
    }

    [Test]
    public void Rows_are_divided_by_their_sums_only_when_asked()
    {
        const string content = """
            {"format": "rift-model-1", "states": 2, "actions": 1, "discount": 0.9, "initial": [1, 3],
             "pairs": [{"s": 0, "a": 0, "r": 0, "next": [[0, 2], [1, 6]]}, {"s": 1, "a": 0, "r": 0, "next": [[0, 1]]}]}
            """;
        using ScratchFile file = new(content);
        ImportedModel imported = ModelFile.Read(file.Path, new ReadOptions { Renormalise = true });
        Assert.Multiple(() =>
        {
            Assert.That(imported.Model.Initial.ToArray(), Is.EqualTo(new[] { 0.25, 0.75 }));
            Assert.That(imported.Model.Kernel.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 0.25), new Successor(1, 0.75) }));
            Assert.That(imported.Report.Lines, Is.EqualTo(new[] { "rows divided by their sums: 1", "initial distribution divided by its sum", "worst of these sums: off by 7" }));
            Assert.That(file.Refusal(path => ModelFile.Read(path)), Is.EqualTo("lake.json: line 1, initial[1]: found 3, expected a probability from 0 to 1"));
        });
    }

    [Test]
    public void A_file_is_written_whole_or_not_at_all()
    {
        using ScratchFile file = new("before");
        Assert.That(() => AtomicFile.Write(file.Path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException("the writer fails");
        }), Throws.InvalidOperationException);
        Assert.That(File.ReadAllText(file.Path), Is.EqualTo("before"));
        Assert.That(file.Neighbours, Is.EqualTo(new[] { "lake.json" }));
    }
}
