namespace Rift.Experiments;

/// <summary>Algorithms 1 and 2 from episodes with e-stops.</summary>
internal sealed class Sampled : Reproduction
{
    private const string Name = "sampled", Offline = "offline", Online = "online", ExactRounds = "exact rounds";
    private const double Weight = .05;
    private const int Rounds = 8;
    private static readonly int[] _offline = [30, 100, 300, 1000, 3000, 10000], _online = [100, 300, 1000, 3000, 10000];
    private static readonly double[] _weights = [.3, .05];

    public override string Figure => "sampled";

    public override IReadOnlyList<string> AlsoCalled => ["algorithms"];

    public override string Title => "From episodes (Algorithms 1 and 2)";

    public override string Text =>
        """
        FrozenLake 8x8, medium prior and medium information, ten priors with a learner each. *Offline*, all episodes come from the prior, and the residual is solved on the counts (certainty equivalence, 0 where nothing was
        seen). *Online*, residual soft Q-learning acts by the policy as it is learned. What was learned is evaluated exactly, and compared with exact RIFT of the same prior.

        Offline is slow: rare bad actions keep the optimistic residual 0 until they are seen. K exact rounds at ω are one round at ω/K (fact F9), so the outer loop of Algorithm 2 lowers the KL weight; "until close
        to pi*" is not where it goes. Its limit is the lexicographic policy (F7), and with false alarms it over-trains (F6).
        """;

    public override IReadOnlyList<string> Experiments => [Name];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("RIFT learns from a modest number of e-stop episodes (1000)", Shortfall(data, Offline, 1000, .02), Stopped(data, Offline, 1000))
        {
            Condition = "online",
            ConditionalEvidence = [Shortfall(data, Online, 1000, .02), Stopped(data, Online, 1000)],
        };
        yield return new Claim("Further rounds of Algorithm 2 go on improving the policy", Measurement.AtLeast(
            "gain in success of eight rounds of 150 episodes over one, ω = 0.3", AtRound(data, "rounds", .3, Rounds) - AtRound(data, "rounds", .3, 1), .02));
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        yield return Shortfall(data, Online, 1000, .02);
        yield return Stopped(data, Online, 1000);
        yield return Shortfall(data, Offline, 3000, .04);
        yield return Measurement.Worst(_offline.Skip(1).Zip(_offline, (more, fewer) => Measurement.AtLeast(
            $"offline: gain in success by {more} episodes over {fewer}", Learned(data, "success", Offline, more) - Learned(data, "success", Offline, fewer), 0)));
        yield return Measurement.Worst(from weight in _weights
                                       from round in Enumerable.Range(1, Rounds)
                                       select Measurement.AtMost(
            FormattableString.Invariant($"fact F9: difference of a probability after {round} rounds at ω = {weight} from one at ω/{round}"),
            data.Sample(Name, "identity", new Setting(Lake, Medium, ExactRounds, Medium) { KlWeight = weight, Round = round }).Largest, 1e-9));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        Sample exact = Exact(data, Weight), prior = data.Sample(Name, "success", new Setting(Lake, Medium, FixedPolicy.Prior, Medium));
        ChartLevel[] levels = [new("exact", ChartColor.Muted, exact.Mean), new("prior", ChartColor.Purple, prior.Mean)];
        ChartSeries Curve(string name, ChartColor color, string metric, string policy, int[] episodes) => Line(name, color, episodes.Select(count => (double)count), count => Learned(data, metric, policy, (int)count));
        ChartSeries Round(string name, ChartColor color, string policy) => Over(name, color, Enumerable.Range(1, Rounds), round => AtRound(data, policy, .3, round));
        yield return new Chart("sampled", "RIFT from episodes with e-stops", "FrozenLake 8x8, medium prior and information; lines: means over ten priors with a learner each; bands: 10th to 90th percentile",
        [
            [
                new ChartPanel("ω = 0.05", "episodes", "success") { Series = [Curve(Online, ChartColor.Blue, "success", Online, _online), Curve(Offline, ChartColor.Orange, "success", Offline, _offline)], Levels = levels },
                new ChartPanel("ω = 0.05", "episodes", "stopped at least once") { Series = [Curve(Online, ChartColor.Blue, "intervention", Online, _online), Curve(Offline, ChartColor.Orange, "intervention", Offline, _offline)] },
                new ChartPanel("rounds of 150 episodes, ω = 0.3", "round of Algorithm 2", "success")
                {
                    Places = [.. Enumerable.Range(1, Rounds).Select(round => FormattableString.Invariant($"{round}"))],
                    Series = [Round("exact", ChartColor.Green, ExactRounds), Round("all data", ChartColor.Blue, "rounds"), Round("new data", ChartColor.Orange, "rounds of new data")],
                    Levels = [new ChartLevel("prior", ChartColor.Purple, prior.Mean)],
                },
            ],
        ]);
    }

    private static Measurement Shortfall(ReproductionData data, string policy, int episodes, double limit) =>
        Measurement.AtMost($"success of exact RIFT minus that of {policy} learning, {episodes} episodes, ω = 0.05", Exact(data, Weight) - Learned(data, "success", policy, episodes), limit);

    private static Measurement Stopped(ReproductionData data, string policy, int episodes) =>
        Measurement.AtMost($"probability of an e-stop after {policy} learning, {episodes} episodes, ω = 0.05", Learned(data, "intervention", policy, episodes), .03);

    private static Sample Exact(ReproductionData data, double weight) => data.Sample(Name, "success", new Setting(Lake, Medium, Rift, Medium) { KlWeight = weight });

    private static Sample Learned(ReproductionData data, string metric, string policy, int episodes) => data.Sample(Name, metric, new Setting(Lake, Medium, policy, Medium) { Episodes = episodes });

    private static Sample AtRound(ReproductionData data, string policy, double weight, int round) => data.Sample(Name, "success", new Setting(Lake, Medium, policy, Medium) { KlWeight = weight, Round = round });
}
