namespace Rift.Experiments;

/// <summary>Figure 6: a prior that was pretrained on the interventions themselves.</summary>
internal sealed class Figure6 : Reproduction
{
    private const string Name = "figure-6", Half = "half", Cloned = "cloned";
    private static readonly string[] _worlds = [Lake, Pits, Cliff, Rooms], _pretrained = ["pretrained 0.01", "pretrained 0.05"];
    private static readonly double[] _weights = [.05, .01];

    public override string Figure => "6";

    public override string Title => "A prior pretrained on the interventions (Figure 6)";

    public override string Text =>
        """
        The threshold B is such that RLIF in the limit of maximum entropy succeeds about half of the time. Two priors of about that success are tuned: one cloned from demonstrations, and one that is the
        optimum of -phi at a small temperature. The second knows nothing that interventions do not say, and fine-tuning it is RLIF at a lower temperature and nothing else (fact F10). A caveat: at the
        temperature 0.1 or above the pretrained prior is not yet the optimum, and RIFT lifts it, though not beyond RLIF.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("A prior pretrained on the interventions gains nothing over RLIF", [.. NoGain(data)]);
        yield return new Claim("A cloned prior of the same success gains", Measurement.Worst(from world in _worlds from weight in _weights select Gain(data, world, weight)));
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        foreach (Measurement measurement in NoGain(data)) yield return measurement;
        yield return Measurement.Worst(from world in _worlds from weight in _weights select Gain(data, world, weight));
        yield return Measurement.Worst(
            from world in _worlds
            from prior in _pretrained.Append("pretrained 0.1")
            from weight in _weights
            select Measurement.AtMost(FormattableString.Invariant($"fact F10: difference of a probability from the optimum at temperature ω a0 / (ω + a0), {NameOf(world)}, {prior}, ω = {weight}"), Tuned(data, "identity", world, prior, weight), 1e-9));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        string[] places = ["prior", "RIFT 0.05", "RIFT 0.01"];
        ChartSeries Series(string world, string name, string prior, ChartColor color) => Over(name, color, Enumerable.Range(0, 3), i => i == 0 ? Prior(data, world, prior) : Tuned(data, "success", world, prior, _weights[i - 1]));
        yield return new Chart("figure-6", "A prior pretrained on the interventions, and a cloned one", $"KL weights 0.05 and 0.01; {Band}",
        [
            [.. _worlds.Select(world => new ChartPanel(NameOf(world), "", "success")
            {
                Places = places,
                Series = [Series(world, "cloned", Cloned, ChartColor.Blue), Series(world, "pretrained", "pretrained 0.05", ChartColor.Orange)],
                Levels = [new ChartLevel("RLIF", ChartColor.Vermilion, Limit(data, world).Mean)],
            })],
        ]);
    }

    private static IEnumerable<Measurement> NoGain(ReproductionData data) =>
    [
        Measurement.Worst(
            from world in _worlds
            from prior in _pretrained
            from weight in _weights
            select Measurement.AtMost(FormattableString.Invariant($"|RIFT − RLIF in the limit of maximum entropy| in success, {NameOf(world)}, {prior}, ω = {weight}"), Math.Abs((Tuned(data, "success", world, prior, weight) - Limit(data, world)).Mean), .002)),
    ];

    private static Measurement Gain(ReproductionData data, string world, double weight) => Measurement.AtLeast(
        FormattableString.Invariant($"gain in success over the cloned prior, {NameOf(world)}, ω = {weight}"), Tuned(data, "success", world, Cloned, weight) - Prior(data, world, Cloned), .2);

    private static Sample Tuned(ReproductionData data, string metric, string world, string prior, double weight) => data.Sample(Name, metric, new Setting(world, Half, Rift, prior) { KlWeight = weight });

    private static Sample Prior(ReproductionData data, string world, string prior) => data.Sample(Name, "success", new Setting(world, Half, FixedPolicy.Prior, prior));

    private static Sample Limit(ReproductionData data, string world) => data.Sample(Name, "success", new Setting(world, Half, FixedPolicy.RlifMaximumEntropy));
}
