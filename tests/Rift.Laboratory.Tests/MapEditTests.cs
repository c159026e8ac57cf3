using Rift.Models;

namespace Rift.Laboratory.Tests;

public class MapEditTests
{
    [Test]
    public void A_pit_is_painted_into_the_name_of_the_world()
    {
        LaboratoryState state = LaboratoryState.Default with { World = "gridworld:S../..G,slip=0.2" };
        LaboratoryState painted = MapEdit.Paint(state, Setting.Of(state), 1, Brush.Pit, 0);
        Assert.That(painted.World, Is.EqualTo("gridworld:SX./..G,slip=0.2,wind=0,discount=0.99,stay=true"));
    }

    [TestCase("pits12")]
    [TestCase("fourrooms")]
    [TestCase("windycliff,wind=0.2")]
    [TestCase("frozenlake:8x8,slippery=false")]
    public void Painting_something_and_its_reverse_leaves_the_dynamics_as_they_were(string world)
    {
        LaboratoryState state = LaboratoryState.Default with { World = world };
        Setting before = Setting.Of(state);
        int place = Enumerable.Range(0, Board.Of(before.Mdp).Places).First(p => Board.Of(before.Mdp).Character(p) is '.' or 'F');
        LaboratoryState pit = MapEdit.Paint(state, before, place, Brush.Pit, 0), back = MapEdit.Paint(pit, Setting.Of(pit), place, Brush.Ground, 0);
        Setting after = Setting.Of(back);
        Assert.Multiple(() =>
        {
            Assert.That(pit.World, Is.Not.EqualTo(back.World));
            Assert.That(after.Mdp.Reward.Entries.ToArray(), Is.EqualTo(before.Mdp.Reward.Entries.ToArray()));
            Assert.That(after.Mdp.Description.Grid!.Map, Is.EqualTo(before.Mdp.Description.Grid!.Map));
            for (int s = 0; s < before.Mdp.States; s++) Assert.That(after.Mdp.Kernel.Successors(s, 0), Is.EqualTo(before.Mdp.Kernel.Successors(s, 0)));
        });
    }

    [Test]
    public void The_start_moves_and_does_not_multiply()
    {
        LaboratoryState state = LaboratoryState.Default with { World = "gridworld:S.S/..G" };
        Assert.That(MapEdit.Paint(state, Setting.Of(state), 3, Brush.Start, 0).World, Does.StartWith("gridworld:.../S.G,"));
    }

    [Test]
    public void The_start_is_not_painted_over()
    {
        LaboratoryState state = LaboratoryState.Default with { World = "gridworld:S../..G" };
        Assert.That(() => MapEdit.Paint(state, Setting.Of(state), 0, Brush.Wall, 0), Throws.InstanceOf<FormatException>());
    }

    [Test]
    public void A_reward_stays_at_its_place_when_states_are_numbered_anew()
    {
        LaboratoryState state = LaboratoryState.Default with { World = "gridworld:S../..G" };
        state = MapEdit.Paint(state, Setting.Of(state), 4, Brush.Reward, 2.5);
        Assert.That(state.Rewards, Is.EqualTo("4:2.5"));
        state = MapEdit.Paint(state, Setting.Of(state), 1, Brush.Wall, 0);
        Assert.That(state.Rewards, Is.EqualTo("3:2.5"));
        Study study = new(Setting.Of(state), state, new Recollection());
        Assert.That(study.Mdp.Reward[3, 0], Is.EqualTo(WorldCatalog.Create(state.World).Reward[3, 0] + 2.5));
    }

    [Test]
    public void A_key_paints_where_the_arrows_have_led()
    {
        Workbench bench = new();
        bench.Change(state => state with { World = "gridworld:S../..G" });
        foreach (string key in (string[])["ArrowRight", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowLeft", "#"]) Assert.That(bench.Press(key), Is.True);
        Assert.That(bench.State.World, Does.StartWith("gridworld:S../.#G,"));
        Assert.That(bench.Description(), Is.EqualTo("Wall, row 2, column 2."));
        Assert.That(bench.Press("q"), Is.False);
    }
}
