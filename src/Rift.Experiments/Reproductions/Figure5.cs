using System.Globalization;

namespace Rift.Experiments;

/// <summary>Figure 5: success over the KL weight, in two readings.</summary>
internal sealed class Figure5 : Reproduction
{
    private const string Noisy = "figure-5-noisy", Decoupled = "figure-5-decoupled", Clean = "figure-1", Population = "population-5";
    private static readonly double[] _weights = [.0003, .001, .003, .01, .03, .1, .3, 1, 3, 10], _middle = [.003, .01, .03, .1, .3, 1];
    private static readonly string[] _worlds = [Lake, Rooms], _cleanWorlds = [Pits, Rooms, Cliff, Lake];

    public override string Figure => "5";

    public override string Title => "Success over the KL weight (Figure 5)";

    public override string Text =>
        """
        With a supervisor who never stops the expert's own actions, and in the KL form, nothing is lost on the left: Psi falls all the way as the KL weight falls (fact F5), and success stays flat. The paper's
        curve, low on both sides, needs one of two ingredients:

        - **A, false alarms**: the supervisor also stops what is good, with probability q on half of all pairs, drawn once. Psi is then least where RIFT is stopped as often as the expert (fact F6).
        - **B, a temperature of its own**: the weight of log pi0 is varied while the temperature stays at 0.01 (the paper scales log pi0 and lets SAC tune its temperature). The left end is then RLIF in the limit of maximum
          entropy, and the right end is not the prior but a sharpened one.

        Where a mean over 20 priors does not settle which KL weight is best, 100 do: in FourRooms one demonstration in ten ends in failure, and what its prior needs decides whether 0.01 or 0.03 is best at high information. Of our
        20 priors there none is of that kind and the prototype's means are those of two in 20, hence most of the differences below.
        """;

    public override IReadOnlyList<string> Experiments => [Noisy, Decoupled, Clean, Population];

