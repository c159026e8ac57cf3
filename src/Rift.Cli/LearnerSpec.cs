using System.CommandLine;
using Rift.Learning;

namespace Rift.Cli;

/// <summary>The ways to learn from episodes as <c>--learner</c> names them.</summary>
internal static class LearnerSpec
{
    /// <summary>The learner where none is named.</summary>
    internal const string Default = "online";

    private const string Offline = "offline";

    internal static Option<string?> Option()
    {
        Option<string?> option = new("--learner") { Description = $"How --sampled learns: {Default} (residual soft Q-learning) or {Offline} (certainty equivalence). Default: {Default}.", HelpName = "NAME" };
        option.CompletionSources.Add(Default, Offline);
        return option;
    }

    /// <summary>The inner solve of a name; null for the default.</summary>
    /// <exception cref="InputException">There is no such learner.</exception>
    internal static InnerSolve Parse(string? name, int episodes) => (name ?? Default) switch
    {
        Default => new ResidualSoftQLearning(episodes),
        Offline => new CertaintyEquivalence(episodes),
        _ => throw new InputException($"--learner: found '{name}', expected {Default} or {Offline}"),
    };
}
