using Rift.Learning;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary>The priors as <c>--prior</c> names them: read first, so that a mistake is told before any work, and made when the expert is there.</summary>
internal sealed record PriorSpec
{
    /// <summary>All forms, for help and messages.</summary>
    internal const string Forms = "softmax:TAU,EPSILON, clone:N,KAPPA, uniform, random, pretrained:A0, file:PATH";

    internal static readonly string[] Names = ["softmax:", "clone:", "uniform", "random", "pretrained:", "file:"];

    private readonly Func<Expert, StateActionTable?, int, SplittableRandom, Policy> _make;

    private PriorSpec(Func<Expert, StateActionTable?, int, SplittableRandom, Policy> make) => _make = make;

    /// <summary>Whether the prior is made from the interventions.</summary>
    internal bool NeedsInterventions { get; private init; }

    /// <summary>Reads a specification.</summary>
    /// <exception cref="InputException">It is none, or a number is out of range.</exception>
    internal static PriorSpec Parse(string text)
    {
        SpecText spec = new("--prior", text);
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
                return new PriorSpec((expert, _, horizon, random) => Prior.Cloned(expert, episodes, kappa, horizon, random));
            case "uniform":
                spec.Parts("uniform");
                return new PriorSpec((expert, _, _, _) => Policy.Uniform(expert.Mdp.Kernel));
            case "random":
                spec.Parts("random");
                return new PriorSpec((expert, _, _, random) => Prior.Peaked(expert.Mdp.Kernel, random));
            case "pretrained":
                double temperature = spec.Positive(spec.Parts("pretrained:A0")[0], "A0");
                return new PriorSpec((expert, phi, _, _) => Prior.Pretrained(expert.Mdp, phi!, temperature)) { NeedsInterventions = true };
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
    internal Policy Make(Expert expert, StateActionTable? intervention, int horizon, SplittableRandom random) => _make(expert, intervention, horizon, random);
}
