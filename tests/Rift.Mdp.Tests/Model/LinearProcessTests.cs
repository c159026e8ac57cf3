namespace Rift.Mdp.Tests;

public class LinearProcessTests
{
    private static readonly MarkovDecisionProcess _stay = Loop(0), _go = Loop(1);

    private static LinearProcess Process => new(_stay, [new("first", Table(1, 0, 0, 0)), new("second", Table(0, 2, 0, 2))], [new("stays", _stay.Kernel), new("goes", _go.Kernel)]);

    [Test]
    public void A_point_is_the_reward_s_parameters_and_all_probabilities_but_the_last()
    {
        LinearProcess process = Process;
        MarkovDecisionProcess mdp = process.At([3, -1, 0.25]);
        Assert.Multiple(() =>
        {
            Assert.That(process.Names, Is.EqualTo(new[] { "first", "second", "stays" }));
            Assert.That(process.Parameters, Is.EqualTo(3));
            Assert.That(process.Probabilities([3, -1, 0.25]), Is.EqualTo(new[] { 0.25, 0.75 }));
            Assert.That(mdp.Reward.Entries.ToArray(), Is.EqualTo(new double[] { 3, -2, 0, -2 }));
            Assert.That(mdp.Kernel.Successors(0, 0), Is.EqualTo(new[] { new Successor(0, 0.25), new Successor(1, 0.75) }));
            Assert.That(process.Contains([0, 0, 0.5]), Is.True);
            Assert.That(process.Contains([0, 0, 1]), Is.False);
            Assert.That(process.Contains([0, double.NaN, 0.5]), Is.False);
            Assert.That(process.WithDiscount(0.25).Discount, Is.EqualTo(0.25));
            Assert.That(process.With(name => name == "second").Names, Is.EqualTo(new[] { "second", "stays" }));
        });
    }

    [Test]
    public void A_direction_is_the_slope_of_r_plus_gamma_E_V()
    {
        LinearProcess process = Process;
        double[] values = [2, 5];
        StateActionTable Backup(double[] point)
        {
            MarkovDecisionProcess mdp = process.At(point);
            return mdp.Reward + (mdp.Discount * mdp.Kernel.Expect(values));
        }

        for (int k = 0; k < 3; k++)
        {
            double[] low = [1, 1, 0.25], high = [1, 1, 0.25];
            high[k] += 0.5;
            StateActionTable slope = 2 * (Backup(high) - Backup(low)), direction = process.Direction(k, values);
            Assert.That((slope - direction).MaxAbs(), Is.LessThan(1e-14));
        }
    }

    [Test]
    public void A_free_reward_has_a_parameter_for_each_available_pair()
    {
        TransitionKernelBuilder builder = new(2, 2);
        builder.Add(0, 0, 1, 1).Add(0, 1, 0, 1).Add(1, 0, 1, 1);
        LinearProcess free = LinearProcess.Free(new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(2, 2, 0), [1, 0], 0.5));
        Assert.That(free.Names, Is.EqualTo(new[] { "r(0,0)", "r(0,1)", "r(1,0)" }));
        Assert.That(free.At([1, 2, 3]).Reward.Entries.ToArray(), Is.EqualTo(new double[] { 1, 2, 3, 0 }));
    }

    [Test]
    public void What_is_no_family_is_refused()
    {
        TransitionKernelBuilder fewer = new(2, 2);
        fewer.Add(0, 0, 0, 1).Add(1, 0, 1, 1);
        RewardFeature feature = new("a", Table(1, 0, 0, 0));
        Assert.Multiple(() =>
        {
            Assert.That(() => new LinearProcess(_stay, []), Throws.ArgumentException);
            Assert.That(() => new LinearProcess(_stay, [feature, feature]), Throws.ArgumentException.With.Message.StartsWith("found the name \"a\""));
            Assert.That(() => new LinearProcess(_stay, [feature with { Name = " " }]), Throws.ArgumentException);
            Assert.That(() => new LinearProcess(_stay, [feature with { Values = Table(double.NaN, 0, 0, 0) }]), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => new LinearProcess(_stay, [feature with { Values = StateActionTable.Constant(3, 2, 0) }]), Throws.ArgumentException);
            Assert.That(() => new LinearProcess(_stay, [feature], [new("one", _stay.Kernel)]), Throws.ArgumentException.With.Message.StartsWith("found one outcome"));
            Assert.That(() => new LinearProcess(_stay, [feature], [new("one", _stay.Kernel), new("two", fewer.Build())]), Throws.TypeOf<InvalidModelException>());
            Assert.That(() => Process.At([1, 2]), Throws.ArgumentException);
            Assert.That(() => Process.At([1, 2, 1.5]), Throws.TypeOf<InvalidModelException>());
        });
    }

    private static MarkovDecisionProcess Loop(int shift)
    {
        TransitionKernelBuilder builder = new(2, 2);
        for (int s = 0; s < 2; s++) builder.Add(s, 0, (s + shift) % 2, 1).Add(s, 1, (s + shift) % 2, 1);
        return new MarkovDecisionProcess(builder.Build(), StateActionTable.Constant(2, 2, 0), [1, 0], 0.5);
    }

    private static StateActionTable Table(params double[] entries) => new(2, 2, entries);
}
