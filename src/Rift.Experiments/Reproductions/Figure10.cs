namespace Rift.Experiments;

/// <summary>Figure 10: fine-tuning without a residual.</summary>
internal sealed class Figure10 : Reproduction
{
    private const string Name = "figure-10", Scaled = "scaled";
    private static readonly string[] _worlds = [Pits, Rooms, Cliff, Lake, Taxi], _shown = [Pits, Rooms, Cliff, Lake];
    private static readonly double[] _scales = [.5, .8, .9, 1, 1.1, 1.25, 2], _weights = [.01, .1, 1, 10];

    public override string Figure => "10";

    public override string Title => "No residual at all (Figure 10)";

    public override string Text =>
        """
        Without a residual the optimum of the fine-tuning objective is the prior itself, at every KL weight (fact F8). The paper sees its policy drift all the same. The exact counterpart is a prior whose
        logarithm is scaled by c other than 1 (a temperature that is not the KL weight), or offset by a constant C where ends of the model do not earn it: below c = 1 entropy is paid for, and the policy forgets.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("Without a residual the policy drifts from its prior", Measurement.AtLeast("largest total variation from the prior over all worlds, KL weights and seeds, KL form", (from world in _worlds from weight in _weights select KlForm(data, "distance", world, weight).Largest).Max(), 1e-6))
        {
            Condition = "where log pi0 is not scaled as the temperature is (c = 0.5)",
            ConditionalEvidence = [Measurement.Worst(_shown.Select(world => Measurement.AtLeast($"fall of success at c = 0.5, {NameOf(world)}", Prior(data, world) - AtScale(data, "success", world, .5), .1)))],
        };
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Measurement.Worst(from world in _worlds
                                       from weight in _weights
                                       select Measurement.AtMost(
            FormattableString.Invariant($"fact F8: total variation from the prior, KL form, {NameOf(world)}, ω = {weight}"), KlForm(data, "identity", world, weight).Largest, 1e-12));
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"total variation from the prior at c = 1, {NameOf(world)}", AtScale(data, "distance", world, 1).Largest, 1e-12)));
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"total variation from the prior with C = 0.5 that ends earn too, {NameOf(world)}", Offset(data, "distance", world, "offset").Largest, 1e-10)));
        yield return Measurement.AtLeast("C = 0.5 that ends do not earn, FrozenLake: gain in success by dodging the holes", Offset(data, "success", Lake, "offset-without-ends") - Prior(data, Lake), .1);
        yield return Measurement.AtMost("C = 0.5 that ends do not earn, Pits12: success of a policy that never finishes", Offset(data, "success", Pits, "offset-without-ends"), .05);
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        yield return new Chart("figure-10", "No residual: success over the scale of log pi0", $"medium priors, temperature 1, at c = 1 the prior itself; {Band}",
        [
            [.. _shown.Select(world => new ChartPanel(NameOf(world), "scale c of log pi0 (not to scale)", "success")
            {
                Places = ["0.5", "0.8", "0.9", "1", "1.1", "1.25", "2"],
                Series = [Over("tuned", ChartColor.Blue, _scales, scale => AtScale(data, "success", world, scale))],
                Levels = [new ChartLevel("prior", ChartColor.Purple, Prior(data, world).Mean)],
            })],
        ]);
    }

    private static Sample Prior(ReproductionData data, string world) => data.Sample(Name, "success", new Setting(world, Low, FixedPolicy.Prior, Medium));

    private static Sample KlForm(ReproductionData data, string metric, string world, double weight) => data.Sample(Name, metric, new Setting(world, Low, "kl-form", Medium) { KlWeight = weight });

    private static Sample AtScale(ReproductionData data, string metric, string world, double scale) => data.Sample(Name, metric, new Setting(world, Low, Scaled, Medium) { PriorScale = scale });

    private static Sample Offset(ReproductionData data, string metric, string world, string policy) => data.Sample(Name, metric, new Setting(world, Low, policy, Medium));
}
