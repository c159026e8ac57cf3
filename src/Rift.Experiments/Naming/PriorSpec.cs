using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Experiments;

/// <summary>The priors by name, as <c>rift finetune --prior</c> and the specifications of experiments write them: read first, so that a mistake is told before any work, and made when the expert is there.</summary>
public sealed record PriorSpec
{
    /// <summary>All forms, for help and messages.</summary>
    public const string Forms = "softmax:TAU,EPSILON, clone:N,KAPPA, uniform, random, pretrained:A0, file:PATH";

    /// <summary>How each form begins.</summary>
    public static IReadOnlyList<string> Names { get; } = ["softmax:", "clone:", "uniform", "random", "pretrained:", "file:"];

    private readonly Func<Expert, StateActionTable?, int, SplittableRandom, Policy> _make;

    private PriorSpec(Func<Expert, StateActionTable?, int, SplittableRandom, Policy> make) => _make = make;

    /// <summary>Whether the prior is made from the interventions.</summary>
    public bool NeedsInterventions { get; private init; }

    /// <summary>a0, where the prior is pretrained on the interventions; null otherwise.</summary>
    public double? PretrainedAt { get; private init; }

    /// <summary>Whether another stream gives another prior.</summary>
    public bool IsRandom { get; private init; }

    /// <summary>Reads a specification.</summary>
    /// <param name="text">What was written.</param>
    /// <param name="place">Where, for messages.</param>
    /// <returns>The specification.</returns>
    /// <exception cref="SpecificationException">It is none, or a number is out of range.</exception>
    public static PriorSpec Parse(string text, string place = "--prior")
    {
        SpecText spec = new(place, text);
        switch (spec.Name)
        {
            case "softmax":
                string[] softmax = spec.Parts("softmax:TAU,EPSILON");
                double tau = spec.Positive(softmax[0], "TAU"), epsilon = spec.Probability(softmax[1], "EPSILON");
                return new PriorSpec((expert, _, _, _) => Prior.Softened(expert, tau, epsilon));
            case "clone":
                string[] clone = spec.Parts("clone:N,KAPPA");
                int episodes = spec.WholeNumber(clone[0], "N");
                double kappa = spec.NotNegative(clone[1], "KAPPA");
                return new PriorSpec((expert, _, horizon, random) => Prior.Cloned(expert, episodes, kappa, horizon, random)) { IsRandom = true };
            case "uniform":
                spec.Parts("uniform");
                return new PriorSpec((expert, _, _, _) => Policy.Uniform(expert.Mdp.Kernel));
            case "random":
                spec.Parts("random");
                return new PriorSpec((expert, _, _, random) => Prior.Peaked(expert.Mdp.Kernel, random)) { IsRandom = true };
            case "pretrained":
                double temperature = spec.Positive(spec.Parts("pretrained:A0")[0], "A0");
                return new PriorSpec((expert, phi, _, _) => Prior.Pretrained(expert.Mdp, phi!, temperature)) { NeedsInterventions = true, PretrainedAt = temperature };
            case "file" when !string.IsNullOrEmpty(spec.Rest):
                InputFile.Require(spec.Rest, "a policy file");
                return new PriorSpec((expert, _, _, _) => PolicyFile.Read(spec.Rest, expert.Mdp));
            default:
                throw spec.Refusal($"one of {Forms}");
        }
    }

    /// <summary>The prior.</summary>
    /// <param name="expert">The expert.</param>
    /// <param name="intervention">phi, where the prior is made from it.</param>
    /// <param name="horizon">The most steps of a demonstration.</param>
    /// <param name="random">The stream of demonstrations and favourites.</param>
    public Policy Make(Expert expert, StateActionTable? intervention, int horizon, SplittableRandom random) => _make(expert, intervention, horizon, random);
}
