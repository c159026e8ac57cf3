namespace Rift.Experiments;

/// <summary>The lander: Figures 1, 3 and 4 on a world of 109,000 states.</summary>
internal sealed class LanderRows : Reproduction
{
    private const string Name = "lander", Cloned = "cloned";
    private static readonly string[] _levels = [High, Medium, Low, "lowest"];

    public override string Figure => "lander";

    public override string Title => "The lander (Figures 1, 3 and 4 at size)";

    public override string Text =>
        """
        A planar lander of 109,000 states, a product of two small kernels that is never stored. Five priors are cloned from 150 demonstrations each, on coarse bins of position and velocity, so that they
        generalise; four thresholds of the Q-gap rule.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("RIFT succeeds more often than its prior", Measurement.Worst(_levels.Select(level => Gain(data, level))));
        yield return new Claim("RIFT succeeds more often than RLIF", Measurement.Worst(_levels.Select(level => OverRlif(data, level))))
        {
            Condition = "unless interventions tell the whole task (high information)",
            ConditionalEvidence = [Measurement.Worst(_levels[1..].Select(level => OverRlif(data, level)))],
        };
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Measurement.Worst(_levels.Select(level => Gain(data, level)));
        yield return Measurement.Worst(_levels[1..].Select(level => OverRlif(data, level)));
        yield return Measurement.Worst(_levels.Select(level => Measurement.AtMost($"probability of an e-stop, ω = 0.1, {level}", Tuned(data, "intervention", level), .03)));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        yield return new Chart("lander", "The lander: RIFT between its prior and RLIF", "KL weight 0.1; lines: means over five priors; bands: 10th to 90th percentile",
        [
            [
                new ChartPanel("", "information in interventions", "success")
                {
                    Places = _levels,
                    Series = [Over("RIFT", ChartColor.Blue, _levels, level => Tuned(data, "success", level)), Over("RLIF", ChartColor.Vermilion, _levels, level => Rlif(data, level)), Over("prior", ChartColor.Purple, _levels, level => Prior(data, "success", level))],
                    Levels = [new ChartLevel("expert", ChartColor.Muted, data.Sample(Name, "success", new Setting(Name, High, FixedPolicy.Expert)).Mean)],
                },
                new ChartPanel("", "information in interventions", "stopped at least once")
                {
                    Places = _levels,
                    Series = [Over("RIFT", ChartColor.Blue, _levels, level => Tuned(data, "intervention", level)), Over("prior", ChartColor.Purple, _levels, level => Prior(data, "intervention", level))],
                },
            ],
        ]);
    }

    private static Measurement Gain(ReproductionData data, string level) => Measurement.AtLeast($"gain in success over the prior, ω = 0.1, {level}", Tuned(data, "success", level) - Prior(data, "success", level), .2);

    private static Measurement OverRlif(ReproductionData data, string level) => Measurement.AtLeast($"gain in success over RLIF with uniform ties, ω = 0.1, {level}", Tuned(data, "success", level) - Rlif(data, level), .25);

    private static Sample Tuned(ReproductionData data, string metric, string level) => data.Sample(Name, metric, new Setting(Name, level, Rift, Cloned));

    private static Sample Prior(ReproductionData data, string metric, string level) => data.Sample(Name, metric, new Setting(Name, level, FixedPolicy.Prior, Cloned));

    private static Sample Rlif(ReproductionData data, string level) => data.Sample(Name, "success", new Setting(Name, level, FixedPolicy.RlifUniform));
}
