namespace Rift.Experiments;

/// <summary>Figures 11 and 12: the return of long tasks.</summary>
internal sealed class Figure11 : Reproduction
{
    private const string Name = "figure-11", Alarms = "medium, alarms";
    private static readonly double[] _weights = [.01, .03, .1, .3, 1, 3, 10];
    private static readonly string[] _supervisors = [High, Medium, Low, Alarms];

    public override string Figure => "11";

    public override IReadOnlyList<string> AlsoCalled => ["12"];

    public override string Title => "Return on a long task (Figures 11 and 12)";

    public override string Text =>
        """
        The counterpart of the paper's long repetitive tasks is Taxi, measured by its return. Only part of these figures carries over: with interventions by the Q-gap rule RIFT's own rate falls to zero with the KL weight,
        so "interventions stay high on long tasks" has no clean analogue. It appears with false alarms, which a long episode cannot escape.
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        Sample expert = data.Sample(Name, "return", new Setting(Taxi, High, FixedPolicy.Expert));
        yield return new Claim("RIFT brings the return close to the expert's", Measurement.Worst(Levels.Select(level => Measurement.AtMost($"the expert's return minus that of RIFT, ω = 0.01, {level}", expert - At(data, "return", level, .01), 5))))
        {
            Condition = "unless interventions tell little",
            ConditionalEvidence = [Measurement.Worst(new[] { High, Medium }.Select(level => Measurement.AtMost($"the expert's return minus that of RIFT, ω = 0.01, {level}", expert - At(data, "return", level, .01), 5)))],
        };
        yield return new Claim("On long tasks interventions stay frequent", Measurement.Worst(Levels.Select(level => Measurement.AtLeast($"probability of an e-stop, ω = 0.01, {level}", At(data, "intervention", level, .01), .1))))
        {
            Condition = "with false alarms",
            ConditionalEvidence = [Measurement.AtLeast("probability of an e-stop, ω = 0.01, medium with false alarms of 2 % on half of all pairs", At(data, "intervention", Alarms, .01), .1)],
        };
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Measurement.Worst(Levels.Select(level => Measurement.AtMost($"probability of an e-stop, ω = 0.01, {level}", At(data, "intervention", level, .01), 1e-6)));
        yield return Measurement.Worst(new[] { High, Medium }.Select(level => Measurement.AtLeast(
            $"gain in return over the prior, ω = 0.01, {level}", At(data, "return", level, .01) - data.Sample(Name, "return", new Setting(Taxi, level, FixedPolicy.Prior, Medium)), 100)));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        yield return new Chart("figure-11", "Taxi: return and interventions over the KL weight", $"medium priors, 60 steps; {Band}",
        [
            [.. _supervisors.Select(level => new ChartPanel(level == Alarms ? "medium, false alarms 2 %" : level, "KL weight ω", "return")
            {
                Bottom = -250,
                Top = 20,
                Series = [Line("RIFT", ChartColor.Blue, _weights, weight => At(data, "return", level, weight))],
                Levels =
                [
                    new ChartLevel("expert", ChartColor.Muted, data.Sample(Name, "return", new Setting(Taxi, High, FixedPolicy.Expert)).Mean),
                    new ChartLevel("prior", ChartColor.Purple, data.Sample(Name, "return", new Setting(Taxi, level, FixedPolicy.Prior, Medium)).Mean),
                    new ChartLevel("RLIF", ChartColor.Vermilion, data.Sample(Name, "return", new Setting(Taxi, level, FixedPolicy.RlifUniform)).Mean),
                ],
            })],
            [.. _supervisors.Select(level => new ChartPanel("", "KL weight ω", "stopped at least once")
            {
                Series = [Line("RIFT", ChartColor.Blue, _weights, weight => At(data, "intervention", level, weight))],
                Levels = [new ChartLevel("prior", ChartColor.Purple, data.Sample(Name, "intervention", new Setting(Taxi, level, FixedPolicy.Prior, Medium)).Mean)],
            })],
        ]);
    }

    private static Sample At(ReproductionData data, string metric, string level, double weight) => data.Sample(Name, metric, new Setting(Taxi, level, Rift, Medium) { KlWeight = weight });
}
