namespace Rift.Experiments;

/// <summary>Figure 8: e-stops that end the episode instead of truncating it.</summary>
internal sealed class Figure8 : Reproduction
{
    private const string Name = "figure-8", Residual = "figure-8-residual", Population = "population-8", Truncated = "truncated", Terminated = "terminated", Alarms = "alarms", Clean = "clean";
    private static readonly string[] _worlds = [Lake, Pits, Cliff, Rooms], _residualWorlds = [Lake, Pits, Rooms];
    private static readonly double[] _offsets = [-1, -.1, -.01, 0, .01, .1, 1];

    public override string Figure => "8";

    public override string Title => "E-stops that end the episode (Figure 8)";

    public override string Text =>
        """
        The paper trains without a residual and finds that the policy collapses when e-stops are terminal. In the KL form that cannot happen: the value of the residual is 0 everywhere, and ending an episode
        changes nothing (fact F8). It does happen where each step earns a surplus C, as it does with a log-density that is not normalised: an e-stop then costs all the surplus to come, which acts as a
        residual -phi gamma C / (1 - gamma) although there is none (fact F12). With a clean supervisor that is RLIF's penalty and *helps*; with false alarms (10 % on half of all pairs) on good
        behaviour the policy flees its supervisor and the task with him.

        How far success falls depends much on which pairs the false alarms fall on: 20 draws leave the mean uncertain by some 0.05, so the criteria are held against 100. In FourRooms, where the prototype
        printed 0.09 for ten draws, the mean is about 0.2.

        With the residual -phi the effect has the opposite sign: values are negative, so being ended is a relief, and RIFT is stopped more often.
        """;

    public override IReadOnlyList<string> Experiments => [Name, Residual, Population];

    public override IEnumerable<Claim> Claims(ReproductionData data)
    {
        yield return new Claim("Terminal e-stops make the policy collapse, without any residual", Measurement.Worst(_worlds.Select(world => Fall(data, world, 0, .3))))
        {
            Condition = "with a surplus of C = 1 nat a step and false alarms",
            ConditionalEvidence = [Measurement.Worst(_worlds.Select(world => Fall(data, world, 1, .3)))],
        };
        yield return new Claim(
            "The collapsed policy is stopped less",
            Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"change of the probability of an e-stop by termination, C = 0, {NameOf(world)}", At(data, "intervention", world, Alarms, Terminated, 0) - At(data, "intervention", world, Alarms, Truncated, 0), -.1))))
        {
            Condition = "with a surplus of C = 1 nat a step and false alarms",
            ConditionalEvidence = [Measurement.Worst(_worlds.Select(world => Measurement.AtMost($"change of the probability of an e-stop by termination, C = 1, {NameOf(world)}", At(data, "intervention", world, Alarms, Terminated, 1) - At(data, "intervention", world, Alarms, Truncated, 1), -.1)))],
        };
    }

    public override IEnumerable<Measurement> Criteria(ReproductionData data)
    {
        string[] supervisors = [Clean, Alarms];
        yield return Measurement.Worst(from world in _worlds from supervisor in supervisors from offset in _offsets select Distance(data, world, supervisor, Truncated, offset, 1e-10));
        yield return Measurement.Worst(from world in _worlds from supervisor in supervisors select Distance(data, world, supervisor, Terminated, 0, 1e-12));
        foreach (string world in _worlds)
        {
            yield return Measurement.AtMost($"success with terminal e-stops, C = 1, 100 supervisors with false alarms, {NameOf(world)}", Many(data, "success", world), world == Rooms ? .25 : .15);
            yield return Measurement.AtMost($"probability of an e-stop with terminal e-stops, C = 1, 100 supervisors with false alarms, {NameOf(world)}", Many(data, "intervention", world), .25);
        }

        yield return Measurement.Worst(
            from world in _worlds
            from supervisor in supervisors
            from offset in new[] { -.01, -.1, -1 }
            select Measurement.AtLeast(FormattableString.Invariant($"rise of the probability of an e-stop by termination with a loss a step, C = {offset}, {NameOf(world)}, {supervisor}"), At(data, "intervention", world, supervisor, Terminated, offset) - Prior(data, "intervention", world, supervisor), 0));
        yield return Measurement.Worst(_residualWorlds.Select(world => Measurement.AtLeast(
            $"with the residual, ω = 0.3: rise of the probability of an e-stop by termination, {NameOf(world)}", WithResidual(data, "intervention", world, Terminated, .3) - WithResidual(data, "intervention", world, Truncated, .3), .02)));
        yield return Measurement.Worst(_residualWorlds.Select(world => Measurement.AtMost(
            $"with the residual, ω = 0.05: change of the probability of an e-stop by termination, {NameOf(world)}", Math.Abs((WithResidual(data, "intervention", world, Terminated, .05) - WithResidual(data, "intervention", world, Truncated, .05)).Mean), .01)));
    }

    public override IEnumerable<Chart> Charts(ReproductionData data)
    {
        string[] places = ["−1", "−0.1", "−0.01", "0", "0.01", "0.1", "1"];
        ChartPanel Panel(string world, string supervisor, string metric, string upward, string title) => new(title, "surplus C per step (nats, not to scale)", upward)
        {
            Places = places,
            Series =
            [
                Over("terminal", ChartColor.Vermilion, _offsets, offset => At(data, metric, world, supervisor, Terminated, offset)),
                Over("truncated", ChartColor.Blue, _offsets, offset => At(data, metric, world, supervisor, Truncated, offset)),
            ],
        };
        yield return new Chart("figure-8", "No residual: what terminal e-stops do to a surplus per step", $"medium priors, low information, false alarms 10 % on half of all pairs; {Band}",
        [
            [.. _worlds.Select(world => Panel(world, Alarms, "success", "success", NameOf(world)))],
            [.. _worlds.Select(world => Panel(world, Alarms, "intervention", "stopped at least once", ""))],
        ]);
    }

    private static Sample Many(ReproductionData data, string metric, string world) => data.Sample(Population, metric, new Setting(world, Alarms, Terminated, Medium));

    private static Measurement Fall(ReproductionData data, string world, double offset, double limit) => Measurement.AtLeast(
        FormattableString.Invariant($"fall of success by terminal e-stops, C = {offset}, false alarms, {NameOf(world)}"), Prior(data, "success", world, Alarms) - At(data, "success", world, Alarms, Terminated, offset), limit);

    private static Measurement Distance(ReproductionData data, string world, string supervisor, string policy, double offset, double limit) => Measurement.AtMost(
        FormattableString.Invariant($"total variation from the prior, {policy}, C = {offset}, {NameOf(world)}, {supervisor}"), At(data, "distance", world, supervisor, policy, offset).Largest, limit);

    private static Sample At(ReproductionData data, string metric, string world, string supervisor, string policy, double offset) => data.Sample(Name, metric, new Setting(world, supervisor, policy, Medium) { Offset = offset });

    private static Sample Prior(ReproductionData data, string metric, string world, string supervisor) => data.Sample(Name, metric, new Setting(world, supervisor, FixedPolicy.Prior, Medium));

    private static Sample WithResidual(ReproductionData data, string metric, string world, string policy, double weight) => data.Sample(Residual, metric, new Setting(world, Medium, policy, Medium) { KlWeight = weight });
}
