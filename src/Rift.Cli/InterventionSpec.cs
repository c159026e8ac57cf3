using Rift.Learning;

namespace Rift.Cli;

/// <summary>The intervention strategies as <c>--intervention</c> names them.</summary>
internal static class InterventionSpec
{
    /// <summary>All forms, for help and messages.</summary>
    internal const string Forms = "qgap:B, noisy:B,Q, misses:B,Q, blind:B,Q, delayed:B,D, advantage, visitation, state or state:FACTOR, adversarial or adversarial:SHARE, random:P, none";

    internal static readonly string[] Names = ["qgap:", "noisy:", "misses:", "blind:", "delayed:", "advantage", "visitation", "state", "adversarial", "random:", "none"];

    /// <summary>The strategy of a specification.</summary>
    /// <exception cref="InputException">It is none, or a number is out of range.</exception>
    internal static InterventionStrategy Parse(string text)
    {
        SpecText spec = new("--intervention", text);
        switch (spec.Name)
        {
            case "qgap":
                return new QGapStrategy(spec.NotNegative(spec.Parts("qgap:B")[0], "B"));
            case "noisy":
                string[] noisy = spec.Parts("noisy:B,Q");
                return new NoisyStrategy(new QGapStrategy(spec.NotNegative(noisy[0], "B")), spec.Probability(noisy[1], "Q"));
            case "misses" or "blind":
                string[] misses = spec.Parts($"{spec.Name}:B,Q");
                return new MissingStopsStrategy(new QGapStrategy(spec.NotNegative(misses[0], "B")), spec.Probability(misses[1], "Q"), Persistent: spec.Name == "blind");
            case "delayed":
                string[] delayed = spec.Parts("delayed:B,D");
                return new DelayedStrategy(new QGapStrategy(spec.NotNegative(delayed[0], "B")), spec.WholeNumber(delayed[1], "D", Supervisor.LongestDelay));
            case "advantage":
                spec.Parts("advantage");
                return new AdvantageStrategy();
            case "visitation":
                spec.Parts("visitation");
                return new VisitationStrategy();
            case "state":
                return spec.Rest is null ? new StateStrategy() : new StateStrategy(spec.NotNegative(spec.Parts("state:FACTOR")[0], "FACTOR"));
            case "adversarial":
                return spec.Rest is null ? new AdversarialStrategy() : new AdversarialStrategy(spec.Probability(spec.Parts("adversarial:SHARE")[0], "SHARE"));
            case "random":
                return new RandomStrategy(spec.Probability(spec.Parts("random:P")[0], "P"));
            case "none":
                spec.Parts("none");
                return new NoInterventions();
            default:
                throw spec.Refusal($"one of {Forms}");
        }
    }
}
