using System.CommandLine;
using System.CommandLine.Completions;
using Rift.Experiments;
using Rift.Learning;

namespace Rift.Cli;

/// <summary><c>rift finetune</c>: a prior, what RIFT makes of it under a supervisor's emergency stops, and the alternatives, evaluated exactly.</summary>
internal static class FinetuneCommand
{
    internal static Command Create(Terminal terminal)
    {
        Argument<string> model = ModelArgument.Create();
        Option<string> prior = new("--prior") { Description = $"The policy to tune: {PriorSpec.Forms}.", HelpName = "SPEC", Required = true };
        prior.CompletionSources.Add(_ => PriorSpec.Names.Select(name => new CompletionItem(name)));
        Option<string> intervention = new("--intervention") { Description = $"The supervisor: {InterventionSpec.Forms}.", HelpName = "SPEC", Required = true };
        intervention.CompletionSources.Add(_ => InterventionSpec.Names.Select(name => new CompletionItem(name)));
        Option<double?> klWeight = Options.Number("--kl-weight", "W", "KL weight omega of fine-tuning (6), in interventions per nat; 0 for the limit.", x => x >= 0, "a finite number, 0 or more");
        klWeight.Required = true;
        Option<int?> rounds = Options.WholeNumber("--rounds", "K", "Rounds of Algorithm 2. Exactly, K rounds are one at KL weight W/K. Default: 1.", 1);
        Option<bool> sampled = new("--sampled") { Description = "Learn from episodes with e-stops as well, by RIFT and by RLIF." };
        Option<int?> episodes = Options.WholeNumber("--episodes", "N", "Episodes of each round of --sampled. Default: 1000.", 1);
        Option<string?> learner = LearnerSpec.Option();
        Option<string?> until = new("--until") { Description = $"When rounds of --sampled end early: {UntilSpec.Forms}. Default: never.", HelpName = "SPEC" };
        until.CompletionSources.Add(_ => UntilSpec.Names.Select(name => new CompletionItem(name)));
        Option<int?> horizon = Options.WholeNumber("--horizon", "H", "Steps of an episode instead of the model's own.", 1);
        Option<double?> discount = Options.Number("--discount", "G", "Discount gamma instead of the model's own.", x => x is >= 0 and < 1, "a number of at least 0 and below 1");
        Option<int?> seed = Options.WholeNumber("--seed", "N", "Seed of demonstrations, random priors, random supervisors and episodes. Default: 0.", 0);
        Option<string?> format = TableStyle.Option();
        Option<bool> json = Options.Json(), quiet = Options.Quiet();
        Option<int?> threads = Options.Threads();
        Command command = new("finetune", "Tune a prior under a supervisor's emergency stops by RIFT, beside RLIF and the limits of both.")
        {
            model, prior, intervention, klWeight, rounds, sampled, episodes, learner, until, horizon, discount, seed, json, format, quiet, threads,
        };
        command.SetAction(parsed =>
        {
            TableStyle style = TableStyle.Of(parsed, format, json);
            FinetuneRequest request = new()
            {
                Model = parsed.GetRequiredValue(model),
                Prior = parsed.GetRequiredValue(prior),
                Intervention = parsed.GetRequiredValue(intervention),
                KlWeight = parsed.GetRequiredValue(klWeight)!.Value,
                Rounds = parsed.GetValue(rounds) ?? 1,
                Sampled = parsed.GetValue(sampled),
                Episodes = parsed.GetValue(episodes),
                Learner = parsed.GetValue(learner),
                Until = parsed.GetValue(until),
                Horizon = parsed.GetValue(horizon),
                Discount = parsed.GetValue(discount),
                Seed = parsed.GetValue(seed) ?? 0,
                Threads = parsed.GetValue(threads) ?? Environment.ProcessorCount,
                Quiet = parsed.GetValue(quiet),
            };
            FinetuneReport result = terminal.Abandonable(() => request.Run(terminal));
            if (parsed.GetValue(json)) JsonOutput.ToTerminal(terminal, document => FinetuneJson.Write(document, request, result));
            else FinetuneText.Write(style.Writer(terminal.Output, request.Model, request.PriorFile), request, result);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The policies in the order in which they are shown.</summary>
    internal static IEnumerable<(string Key, string Title, EvaluatedPolicy Policy)> Rows(FineTuning result) =>
    [
        ("expert", "expert", result.Demonstrated),
        ("prior", "prior", result.Prior),
        ("rift", "RIFT", result.Rift),
        ("rlif_uniform", "RLIF, uniform ties", result.RlifUniform),
        ("rlif_maxent", "RLIF, max. entropy", result.RlifMaximumEntropy),
        ("lexicographic", "lexicographic limit", result.Lexicographic),
    ];

    /// <summary>The numbers that are estimated from episodes, in the order in which they are shown.</summary>
    internal static IEnumerable<(string Name, ConfidenceInterval? Interval)> Estimates(SampledEvaluation sampled) =>
        [("success", sampled.Success), ("intervention", sampled.Intervention), ("failure", sampled.Failure), ("return", sampled.Return), ("length", sampled.Length)];
}
