using FsCheck;
using FsCheck.Fluent;

namespace Rift.Laboratory.Tests;

public static class Choices
{
    public static Arbitrary<LaboratoryState> States() => Arb.From(
        from world in Gen.Elements("fourrooms", "CE2", "gridworld:S.X/.#G,slip=0.25", "frozenlake:8x8,slippery=false")
        from rewards in Gen.Elements("", "3:0.5", "0:-1;7:1E-05")
        from temperature in Gen.Elements(0, 0.003, 0.1, 1.0 / 3, 1e-300, 1000)
        from discount in Gen.Elements<double?>(null, 0, 0.5, 0.9999)
        from scale in Gen.Elements(0, 0.5, 10)
        from share in Gen.Elements(0, 0.1, 1)
        from weight in Gen.Elements(0, 0.1, 12.5)
        from subject in Gen.Elements(Names.All<Subject>().ToArray())
        from aspect in Gen.Elements(Names.All<Aspect>().ToArray())
        from arrangement in Gen.Elements(Names.All<Arrangement>().ToArray())
        from sweeper in Gen.Elements(Names.All<Sweeper>().ToArray())
        from sweep in Gen.Choose(0, LaboratoryState.MostSweeps)
        select new LaboratoryState
        {
            World = world,
            Rewards = rewards,
            Temperature = temperature,
            Discount = discount,
            PriorScale = scale,
            UniformShare = share,
            KlWeight = weight,
            Subject = subject,
            Aspect = aspect,
            Arrangement = arrangement,
            Sweeper = sweeper,
            Sweep = sweep,
        });
}

public class StateLinkTests
{
    [Property(Arbitrary = [typeof(Choices)])]
    public bool What_is_written_is_read_back(LaboratoryState state) => StateLink.Read("#" + StateLink.Write(state)) == state;

    [Property(Arbitrary = [typeof(Choices)])]
    public bool A_link_has_no_letter_that_ends_an_address(LaboratoryState state) => StateLink.Write(state).All(c => c > ' ' && c < 127 && !"\"'<>#\\".Contains(c, StringComparison.Ordinal));

    [Test]
    public void The_defaults_need_no_link() => Assert.That(StateLink.Write(LaboratoryState.Default), Is.Empty);

    [Test]
    public void A_link_says_what_is_special() =>
        Assert.That(StateLink.Write(LaboratoryState.Default with { World = "frozenlake:4x4", Temperature = 0.5, Subject = Subject.Rift }), Is.EqualTo("world=frozenlake:4x4&temperature=0.5&policy=rift"));

    [TestCase("colour=red", "found \"colour\", expected one of world, model")]
    [TestCase("temperature=hot", "the link: temperature: found \"hot\", expected a number")]
    [TestCase("temperature=-1", "the link: temperature: found -1, expected a number from 0 to 1000")]
    [TestCase("temperature=NaN", "the link: temperature: found NaN, expected a number from 0 to 1000")]
    [TestCase("discount=1", "the link: discount: found 1, expected a number from 0 to 0.9999")]
    [TestCase("temperature=1&temperature=2", "the link: found temperature a second time, expected it once")]
    [TestCase("policy=best", "the link: policy: found \"best\", expected one of soft, prior, rift, rlif, expert")]
    [TestCase("sweep=99999", "the link: sweep: found 99999, expected a number from 0 to 500")]
    [TestCase("rewards=1:2;1:3", "the link: rewards: found state 1 a second time, expected it once")]
    [TestCase("rewards=1:1e9", "the link: rewards: found \"1:1e9\", expected state:reward with a reward from -1000000 to 1000000")]
    public void What_is_no_link_is_refused_by_name(string fragment, string message) =>
        Assert.That(() => StateLink.Read(fragment), Throws.InstanceOf<FormatException>().With.Message.Contains(message));

    [Test]
    public void A_link_without_end_is_refused() =>
        Assert.That(() => StateLink.Read(new string('x', StateLink.LongestLink + 1)), Throws.InstanceOf<FormatException>().With.Message.EqualTo("the link: found 16001 characters, expected at most 16000"));
}
