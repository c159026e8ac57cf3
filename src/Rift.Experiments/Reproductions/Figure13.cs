namespace Rift.Experiments;

/// <summary>Figure 13: priors that know nothing, and KL weights that change nothing.</summary>
internal sealed class Figure13 : Reproduction
{
    private const string Name = "figure-13", Random = "random", Uniform = "uniform";
    private static readonly string[] _worlds = [Pits, Lake, Cliff];
    private static readonly double[] _weights = [.01, .05, .1, .3, 1, 10, 100], _middle = [.05, .1, .3];

    public override string Figure => "13";

    public override string Title => "Priors that know nothing, and KL weights that change nothing (Figure 13)";

    public override string Text =>
        """
        On the left, priors that favour a random action (probability 0.9) or none: staying near them is worth nothing, so RIFT falls below RLIF except at the smallest weights. On the right, the KL weight 100: the
        policy can move no further than the span of the residual's values over the weight allows (fact F11), and fine-tuning gives the prior back.

        **A trap of evaluation.** A cloned prior is exactly uniform where no demonstration went. Any finite KL weight breaks those ties by what interventions say, so the *most likely actions* of a policy that
        differs from its prior by next to nothing may succeed far more often. The stochastic policy shows no such jump. Ties are drawn at random, once for each state and seed, never by index.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim(
            "A prior that knows nothing makes RIFT worse than RLIF",
            Measurement.Worst(from world in _worlds
                              from prior in new[] { Random, Uniform }
                              from weight in _middle
                              select Measurement.AtLeast(
                FormattableString.Invariant($"success of RLIF minus that of RIFT, {NameOf(world)}, {prior} prior, ω = {weight}"), Rlif(data, world) - Tuned(data, "success", world, prior, High, weight), .25)))
        {
            Condition = "for priors that favour random actions",
            ConditionalEvidence =
            [
                Measurement.Worst(from world in _worlds from weight in _middle select Measurement.AtLeast(
                    FormattableString.Invariant($"success of RLIF minus that of RIFT, {NameOf(world)}, random prior, ω = {weight}"), Rlif(data, world) - Tuned(data, "success", world, Random, High, weight), .25)),
            ],
        };
        yield return new Claim("A large KL weight gives the prior back", Measurement.Worst(_worlds.Select(world => Measurement.AtMost(
            $"|RIFT − prior| in success of the stochastic policy, ω = 100, {NameOf(world)}", Math.Abs((Tuned(data, "success", world, Medium, High, 100) - Prior(data, "success", world, Medium, High)).Mean), .005))));
        yield return new Claim("... also for its most likely actions", Measurement.Worst(
            new[] { (Taxi, Weak, Medium), (Pits, Medium, Low) }.Select(x => Measurement.AtMost($"gain of the most likely actions over the prior's, ω = 100, {NameOf(x.Item1)}, {x.Item2} prior, {x.Item3}", ModeGain(data, x.Item1, x.Item2, x.Item3), .05))));
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Measurement.Worst(from world in _worlds
                                       from level in Levels
                                       select Measurement.AtMost(
            $"total variation of any state from the prior, ω = 100, {NameOf(world)}, {level}", Tuned(data, "distance", world, Medium, level, 100).Largest, .02));
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"|RIFT − prior| in success, ω = 100, {NameOf(world)}", Math.Abs((Tuned(data, "success", world, Medium, High, 100) - Prior(data, "success", world, Medium, High)).Mean), .005)));
        yield return Measurement.Worst(_worlds.Select(world => Measurement.AtLeast($"success of RLIF minus that of RIFT, random prior, ω = 0.1, {NameOf(world)}", Rlif(data, world) - Tuned(data, "success", world, Random, High, .1), .25)));
        yield return Measurement.AtLeast("the trap: gain of the most likely actions over the prior's, ω = 100, Taxi, weak prior, medium", ModeGain(data, Taxi, Weak, Medium), .3);
        yield return Measurement.AtLeast("the trap: gain of the most likely actions over the prior's, ω = 100, Pits12, medium prior, low", ModeGain(data, Pits, Medium, Low), .2);
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        yield return new Chart("figure-13", "Priors that know nothing (above), and the way back to the prior (below)", $"above: high information; below: medium priors, low information; mode: most likely actions; {Band}",
        [
            [.. _worlds.Select(world => new ChartPanel(NameOf(world), "KL weight ω", "success")
            {
                Series =
                [
                    Line("random", ChartColor.Orange, _weights, weight => Tuned(data, "success", world, Random, High, weight)),
                    Line("uniform", ChartColor.Green, _weights, weight => Tuned(data, "success", world, Uniform, High, weight)),
                ],
                Levels = [new ChartLevel("RLIF", ChartColor.Vermilion, Rlif(data, world).Mean)],
            })],
            [.. _worlds.Select(world => new ChartPanel("", "KL weight ω", "success")
            {
                Series =
                [
                    Line("RIFT", ChartColor.Blue, _weights, weight => Tuned(data, "success", world, Medium, Low, weight)),
                    Line("its mode", ChartColor.Orange, _weights, weight => Tuned(data, "mode-success", world, Medium, Low, weight)),
                ],
                Levels =
                [
                    new ChartLevel("prior", ChartColor.Blue, Prior(data, "success", world, Medium, Low).Mean),
                    new ChartLevel("prior's mode", ChartColor.Orange, Prior(data, "mode-success", world, Medium, Low).Mean),
                ],
            })],
        ]);
    }

    private static Sample ModeGain(ReproductionData data, string world, string prior, string level) => Tuned(data, "mode-success", world, prior, level, 100) - Prior(data, "mode-success", world, prior, level);

    private static Sample Tuned(ReproductionData data, string metric, string world, string prior, string level, double weight) => data.Sample(Name, metric, new Setting(world, level, Rift, prior) { KlWeight = weight });

    private static Sample Prior(ReproductionData data, string metric, string world, string prior, string level) => data.Sample(Name, metric, new Setting(world, level, FixedPolicy.Prior, prior));

    private static Sample Rlif(ReproductionData data, string world) => data.Sample(Name, "success", new Setting(world, High, FixedPolicy.RlifUniform));
}
