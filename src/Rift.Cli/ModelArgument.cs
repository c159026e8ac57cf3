using System.CommandLine;
using System.CommandLine.Completions;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Cli;

/// <summary>MODEL: a file, or the name of a built-in world.</summary>
internal static class ModelArgument
{
    internal static Argument<string> Create(string name = "model")
    {
        Argument<string> argument = new(name) { Description = "A model file, or a built-in world such as frozenlake:8x8,slippery=false: see rift env list.", HelpName = "MODEL" };
        argument.CompletionSources.Add(Completions);
        return argument;
    }

    /// <summary>The names of the built-in worlds; files are the shell's own affair.</summary>
    internal static IEnumerable<CompletionItem> Completions(CompletionContext context) => WorldCatalog.Entries.Select(entry => new CompletionItem(entry.Name));

    /// <summary>Reads a file or makes a world; what reading did to the model is told on standard error.</summary>
    /// <param name="model">What the user wrote.</param>
    /// <param name="terminal">Where to tell.</param>
    /// <param name="isQuiet">Whether not to.</param>
    /// <param name="options">How to read a file; null for the defaults.</param>
    internal static MarkovDecisionProcess Read(string model, Terminal terminal, bool isQuiet, ReadOptions? options = null)
    {
        if (!Path.Exists(model) && !LooksLikeFile(model)) return WorldCatalog.Create(model);
        InputFile.Require(model, "a model file or a built-in world");
        ImportedModel imported = ModelFile.Read(model, options);
        if (!isQuiet)
            foreach (string line in imported.Report.Lines) terminal.Error.WriteLine($"rift: {model}: {line}");
        MarkovDecisionProcess mdp = imported.Model;
        return mdp.Description.Name is null ? mdp.WithDescription(mdp.Description with { Name = Path.GetFileName(model) }) : mdp;
    }

    private static bool LooksLikeFile(string model) =>
        model.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || Path.IsPathRooted(model) || model.StartsWith('.');
}
