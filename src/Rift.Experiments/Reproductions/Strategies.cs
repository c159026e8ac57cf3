namespace Rift.Experiments;

/// <summary>Section 5: which supervisors help.</summary>
internal sealed class Strategies : Reproduction
{
    private const string Name = "strategies", QGap = "Q-gap", Advantage = "advantage", Visits = "visitation", State3 = "state, factor 3", State = "state", Random = "random", Adversarial = "adversarial";
    private static readonly string[] _worlds = [Lake, Pits, Rooms], _supervisors = [QGap, Advantage, Visits, State3, State, Random, Adversarial];
    private static readonly double[] _weights = [.1, 1, 10];

    public override string Figure => "strategies";

    public override IReadOnlyList<string> AlsoCalled => ["section5"];

    public override string Title => "Which supervisors help (section 5)";

    public override string Text =>
        """
        Seven supervisors on the same medium priors. The Q-gap rule and the advantage difference help at every KL weight. Stopping where the prior goes more often than the expert (visitation and state rules) has a
        positive inner product with mu0 - mu*, so a *small* step helps; at ω = 0.1 the step is not small, and the rule may raise Psi and ruin success (facts F3 and F4, CE3). A random supervisor is not neutral:
        his pairs stay the same, and a small KL weight follows them.

        All gains of learning come with an oracle: rule (11) needs an expert who knows Q*.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("The Q-gap rule improves the prior", Measurement.Worst(_worlds.Select(world => Gain(data, world, QGap, .1, .03))));
        yield return new Claim("The advantage difference improves the prior", Measurement.Worst(_worlds.Select(world => Gain(data, world, Advantage, .1, .03))));
        yield return new Claim("The visitation difference improves imitation", Measurement.Worst(_worlds.Select(world => PsiFall(data, world, Visits, .1))))
        {
            Condition = "for small steps (ω = 10)",
            ConditionalEvidence = [Measurement.Worst(_worlds.Select(world => PsiFall(data, world, Visits, 10)))],
        };
        yield return new Claim("The state rule improves imitation", Measurement.Worst(_worlds.Select(world => PsiFall(data, world, State, .1))))
        {
            Condition = "for small steps (ω = 10)",
            ConditionalEvidence = [Measurement.Worst(_worlds.Select(world => PsiFall(data, world, State, 10)))],
        };
        yield return new Claim("Random interventions are neutral on average", Measurement.Worst(_worlds.Select(world => Gain(data, world, Random, .1, -.05))));
        yield return new Claim("An adversarial supervisor does harm", Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"gain in success over the prior, {NameOf(world)}, adversarial, ω = 0.1", Difference(data, "success", world, Adversarial, .1), -.3))));
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Measurement.Worst(from world in _worlds from supervisor in new[] { QGap, Advantage } select Gain(data, world, supervisor, .1, .2));
        yield return Measurement.AtMost("the state rule at ω = 0.1: gain in success over the prior, Pits12", Difference(data, "success", Pits, State, .1), -.1);
        yield return Measurement.AtLeast("the state rule at ω = 0.1: rise of Psi, FrozenLake", Difference(data, "psi", Lake, State, .1), .02);
        yield return Measurement.AtMost("the state rule at ω = 1: rise of Psi, FrozenLake", Difference(data, "psi", Lake, State, 1), 0);
        yield return Measurement.AtMost("the visitation rule at ω = 0.1: gain in success over the prior, FourRooms", Difference(data, "success", Rooms, Visits, .1), -.1);
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"random interventions at ω = 0.1: gain in success over the prior, {NameOf(world)}", Difference(data, "success", world, Random, .1), -.3)));
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtMost(
            $"adversarial: <phi, mu0 − mu*>, {NameOf(world)}", data.Sample(Name, "rate", new Setting(world, Adversarial, FixedPolicy.Prior, Medium)) - data.Sample(Name, "expert-rate", new Setting(world, Adversarial, FixedPolicy.Prior, Medium)), 0)));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        string[] places = ["Q-gap", "advan-\ntage", "visita-\ntion", "state,\n3 times", "state", "random", "adver-\nsarial"];
        ChartPanel Panel(string world, string metric, string upward, bool isLog, string title) => new(title, "", upward)
        {
            Places = places,
            IsLogUpward = isLog,
            HasLines = false,
            Series = [.. _weights.Zip([ChartColor.Blue, ChartColor.Green, ChartColor.Orange], (weight, color) => Over(FormattableString.Invariant($"ω = {weight}"), color, _supervisors, supervisor => Tuned(data, metric, world, supervisor, weight)))],
            Levels = [new ChartLevel("prior", ChartColor.Purple, data.Sample(Name, metric, new Setting(world, QGap, FixedPolicy.Prior, Medium)).Mean)],
        };
        yield return new Chart("strategies", "Seven supervisors, three KL weights", "medium priors; points: means over 20 priors; bars: 10th to 90th percentile",
        [
            [.. _worlds.Select(world => Panel(world, "success", "success", false, NameOf(world)))],
            [.. _worlds.Select(world => Panel(world, "psi", "Ψ in nats", true, ""))],
        ]);
    }

    private static Measurement Gain(ReproductionData data, string world, string supervisor, double weight, double limit) => Measurement.AtLeast(
        FormattableString.Invariant($"gain in success over the prior, {NameOf(world)}, {supervisor}, ω = {weight}"), Difference(data, "success", world, supervisor, weight), limit);

    private static Measurement PsiFall(ReproductionData data, string world, string supervisor, double weight) => Measurement.AtMost(
        FormattableString.Invariant($"rise of Psi over the prior's, {NameOf(world)}, {supervisor}, ω = {weight}"), Difference(data, "psi", world, supervisor, weight), 0);

    private static Sample Difference(ReproductionData data, string metric, string world, string supervisor, double weight) =>
        Tuned(data, metric, world, supervisor, weight) - data.Sample(Name, metric, new Setting(world, supervisor, FixedPolicy.Prior, Medium));

    private static Sample Tuned(ReproductionData data, string metric, string world, string supervisor, double weight) => data.Sample(Name, metric, new Setting(world, supervisor, Rift, Medium) { KlWeight = weight });
}