    public override IReadOnlyList<string> Compared => [Noisy, Decoupled];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        Measurement Drop(string world, string level) => Measurement.AtLeast(
            $"best success over the KL weights of Figure 1 minus success in the limit ω → 0, clean supervisor, KL form, {NameOf(world)}, {level}",
            CleanPeak(data, world, level) - data.Sample(Clean, "success", new Setting(world, level, FixedPolicy.Lexicographic, Medium)).Mean, .05);
        yield return new Claim("An intermediate weight of the prior is best: success falls on both sides", Measurement.Worst(from world in _cleanWorlds from level in Levels select Drop(world, level)))
        {
            Condition = "with false alarms (A), or with a temperature of its own (B), at medium information",
            ConditionalEvidence =
            [
                Measurement.Worst(from world in _worlds from end in Ends select OverEnd(data, Decoupled, "decoupled", world, Medium, end, .1)),
                Measurement.Worst(from world in _worlds from end in Ends select OverEnd(data, Noisy, Rift, world, Medium, end, .1)),
            ],
        };
        Measurement[] shifts = [.. _worlds.Select(world => Measurement.AtLeast($"A: decades from the best KL weight at high information to that at low, 100 priors, {NameOf(world)}", Math.Log10(Best(data, world, Low) / Best(data, world, High)), .99))];
        yield return new Claim("The less interventions tell, the larger the best weight", Measurement.Worst(_cleanWorlds.Select(world => Measurement.AtLeast(
            $"best KL weight at low information over that at high, in decades, clean supervisor, {NameOf(world)}", Math.Log10(CleanBest(data, world, Low) / CleanBest(data, world, High)), .49))))
        {
            Condition = "with false alarms (A)",
            ConditionalEvidence = [Measurement.Worst(shifts)],
        };
    }

    private static double[] Ends => [_weights[0], _weights[^1]];

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        foreach (string world in _worlds)
        {
            yield return Measurement.AtLeast($"A: best KL weight, medium over high information, in decades, {NameOf(world)}", Math.Log10(Best(data, world, Medium) / Best(data, world, High)), 0);
            yield return Measurement.AtLeast($"A: best KL weight, low over medium information, in decades, {NameOf(world)}", Math.Log10(Best(data, world, Low) / Best(data, world, Medium)), 0);
            yield return Measurement.AtLeast($"A: best KL weight, low over high information, in decades, {NameOf(world)}", Math.Log10(Best(data, world, Low) / Best(data, world, High)), .99);
            foreach (string level in new[] { Medium, Low })
                yield return Measurement.AtMost($"A: gain over the prior at ω = 0.0003, {NameOf(world)}, {level}", Success(data, Noisy, Rift, world, level, .0003) - data.Sample(Noisy, "success", new Setting(world, level, FixedPolicy.Prior, Medium)), 0);
            foreach (double end in Ends) yield return OverEnd(data, Decoupled, "decoupled", world, Medium, end, .1);
        }

        yield return FactF6(data);
    }

    /// <summary>Fact F6: the KL weight at which RIFT is stopped as often as the expert, and the one at which Psi is least, are found apart and are the same.</summary>
    private static Measurement FactF6(ReproductionData data)
    {
        double worst = 0;
        int count = 0;
        foreach (string world in _worlds)
        {
            foreach (string level in Levels)
            {
                SortedDictionary<int, ResultRow> matching = data.Rows(Noisy, new Setting(world, level, "matching", Medium)), least = data.Rows(Noisy, new Setting(world, level, "least-psi", Medium));
                foreach ((int seed, ResultRow row) in matching)
                {
                    // A supervisor who stops the prior no more often than the expert has no such weight, and one search may say so where the other stands at the end of its range.
                    if (!least.TryGetValue(seed, out ResultRow? other)) continue;
                    worst = Math.Max(worst, Math.Abs(Math.Log(row.KlWeight!.Value / other.KlWeight!.Value)));
                    count++;
                }
            }
        }

        return Measurement.AtMost(string.Create(CultureInfo.InvariantCulture, $"fact F6: relative difference of the KL weight of matching rates and that of least Psi, the worst of {count} supervisors"), count > 0 ? worst : double.PositiveInfinity, 1e-4);
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        ChartPanel Panel(string experiment, string policy, string world, string title, string across) => new(title, across, "success")
        {
            Series = [.. Levels.Zip([ChartColor.Blue, ChartColor.Green, ChartColor.Orange], (level, color) => Line(level, color, _weights, weight => Success(data, experiment, policy, world, level, weight)))],
            Levels = [new ChartLevel("prior", ChartColor.Purple, data.Sample(experiment, "success", new Setting(world, Medium, FixedPolicy.Prior, Medium)).Mean)],
        };
        yield return new Chart("figure-5", "Success over the weight of the prior, by information in interventions", $"medium priors; {Band}",
        [
            [
                Panel(Noisy, Rift, Lake, "A: FrozenLake 8x8, false alarms 2 %", "KL weight ω"), Panel(Noisy, Rift, Rooms, "A: FourRooms, false alarms 10 %", "KL weight ω"),
                Panel(Decoupled, "decoupled", Lake, "B: FrozenLake 8x8, temperature 0.01", "weight of log pi0"), Panel(Decoupled, "decoupled", Rooms, "B: FourRooms, temperature 0.01", "weight of log pi0"),
            ],
        ]);
    }

    private static Sample Success(ReproductionData data, string experiment, string policy, string world, string level, double weight) => data.Sample(experiment, "success", new Setting(world, level, policy, Medium) { KlWeight = weight });

    private static double Best(ReproductionData data, string world, string level) => _middle.MaxBy(weight => Success(data, Population, Rift, world, level, weight).Mean);

    private static readonly double[] _cleanWeights = [.01, .03, .1, .32, 1, 3.2, 10];

    private static double CleanBest(ReproductionData data, string world, string level) => _cleanWeights.MaxBy(weight => Math.Round(Success(data, Clean, Rift, world, level, weight).Mean, 3));

    private static double CleanPeak(ReproductionData data, string world, string level) => _cleanWeights.Max(weight => Success(data, Clean, Rift, world, level, weight).Mean);

    private static Measurement OverEnd(ReproductionData data, string experiment, string policy, string world, string level, double end, double limit)
    {
        double best = _weights.MaxBy(weight => Success(data, experiment, policy, world, level, weight).Mean);
        return Measurement.AtLeast(
            FormattableString.Invariant($"{(experiment == Noisy ? "A" : "B")}: success at the best weight ({best}) minus at {end}, {NameOf(world)}, {level}"),
            Success(data, experiment, policy, world, level, best) - Success(data, experiment, policy, world, level, end), limit);
    }
}
